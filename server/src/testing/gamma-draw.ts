import type { Random } from '../lib/random.ts'

/** Gamma with a shape and scale 1 (Marsaglia and Tsang 2000, ACM Transactions on Mathematical Software 26, 363-372). */
export function gammaDraw(random: Random, shape: number): number {
  if (shape < 1) return gammaDraw(random, shape + 1) * random.next() ** (1 / shape)
  const d = shape - 1 / 3
  for (;;) {
    const x = random.normal()
    const v = (1 + x / Math.sqrt(9 * d)) ** 3
    if (v > 0 && Math.log(1 - random.next()) < x * x * 0.5 + d - d * v + d * Math.log(v))
      return d * v
  }
}
