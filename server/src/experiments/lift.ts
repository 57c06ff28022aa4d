import { normalProbability, normalQuantile, studentQuantile } from './distributions.ts'

/** Both ends of an interval at the confidence asked for. */
export type Interval = { readonly low: number; readonly high: number }

/** One intent-to-send group: everyone whom a decision sent or would have sent the message, whatever came of it. */
export type Group = {
  readonly people: number
  /** People who reached the goal in the window; at most `people`. */
  readonly reached: number
  /** Sum over people of their revenue in the window, currency units. */
  readonly revenue: number
  /** Sum over people of the square of it. */
  readonly revenueSquares: number
}

/**
 * What the message caused, by comparing the two groups. `method` names how the intervals were made, so that the sequential
 * ones that may be looked at every day can take their place without another shape.
 */
export type Lift = {
  readonly method: 'newcombe-welch'
  /** 0.95 */
  readonly confidence: number
  readonly treatment: Rate
  readonly holdout: Rate
  /** Difference of the rates, treatment minus hold-out. Null while a group is empty. */
  readonly difference: Estimate | null
  /** Treatment rate over hold-out rate; null where the hold-out has none. */
  readonly ratio: Estimate | null
  /** How probable it is, given the data and no prior opinion, that the true difference is above zero. */
  readonly probability: number | null
  /** Revenue that would not have been without the message: difference of the means times the people messaged. */
  readonly revenue: Estimate | null
  /** How many more people (both groups) would make a true difference of the size seen clear four times in five. */
  readonly needsMore: number | null
  readonly verdict: 'helps' | 'harms' | 'open' | 'too_little'
}

export type Rate = {
  readonly people: number
  readonly reached: number
  readonly rate: number | null
}
export type Estimate = { readonly value: number } & Interval

/** Under this many people in the smaller group nothing is said, whatever the numbers look like. */
export const leastPeople = 20

/** Compares treatment and hold-out. Intervals hold for one look; the page says so until they are sequential. */
export function liftOf(
  groups: { readonly treatment: Group; readonly holdout: Group },
  confidence = 0.95,
): Lift {
  const { treatment, holdout } = groups
  const isEmpty = treatment.people === 0 || holdout.people === 0
  const difference = isEmpty ? null : newcombe(treatment, holdout, confidence)
  return {
    method: 'newcombe-welch',
    confidence,
    treatment: rateOf(treatment),
    holdout: rateOf(holdout),
    difference,
    ratio: isEmpty ? null : katz(treatment, holdout, confidence),
    probability: isEmpty ? null : probabilityAbove(treatment, holdout),
    revenue: isEmpty ? null : incrementalRevenue(treatment, holdout, confidence),
    needsMore: isEmpty ? null : needsMore(treatment, holdout, confidence),
    verdict: verdictOf(groups, difference),
  }
}

function rateOf({ people, reached }: Group): Rate {
  return { people, reached, rate: people === 0 ? null : reached / people }
}

function verdictOf(
  { treatment, holdout }: { readonly treatment: Group; readonly holdout: Group },
  difference: Estimate | null,
): Lift['verdict'] {
  if (!difference || Math.min(treatment.people, holdout.people) < leastPeople) return 'too_little'
  if (difference.low > 0) return 'helps'
  return difference.high < 0 ? 'harms' : 'open'
}

type Counts = Pick<Group, 'people' | 'reached'>

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
export function welch(
  one: Pick<Group, 'people' | 'revenue' | 'revenueSquares'>,
  other: Pick<Group, 'people' | 'revenue' | 'revenueSquares'>,
  confidence = 0.95,
): Estimate | null {
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

function incrementalRevenue(treatment: Group, holdout: Group, confidence: number): Estimate | null {
  const mean = welch(treatment, holdout, confidence)
  if (!mean) return null
  const { people } = treatment
  return { value: mean.value * people, low: mean.low * people, high: mean.high * people }
}

/**
 * People both groups need together, at the share the hold-out has now, to find a true difference between these rates with
 * the given power: the normal formula of Fleiss, Statistical Methods for Rates and Proportions (3rd ed., 4.2), without
 * continuity correction. Infinity when the rates are equal.
 */
export function peopleNeeded(asked: {
  readonly treatmentRate: number
  readonly holdoutRate: number
  /** 0 to 1, exclusive. */
  readonly holdoutShare: number
  readonly confidence?: number
  readonly power?: number
}): number {
  const { treatmentRate: p, holdoutRate: q, holdoutShare: share } = asked
  if (p === q || !(share > 0 && share < 1)) return Number.POSITIVE_INFINITY
  const zAlpha = normalQuantile(0.5 + (asked.confidence ?? 0.95) / 2)
  const zBeta = normalQuantile(asked.power ?? 0.8)
  const pooled = (1 - share) * p + share * q
  const underNone = Math.sqrt(pooled * (1 - pooled) * (1 / share + 1 / (1 - share)))
  const underSome = Math.sqrt((p * (1 - p)) / (1 - share) + (q * (1 - q)) / share)
  return ((zAlpha * underNone + zBeta * underSome) / (p - q)) ** 2
}

function needsMore(treatment: Group, holdout: Group, confidence: number): number | null {
  const now = treatment.people + holdout.people
  const needed = peopleNeeded({
    treatmentRate: treatment.reached / treatment.people,
    holdoutRate: holdout.reached / holdout.people,
    holdoutShare: holdout.people / now,
    confidence,
  })
  return Number.isFinite(needed) ? Math.max(0, Math.ceil(needed) - now) : null
}
