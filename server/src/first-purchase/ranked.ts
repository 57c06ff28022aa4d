import type { FirstPurchaseRow } from './report.ts'

/** What the table and its file can be sorted by. */
export const sortKeys = [
  'trust',
  'firstBuyers',
  'repeatOrders',
  'repeatPerBuyer',
  'repeatRevenue',
] as const
/** `trust`: as the server ranks, by the lower end of the adjusted rate. */
export type SortKey = (typeof sortKeys)[number]

/**
 * Largest first. `trust` keeps the server's places; whatever the order, products without a place (too few first buyers, no
 * longer sold) come after those that have one, unless it is a plain count.
 */
export function ranked(
  rows: readonly FirstPurchaseRow[],
  by: SortKey,
): readonly FirstPurchaseRow[] {
  const isCount = by === 'firstBuyers' || by === 'repeatOrders' || by === 'repeatRevenue'
  const unplaced = (row: FirstPurchaseRow) => (row.rank === null ? 1 : 0)
  const value = (row: FirstPurchaseRow) => (by === 'trust' ? row.adjLow : row[by])
  return rows.toSorted(
    (a, b) =>
      (isCount ? 0 : unplaced(a) - unplaced(b)) ||
      value(b) - value(a) ||
      b.firstBuyers - a.firstBuyers ||
      a.name.localeCompare(b.name),
  )
}
