import type { FirstPurchaseRow } from '../api/first-purchase.ts'

/** Fewest first buyers before a rate is worth ranking by. */
export const enoughBuyers = 30

const z95 = 1.959964

/** Wilson's 95 % interval of a share (E. B. Wilson, 1927); the whole range where nobody was seen. */
export function wilson(hits: number, of: number): { readonly low: number; readonly high: number } {
  if (of === 0) return { low: 0, high: 1 }
  const share = hits / of
  const square = z95 * z95
  const middle = (share + square / (2 * of)) / (1 + square / of)
  const half =
    (z95 * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of))) / (1 + square / of)
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

export type SortKey =
  | 'trust'
  | 'firstBuyers'
  | 'repeatOrders'
  | 'repeatPerBuyer'
  | 'repurchaseRate'
  | 'repeatRevenue'
export const sortKeys: readonly SortKey[] = [
  'trust',
  'firstBuyers',
  'repeatOrders',
  'repeatPerBuyer',
  'repurchaseRate',
  'repeatRevenue',
]

/**
 * Largest first. `trust` ranks by the lower end of the repurchase rate's interval; whatever the order, products with
 * too few first buyers come after all others.
 */
export function ranked(
  rows: readonly FirstPurchaseRow[],
  by: SortKey,
): readonly FirstPurchaseRow[] {
  const value = (row: FirstPurchaseRow) =>
    by === 'trust' ? wilson(row.repeaters, row.firstBuyers).low : row[by]
  const few = (row: FirstPurchaseRow) => (row.firstBuyers < enoughBuyers ? 1 : 0)
  const byCount = by === 'firstBuyers' || by === 'repeatOrders' || by === 'repeatRevenue'
  return [...rows].sort(
    (a, b) =>
      (byCount ? 0 : few(a) - few(b)) ||
      value(b) - value(a) ||
      b.firstBuyers - a.firstBuyers ||
      a.name.localeCompare(b.name),
  )
}
