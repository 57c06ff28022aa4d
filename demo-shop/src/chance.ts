/** A seeded stream of chance: the same seed gives the same draws on every machine (sfc32). */
export type Chance = {
  /** Uniform in [0, 1). */
  readonly next: () => number
  /** True with the given probability. */
  readonly happens: (probability: number) => boolean
  /** Uniform integer in [0, below). */
  readonly integer: (below: number) => number
  /** Exponential with the given mean. */
  readonly exponential: (mean: number) => number
  /** Gamma with the given shape and mean (Marsaglia and Tsang 2000). */
  readonly gamma: (shape: number, mean: number) => number
  /** One of the items, each with its weight. The list must not be empty. */
  readonly pick: <T>(items: readonly (readonly [item: T, weight: number])[]) => T
}

function hash(text: string, salt: number): number {
  let h = 1779033703 ^ text.length ^ salt
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 3432918353)
    h = (h << 13) | (h >>> 19)
  }
  h = Math.imul(h ^ (h >>> 16), 2246822507)
  h = Math.imul(h ^ (h >>> 13), 3266489909)
  return (h ^ (h >>> 16)) >>> 0
}

/** A stream for one purpose: put the run's seed and the purpose into the text, so that streams never share draws. */
export function chance(seed: string): Chance {
  let a = hash(seed, 1)
  let b = hash(seed, 2)
  let c = hash(seed, 3)
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
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return {
    next,
    happens: (probability) => next() < probability,
    integer: (below) => Math.floor(next() * below),
    exponential: (mean) => -Math.log(1 - next()) * mean,
    gamma: (shape, mean) => (mean / shape) * standardGamma(shape, next, normal),
    pick: (items) => picked(items, next()),
  }
}

function standardGamma(shape: number, next: () => number, normal: () => number): number {
  if (shape < 1) return standardGamma(shape + 1, next, normal) * next() ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal()
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

function picked<T>(items: readonly (readonly [T, number])[], share: number): T {
  const total = items.reduce((sum, [, weight]) => sum + weight, 0)
  let left = share * total
  for (const [item, weight] of items) {
    left -= weight
    if (left < 0) return item
  }
  const last = items.at(-1)
  if (!last) throw new Error('pick from an empty list')
  return last[0]
}
