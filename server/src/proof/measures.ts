import type { GoalMetric } from '../campaigns/goal-metric.ts'
import { type Effect, judge, type Measure } from '../statistics/effect.ts'
import type { Estimate } from '../statistics/intervals.ts'
import { rateSums, type Sums } from '../statistics/sums.ts'
import type { CostSums, Person, SpendingSums } from './outcome-sums.ts'
import { type Placed, strataOf } from './strata.ts'

/** How an outcome is measured: a share of people, or an amount a person. */
export function measureOf(metric: GoalMetric): Measure {
  switch (metric) {
    case 'sign_up':
    case 'revisit':
    case 'purchase':
    case 'completion':
      return 'rate'
    case 'orders':
    case 'revenue':
    case 'profit':
      return 'mean'
  }
}

/** The outcomes that orders alone decide. */
export type SpendingMetric = 'purchase' | 'completion' | 'orders' | 'revenue'

/** One outcome of each place. */
export function spendingPlaced(
  rows: readonly SpendingSums[],
  metric: SpendingMetric,
): readonly Placed[] {
  return rows.map((row) => ({ ...row, sums: spendingSums(row, metric) }))
}

function spendingSums(row: SpendingSums, metric: SpendingMetric): Sums {
  const known = { people: row.people, nonzero: row.buyers, x: row.before, xx: row.beforeSquares }
  switch (metric) {
    case 'purchase':
    case 'completion':
      return rateSums(row.people, row.buyers)
    case 'orders':
      return { ...known, y: row.orders, yy: row.ordersSquares, xy: row.ordersBefore }
    case 'revenue':
      return { ...known, y: row.revenue, yy: row.revenueSquares, xy: row.revenueBefore }
  }
}

/** What is left after costs. */
export function profitPlaced(rows: readonly CostSums[]): readonly Placed[] {
  return rows.map(({ people, nonzero, y, yy, x, xx, xy, ...place }) => ({
    ...place,
    sums: { people, nonzero, y, yy, x, xx, xy },
  }))
}

/** A rate of people who are known one by one, added up by place. */
export function reachedPlaced(
  people: readonly Person[],
  reached: ReadonlySet<number>,
): readonly Placed[] {
  const places = Map.groupBy(people, ({ arm, share, mixed, over, bucket }) =>
    JSON.stringify([arm, share, mixed, over, bucket]),
  )
  return [...places.values()].flatMap((mine) => {
    const [one] = mine
    if (!one) return []
    const { arm, share, mixed, over, bucket } = one
    const count = mine.filter(({ customer }) => reached.has(customer)).length
    return [{ arm, share, mixed, over, bucket, sums: rateSums(mine.length, count) }]
  })
}

/** What must not get worse. */
export const guardKinds = ['opt_out', 'complaint', 'refund'] as const
export type GuardKind = (typeof guardKinds)[number]

/** A guard of each place: shares of people. */
export function guardPlaced(
  rows: { readonly spending: readonly SpendingSums[]; readonly costs: readonly CostSums[] },
  kind: GuardKind,
): readonly Placed[] {
  switch (kind) {
    case 'opt_out':
      return rows.costs.map((row) => ({ ...row, sums: rateSums(row.people, row.optedOut) }))
    case 'complaint':
      return rows.costs.map((row) => ({ ...row, sums: rateSums(row.people, row.complained) }))
    case 'refund':
      return rows.spending.map((row) => ({ ...row, sums: rateSums(row.people, row.refunders) }))
  }
}

/** What an outcome's comparison said on one day, of everyone whose window was over by then. */
export type Day = {
  /** UTC ms, the beginning of the day. */
  readonly at: number
  readonly people: number
  readonly difference: Estimate
}

/**
 * The interval as it was day by day: on each, of those decided a whole window before its end. Days before anything could be
 * said are left out.
 */
export function daysOf(
  rows: readonly Placed[],
  asked: {
    readonly metric: GoalMetric
    readonly bounds: readonly number[]
    readonly windowMs: number
  },
): readonly Day[] {
  const { bounds, metric, windowMs } = asked
  return bounds.flatMap((at, index) => {
    const end = bounds[index + 1] ?? Number.POSITIVE_INFINITY
    // A bucket counts once its whole day lies a window back.
    const mine = rows.filter(
      ({ bucket }) => (bounds[bucket] ?? Number.POSITIVE_INFINITY) + windowMs <= end,
    )
    const judged = judge(strataOf(mine), measureOf(metric))
    return judged ? [{ at, difference: judged.difference, people: judged.contrast.people }] : []
  })
}

/**
 * What the treatment brought in all: the difference a person times the people messaged whose window is over. Null while
 * nothing can be said.
 */
export function totalOf(effect: Effect): Estimate | null {
  const { difference, people, verdict } = effect
  if (!difference || verdict === 'too_little') return null
  return {
    value: difference.value * people.treatment,
    low: difference.low * people.treatment,
    high: difference.high * people.treatment,
  }
}

/**
 * Totals of several campaigns: they add up, and so do their squared half-widths, because each campaign draws its hold-out
 * independently. Harmful ones are in it; null when there is none.
 */
export function together(totals: readonly Estimate[]): Estimate | null {
  if (totals.length === 0) return null
  const value = totals.reduce((sum, one) => sum + one.value, 0)
  const below = Math.hypot(...totals.map((one) => one.value - one.low))
  const above = Math.hypot(...totals.map((one) => one.high - one.value))
  return { value, low: value - below, high: value + above }
}
