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
