import { comparisonPrecision, widthAt } from './confidence-sequence.ts'
import { type Contrast, contrastOf } from './contrast.ts'
import { logEvidence, type ReachedCounts, ratioOfCounts } from './count-ratio.ts'
import { normalProbability } from './distributions.ts'
import type { Estimate } from './intervals.ts'
import { leastPeople, peopleNeededAnytime } from './power.ts'
import type { Stratum, Sums } from './sums.ts'

/** `rate`: y is 1 for who reached the goal and 0 for others; `mean`: any amount. */
export type Measure = 'rate' | 'mean'

export type Verdict = 'helps' | 'harms' | 'open' | 'too_little'

/** What a treatment does to one outcome. Every interval holds however often and whenever it is looked at. */
export type Effect = {
  readonly confidence: number
  readonly people: { readonly treatment: number; readonly holdout: number }
  /** Means of y as they are, nothing taken account of; null while a group is empty. */
  readonly means: { readonly treatment: number | null; readonly holdout: number | null }
  /** Treatment minus hold-out, per person. */
  readonly difference: Estimate | null
  /** Treatment over hold-out; null where the hold-out is too near 0 to divide by. */
  readonly ratio: Estimate | null
  /** How probable it is that the true difference is above 0, beginning from the intervals' own mixture as prior. */
  readonly probability: number | null
  /** What is left of the variance once what people spent before is taken account of; 1: it was not. */
  readonly varianceLeft: number
  /** People more (both groups) until an effect of `plannedLift` is expected to be clear four times in five, in two digits. */
  readonly needsMore: number | null
  readonly verdict: Verdict
}

/** The relative effect that plans are made for. */
export const plannedLift = 0.3

/** With so many who reached the goal in each group the normal approximation may speak alone (docs/statistics.md). */
const enoughReached = 50

/** Amounts of fewer buyers, both groups together, show neither how far apart people are nor which way they lean. */
const leastWithValue = 10

/** Compares the groups of each share. */
export function effectOf(strata: readonly Stratum[], measure: Measure, confidence = 0.95): Effect {
  const sides = { treatment: sideOf(strata, 'treatment'), holdout: sideOf(strata, 'holdout') }
  const known = {
    confidence,
    people: { treatment: sides.treatment.people, holdout: sides.holdout.people },
    means: { treatment: meanOf(sides.treatment), holdout: meanOf(sides.holdout) },
  }
  const judged = judge(strata, measure, confidence)
  if (!judged) return { ...known, ...nothing }
  const { contrast, difference, exactly, verdict } = judged
  const alpha = 1 - confidence
  const isClear = verdict === 'helps' || verdict === 'harms'
  return {
    ...known,
    difference,
    ratio: ratioOf(contrast, { alpha, exact: exactly ? ratioOfCounts(exactly, alpha) : null }),
    probability: probabilityOf(contrast, alpha),
    varianceLeft: contrast.varianceLeft,
    needsMore: isClear ? 0 : needsMore(strata, contrast, alpha),
    verdict,
  }
}

/**
 * The difference and what it says; null while a group is empty, and while amounts do not differ at all: an interval without
 * width would claim to know. `exactly`: the counts of a rate that few have reached, which must agree before anything is said;
 * `isDoubted`: they did not.
 */
export function judge(strata: readonly Stratum[], measure: Measure, confidence = 0.95) {
  const contrast = contrastOf(strata, measure === 'rate')
  if (!contrast || contrast.treatment.variance + contrast.holdout.variance === 0) return null
  const alpha = 1 - confidence
  const sides = [sideOf(strata, 'treatment'), sideOf(strata, 'holdout')] as const
  const isFew = measure === 'rate' && sides.some(({ y }) => y < enoughReached)
  const exactly = isFew ? countsOf(strata) : null
  const wide = within(differenceOf(contrast, alpha), measure)
  const isDoubted =
    exactly !== null && (wide.low > 0 || wide.high < 0) && logEvidence(exactly) <= -Math.log(alpha)
  const difference = isDoubted ? withZero(wide) : wide
  const withValue = sides.reduce((sum, { nonzero }) => sum + nonzero, 0)
  const isLittle =
    sides.some(({ people }) => people < leastPeople) ||
    (measure === 'mean' && withValue < leastWithValue)
  const verdict: Verdict = isLittle ? 'too_little' : verdictOf(difference)
  return { contrast, difference, exactly, isDoubted, verdict }
}

function countsOf(strata: readonly Stratum[]): readonly ReachedCounts[] {
  return strata.map(({ share, treatment, holdout }) => ({
    share,
    treatment: treatment.y,
    holdout: holdout.y,
  }))
}

const nothing = {
  difference: null,
  ratio: null,
  probability: null,
  varianceLeft: 1,
  needsMore: null,
  verdict: 'too_little',
} as const

function sideOf(strata: readonly Stratum[], side: 'treatment' | 'holdout') {
  return {
    people: strata.reduce((sum, one) => sum + one[side].people, 0),
    nonzero: strata.reduce((sum, one) => sum + one[side].nonzero, 0),
    y: strata.reduce((sum, one) => sum + one[side].y, 0),
  }
}

function meanOf({ people, y }: Pick<Sums, 'people' | 'y'>): number | null {
  return people === 0 ? null : y / people
}

function differenceOf({ treatment, holdout, time }: Contrast, alpha: number): Estimate {
  const value = treatment.mean - holdout.mean
  const wide = widthAt(time, alpha) * Math.sqrt(treatment.variance + holdout.variance)
  return { value, low: value - wide, high: value + wide }
}

/** No two rates differ by more than 1. */
function within({ value, low, high }: Estimate, measure: Measure): Estimate {
  return measure === 'mean'
    ? { value, low, high }
    : { value, low: Math.max(-1, low), high: Math.min(1, high) }
}

/** An interval leaves zero only when the exact test of the counts does too. */
function withZero({ value, low, high }: Estimate): Estimate {
  return { value, low: Math.min(0, low), high: Math.max(0, high) }
}

function verdictOf({ low, high }: Estimate): Verdict {
  if (low > 0) return 'helps'
  return high < 0 ? 'harms' : 'open'
}

function ratioOf(
  { treatment, holdout, time }: Contrast,
  {
    alpha,
    exact,
  }: { readonly alpha: number; readonly exact: Pick<Estimate, 'low' | 'high'> | null },
): Estimate | null {
  if (!(treatment.mean > 0 && holdout.mean > 0)) return null
  const value = treatment.mean / holdout.mean
  if (exact) return { value, low: Math.min(value, exact.low), high: Math.max(value, exact.high) }
  // On the scale of logarithms (Katz et al. 1978, the delta method).
  const spread = Math.hypot(
    Math.sqrt(treatment.variance) / treatment.mean,
    Math.sqrt(holdout.variance) / holdout.mean,
  )
  if (spread > 1) return null
  const wide = Math.exp(widthAt(time, alpha) * spread)
  return { value, low: value / wide, high: value * wide }
}

function probabilityOf({ treatment, holdout, time }: Contrast, alpha: number): number | null {
  const error = Math.sqrt(treatment.variance + holdout.variance)
  if (error === 0) return null
  const trust = Math.sqrt(time / (time + comparisonPrecision(alpha)))
  return normalProbability(((treatment.mean - holdout.mean) / error) * trust)
}

/** From the spread seen so far, at the shares in force; null while the hold-out's mean is 0 or below. */
function needsMore(
  strata: readonly Stratum[],
  { people, treatment, holdout, time }: Contrast,
  alpha: number,
): number | null {
  if (!(holdout.mean > 0)) return null
  const share =
    strata.findLast((one) => one.treatment.people + one.holdout.people > 0)?.share ?? 0.5
  // Both variances are of means: per person evenly shared out they are this.
  const spread = (treatment.variance + holdout.variance) * time
  const needed = peopleNeededAnytime({ effect: plannedLift * holdout.mean, spread, share, alpha })
  return Number.isFinite(needed) ? roughly(Math.max(0, Math.ceil(needed) - people)) : null
}

/** Two digits are as many as such a number has; rounded here, it is the same wherever it is told. */
function roughly(people: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, people))) - 1)
  return Math.ceil(people / unit) * unit
}
