/** A seeded stream of chance: the same seed gives the same draws on every machine (sfc32, period about 2^128). */
export type Random = {
  /** Uniform in [0, 1). */
  readonly next: () => number
  /** Uniform integer in [0, below). */
  readonly integer: (below: number) => number
  /** Exponential with the given mean. */
  readonly exponential: (mean: number) => number
  /** Standard normal (Box-Muller). */
  readonly normal: () => number
  /** True with the given probability. */
  readonly chance: (probability: number) => boolean
  /** One of the items, uniformly. The list must not be empty. */
  readonly pick: <T>(items: readonly T[]) => T
}

/** Text to 32 well-mixed bits (xmur3); `salt` gives independent values for the same text. */
export function hash32(text: string, salt = 0): number {
  let h = 1779033703 ^ text.length ^ salt
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 3432918353)
    h = (h << 13) | (h >>> 19)
  }
  h = Math.imul(h ^ (h >>> 16), 2246822507)
  h = Math.imul(h ^ (h >>> 13), 3266489909)
  return (h ^ (h >>> 16)) >>> 0
}

/** A stream for one purpose: mix the run's seed and the purpose into the text, so that streams never share draws. */
export function seededRandom(seed: string): Random {
  let a = hash32(seed, 1)
  let b = hash32(seed, 2)
  let c = hash32(seed, 3)
  let d = 1
  const next = () => {
    const t = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 15; i++) next()
  return {
    next,
    integer: (below) => Math.floor(next() * below),
    exponential: (mean) => -Math.log(1 - next()) * mean,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)]
      if (item === undefined) throw new Error('pick from an empty list')
      return item
    },
  }
}
