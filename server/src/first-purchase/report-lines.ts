import { byteOrderMark, csvLine } from '../web/csv-cell.ts'
import type { FirstPurchaseReport, FirstPurchaseRow } from './report.ts'

/** The columns of the file, in order: their names and what a row says there. */
const columns: readonly (readonly [string, (row: FirstPurchaseRow) => string | number | null])[] = [
  ['rank', (row) => row.rank],
  ['product', (row) => row.product],
  ['name', (row) => row.name],
  ['category', (row) => row.category],
  ['sellable', (row) => (row.isSellable ? 1 : 0)],
  ['first_buyers', (row) => row.firstBuyers],
  ['first_buyers_so_far', (row) => row.buyersSoFar],
  ['mature_buyers', (row) => row.matureBuyers],
  ['exposure_days', (row) => row.exposureDays],
  ['repeat_orders', (row) => row.repeatOrders],
  ['repeat_same_orders', (row) => row.repeatSameOrders],
  ['repeat_other_orders', (row) => row.repeatOtherOrders],
  ['repeat_same_items', (row) => row.repeatSameItems],
  ['repeat_other_items', (row) => row.repeatOtherItems],
  ['repeaters', (row) => row.repeaters],
  ['repeat_per_buyer', (row) => row.repeatPerBuyer],
  ['repurchase_rate', (row) => row.repurchaseRate],
  ['adj_rate', (row) => row.adjRate],
  ['adj_low', (row) => row.adjLow],
  ['adj_high', (row) => row.adjHigh],
  ['compared_rate', (row) => row.comparedRate],
  ['adj_per_buyer', (row) => row.adjPerBuyer],
  ['mcf', (row) => row.meanBy?.value ?? null],
  ['mcf_low', (row) => row.meanBy?.low ?? null],
  ['mcf_high', (row) => row.meanBy?.high ?? null],
  ['mcf_day', (row) => row.meanBy?.day ?? null],
  ['median_days_to_2nd', (row) => row.medianDaysToSecond],
  ['first_revenue', (row) => row.firstRevenue],
  ['repeat_revenue', (row) => row.repeatRevenue],
  ['repeat_revenue_per_buyer', (row) => row.repeatRevenuePerBuyer],
  ['refund_rate', (row) => row.refundRate],
]

/** The table as CSV text, in its own order. */
export function reportLines({ rows }: FirstPurchaseReport): string {
  const lines = rows.map((row) => csvLine(columns.map(([, of]) => String(of(row) ?? ''))))
  return [byteOrderMark, csvLine(columns.map(([name]) => name)), ...lines].join('')
}
