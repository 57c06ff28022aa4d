/**
 * A set of hashes of ids, as two 32-bit halves: 16 MB for a million, where a Set of text would take ten times as much. That two
 * of a million ids share a hash has a chance of 3 in 100 million.
 */
export function idSet() {
  let slots = 1 << 12
  let high = new Uint32Array(slots)
  let low = new Uint32Array(slots)
  let size = 0

  function place(a: number, b: number): number {
    let at = (a ^ b) & (slots - 1)
    while ((high[at] !== 0 || low[at] !== 0) && (high[at] !== a || low[at] !== b))
      at = (at + 1) & (slots - 1)
    return at
  }

  function grow(): void {
    const [oldHigh, oldLow] = [high, low]
    slots *= 2
    high = new Uint32Array(slots)
    low = new Uint32Array(slots)
    for (const [index, a] of oldHigh.entries()) {
      const b = oldLow[index] ?? 0
      if (a === 0 && b === 0) continue
      const at = place(a, b)
      high[at] = a
      low[at] = b
    }
  }

  /** 64 bits of an id (FNV-1a over UTF-16 units, two seeds, mixed); never both 0. */
  function halves(id: string): readonly [number, number] {
    let a = 0x811c9dc5
    let b = 0x9747b28c
    for (let at = 0; at < id.length; at++) {
      const unit = id.charCodeAt(at)
      a = Math.imul(a ^ unit, 0x01000193)
      b = Math.imul(b ^ unit, 0x85ebca6b)
      b ^= b >>> 13
    }
    a ^= a >>> 16
    a = Math.imul(a, 0x7feb352d)
    a ^= a >>> 15
    return [a >>> 0, Math.imul(b ^ (b >>> 16), 0xc2b2ae35) >>> 0 || 1]
  }

  return {
    has: (id: string): boolean => {
      const [a, b] = halves(id)
      return low[place(a, b)] !== 0
    },
    /** Whether it was new. */
    add: (id: string): boolean => {
      const [a, b] = halves(id)
      const at = place(a, b)
      if (low[at] !== 0) return false
      high[at] = a
      low[at] = b
      size++
      if (size * 2 > slots) grow()
      return true
    },
    size: (): number => size,
  }
}
