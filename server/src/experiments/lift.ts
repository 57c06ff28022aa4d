import { type Estimate, katz, newcombe, probabilityAbove, welch } from '../statistics/intervals.ts'
import { leastPeople, peopleNeeded } from '../statistics/power.ts'

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

function incrementalRevenue(treatment: Group, holdout: Group, confidence: number): Estimate | null {
  const mean = welch(treatment, holdout, confidence)
  if (!mean) return null
  const { people } = treatment
  return { value: mean.value * people, low: mean.low * people, high: mean.high * people }
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
