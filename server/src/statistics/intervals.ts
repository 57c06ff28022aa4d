import { normalProbability, normalQuantile, studentQuantile } from './distributions.ts'

/** Both ends of an interval at the confidence asked for. */
export type Interval = { readonly low: number; readonly high: number }

/** A value with the ends of its interval. */
export type Estimate = { readonly value: number } & Interval

/** How many were looked at and how many of them reached the goal; at most `people`. */
export type Counts = { readonly people: number; readonly reached: number }

/** People and the sums over them of a value and of its square. */
export type Sums = {
  readonly people: number
  readonly revenue: number
  readonly revenueSquares: number
}

/** Wilson's score interval of a proportion (Wilson 1927). */
export function wilson({ people, reached }: Counts, confidence = 0.95): Interval {
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

/** Ratio of two proportions with the log interval of Katz et al. (1978), Biometrics 34, 469-474. */
export function katz(one: Counts, other: Counts, confidence = 0.95): Estimate | null {
  if (one.reached === 0 || other.reached === 0) return null
  const z = normalQuantile(0.5 + confidence / 2)
  const value = one.reached / one.people / (other.reached / other.people)
  const spread =
    z * Math.sqrt(1 / one.reached - 1 / one.people + 1 / other.reached - 1 / other.people)
  return { value, low: value * Math.exp(-spread), high: value * Math.exp(spread) }
}

/**
 * Probability that the first true rate is above the second, each with Jeffreys' prior (Beta(1/2, 1/2)) and the difference
 * of the two posteriors taken as normal.
 */
export function probabilityAbove(one: Counts, other: Counts): number {
  const posterior = ({ people, reached }: Counts) => {
    const [a, b] = [reached + 0.5, people - reached + 0.5]
    return { mean: a / (a + b), variance: (a * b) / ((a + b) ** 2 * (a + b + 1)) }
  }
  const [first, second] = [posterior(one), posterior(other)]
  return normalProbability((first.mean - second.mean) / Math.sqrt(first.variance + second.variance))
}

/** Difference of two means of unequal variance with the interval of Welch (1947), Biometrika 34, 28-35. */
export function welch(one: Sums, other: Sums, confidence = 0.95): Estimate | null {
  if (one.people < 2 || other.people < 2) return null
  const part = (group: typeof one) => {
    const mean = group.revenue / group.people
    const squares = Math.max(0, group.revenueSquares - group.people * mean * mean)
    return { mean, share: squares / (group.people - 1) / group.people, freedom: group.people - 1 }
  }
  const [first, second] = [part(one), part(other)]
  const value = first.mean - second.mean
  const variance = first.share + second.share
  if (variance === 0) return { value, low: value, high: value }
  const freedom =
    variance ** 2 / (first.share ** 2 / first.freedom + second.share ** 2 / second.freedom)
  const spread = studentQuantile(0.5 + confidence / 2, freedom) * Math.sqrt(variance)
  return { value, low: value - spread, high: value + spread }
}
