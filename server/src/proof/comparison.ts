import { type Group, type Lift, liftOf } from '../experiments/lift.ts'
import type { Estimate } from '../statistics/intervals.ts'

/** What is added up over people of one arm; revenue in currency units, net of refunds. */
export type Sums = {
  readonly arm: 'treatment' | 'holdout'
  readonly mixed: boolean
  readonly people: number
  readonly reached: number
  readonly revenue: number
  readonly revenueSquares: number
}

/** Sums over the people of one arm of one campaign whose first (would-)send lies in one bucket of time. */
export type ArmSums = Sums & {
  readonly campaign: number
  /** 0: before the first bound; n: from the n-th bound on. */
  readonly bucket: number
  readonly orders: number
  /** People whose goal window is still open. */
  readonly open: number
}

/** The two groups of a comparison. People who met both arms are left out and counted apart. */
export function groupsOfSums(sums: readonly Sums[]): {
  readonly treatment: Group
  readonly holdout: Group
  readonly mixed: number
} {
  const groupOf = (arm: Sums['arm']): Group =>
    sums
      .filter((one) => one.arm === arm && !one.mixed)
      .reduce<Group>(
        (all, one) => ({
          people: all.people + one.people,
          reached: all.reached + one.reached,
          revenue: all.revenue + one.revenue,
          revenueSquares: all.revenueSquares + one.revenueSquares,
        }),
        { people: 0, reached: 0, revenue: 0, revenueSquares: 0 },
      )
  return {
    treatment: groupOf('treatment'),
    holdout: groupOf('holdout'),
    mixed: sums.filter((one) => one.mixed).reduce((all, one) => all + one.people, 0),
  }
}

/** Lift of these sums. */
export function liftOfSums(sums: readonly Sums[]): Lift {
  return liftOf(groupsOfSums(sums))
}

/**
 * Caused revenue of several campaigns together: estimates add up, and so do their squared half-widths, because each
 * campaign draws its hold-out independently. Campaigns about which nothing can be said yet add nothing; null when all are.
 */
export function together(lifts: readonly Lift[]): Estimate | null {
  const known = lifts.flatMap((lift) =>
    lift.verdict !== 'too_little' && lift.revenue ? [lift.revenue] : [],
  )
  if (known.length === 0) return null
  const value = known.reduce((sum, one) => sum + one.value, 0)
  const below = Math.hypot(...known.map((one) => one.value - one.low))
  const above = Math.hypot(...known.map((one) => one.high - one.value))
  return { value, low: value - below, high: value + above }
}
