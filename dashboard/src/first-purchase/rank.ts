import type { FirstPurchaseRow } from '../api/first-purchase.ts'

/** The categories of the rows, by name. */
export function categoriesOf(rows: readonly FirstPurchaseRow[]): readonly string[] {
  return [...new Set(rows.map(({ category }) => category))].filter((one) => one !== '').sort()
}
