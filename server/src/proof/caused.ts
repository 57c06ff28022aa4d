import { z } from 'zod'
import { effectOf } from '../statistics/effect.ts'
import type { Estimate } from '../statistics/intervals.ts'
import { isMismatched } from '../statistics/sample-ratio.ts'
import { spendingPlaced, together, totalOf } from './measures.ts'
import type { SpendingSums } from './outcome-sums.ts'
import { sharedOut, strataOf } from './strata.ts'

const Amount = z.number().nullable()

/** What all campaigns brought of the people first messaged in a period, currency units; null: nothing can be said yet. */
export const CausedRevenue = z.object({
  now: Amount,
  low: Amount,
  high: Amount,
  before: Amount.describe('In the period before, as long.'),
  leftOut: z
    .array(z.number())
    .readonly()
    .describe(
      'Campaigns whose groups are not as their shares were set: what they say is not added.',
    ),
  series: z
    .array(z.object({ at: z.number(), value: z.number() }))
    .readonly()
    .describe('It grows with each day’s people.'),
})
export type CausedRevenue = z.infer<typeof CausedRevenue>

/**
 * The last `days` and as many before, of rows by the days that begin at `bounds` (UTC ms, ascending). A campaign whose people did not
 * come into its groups as set proves nothing, here as in its own report.
 */
export function causedRevenue(
  rows: readonly SpendingSums[],
  bounds: readonly number[],
  days: number,
): CausedRevenue {
  const campaigns = Map.groupBy(rows, ({ campaign }) => campaign)
  const leftOut = [...campaigns].flatMap(([id, mine]) => (isMismatched(sharedOut(mine)) ? id : []))
  const added = rows.filter(({ campaign }) => !leftOut.includes(campaign))
  const now = between(added, days + 1, 2 * days)
  const before = between(added, 1, days)
  return {
    leftOut: leftOut.toSorted((a, b) => a - b),
    now: now?.value ?? null,
    low: now?.low ?? null,
    high: now?.high ?? null,
    before: before?.value ?? null,
    series: bounds.slice(days).map((at, index) => ({
      at,
      value: between(added, days + 1, days + index + 1)?.value ?? 0,
    })),
  }
}

/** All campaigns together, of the people first messaged from the first to the last bucket. */
function between(rows: readonly SpendingSums[], first: number, last: number): Estimate | null {
  const inside = rows.filter(({ bucket }) => bucket >= first && bucket <= last)
  const campaigns = Map.groupBy(inside, ({ campaign }) => campaign)
  const totals = [...campaigns.values()].flatMap(
    (mine) => totalOf(effectOf(strataOf(spendingPlaced(mine, 'revenue')), 'mean')) ?? [],
  )
  return together(totals)
}
