import { normalQuantile } from './distributions.ts'

/** Both ends of an interval at the confidence asked for. */
export type Interval = { readonly low: number; readonly high: number }

/** A value with the ends of its interval. */
export type Estimate = { readonly value: number } & Interval

/** How many were looked at and how many of them reached the goal; at most `people`. */
export type Counts = { readonly people: number; readonly reached: number }

/** Wilson's score interval of a proportion (Wilson 1927); of nobody it is everything. */
export function wilson({ people, reached }: Counts, confidence = 0.95): Interval {
  if (people === 0) return { low: 0, high: 1 }
  const z = normalQuantile(0.5 + confidence / 2)
  const rate = reached / people
  const middle = 2 * reached + z * z
  const spread = z * Math.sqrt(z * z + 4 * reached * (1 - rate))
  const below = 2 * (people + z * z)
  return {
    low: Math.max(0, (middle - spread) / below),
    high: Math.min(1, (middle + spread) / below),
  }
}

/**
 * Difference of two independent proportions with the hybrid score interval: method 10 of Newcombe (1998), Interval
 * estimation for the difference between independent proportions, Statistics in Medicine 17, 873-890.
 */
export function newcombe(one: Counts, other: Counts, confidence = 0.95): Estimate {
  const [a, b] = [one.reached / one.people, other.reached / other.people]
  const [first, second] = [wilson(one, confidence), wilson(other, confidence)]
  return {
    value: a - b,
    low: a - b - Math.hypot(a - first.low, second.high - b),
    high: a - b + Math.hypot(first.high - a, b - second.low),
  }
}
