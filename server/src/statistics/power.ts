import { widthAt } from './confidence-sequence.ts'
import { normalQuantile } from './distributions.ts'

/** Under this many people in the smaller group nothing is said, whatever the numbers look like. */
export const leastPeople = 20

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

/**
 * People both groups need together until a confidence sequence is expected to leave zero four times in five, for a true
 * difference `effect`: beside its width the chance of the day is waited for. `spread` is the variance of the difference
 * times people shared out evenly. About 1.9 times what one single look would take.
 */
export function peopleNeededAnytime(asked: {
  readonly effect: number
  readonly spread: number
  /** 0 to 1, exclusive. */
  readonly share: number
  readonly alpha?: number
  readonly power?: number
}): number {
  const { effect, spread, share, alpha = 0.05 } = asked
  if (effect === 0 || !(share > 0 && share < 1)) return Number.POSITIVE_INFINITY
  const chance = normalQuantile(asked.power ?? 0.8)
  const isEnough = (time: number) =>
    Math.abs(effect) / Math.sqrt(spread / time) >= widthAt(time, alpha) + chance
  let [low, high] = [1, 2]
  while (!isEnough(high)) {
    if (high > mostPeople) return Number.POSITIVE_INFINITY
    ;[low, high] = [high, high * 2]
  }
  for (let round = 0; round < 50; round++) {
    const middle = (low + high) / 2
    if (isEnough(middle)) high = middle
    else low = middle
  }
  return high / (4 * share * (1 - share))
}

/** More people than there are. */
const mostPeople = 1e10

/** What a plan needs of a rate: people until +`lift` (relative) of the base is clear, looked at as often as one likes. */
export function peopleForRate(asked: {
  readonly base: number
  readonly lift: number
  readonly share: number
}): number {
  const { base, lift, share } = asked
  const raised = base * (1 + lift)
  // Variance of the difference at this share, times people shared out evenly.
  const spread =
    4 * share * (1 - share) * ((raised * (1 - raised)) / (1 - share) + (base * (1 - base)) / share)
  return peopleNeededAnytime({ effect: base * lift, spread, share })
}
