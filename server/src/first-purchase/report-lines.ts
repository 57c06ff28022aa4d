import { byteOrderMark, csvLine } from '../web/csv-cell.ts'
import type { FirstPurchaseReport, FirstPurchaseRow } from './report.ts'

/** The columns of the file, in order: their names, the same in Korean, and what a row says there. */
const columns: readonly (readonly [
  name: string,
  ko: string,
  of: (row: FirstPurchaseRow) => string | number | null,
])[] = [
  ['rank', '순위', (row) => row.rank],
  ['product', '상품 번호', (row) => row.product],
  ['name', '상품', (row) => row.name],
  ['category', '분류', (row) => row.category],
  ['sellable', '판매 중 (1: 예)', (row) => (row.isSellable ? 1 : 0)],
  ['first_buyers', '첫 구매자', (row) => row.firstBuyers],
  ['first_buyers_so_far', '첫 구매자 (기간이 남은 사람까지)', (row) => row.buyersSoFar],
  ['mature_buyers', '기간을 다 채운 첫 구매자', (row) => row.matureBuyers],
  ['exposure_days', '지켜본 날', (row) => row.exposureDays],
  ['repeat_orders', '추가 구매', (row) => row.repeatOrders],
  ['repeat_same_orders', '같은 상품 주문', (row) => row.repeatSameOrders],
  ['repeat_other_orders', '다른 상품 주문', (row) => row.repeatOtherOrders],
  ['repeat_same_items', '같은 상품 수', (row) => row.repeatSameItems],
  ['repeat_other_items', '다른 상품 수', (row) => row.repeatOtherItems],
  ['repeaters', '다시 산 고객', (row) => row.repeaters],
  ['repeat_per_buyer', '1인당 추가 구매', (row) => row.repeatPerBuyer],
  ['repurchase_rate', '재구매율 (보정 전)', (row) => row.repurchaseRate],
  ['adj_rate', '보정한 재구매율', (row) => row.adjRate],
  ['adj_low', '구간 아래', (row) => row.adjLow],
  ['adj_high', '구간 위', (row) => row.adjHigh],
  ['compared_rate', '비슷한 고객끼리 비교한 재구매율', (row) => row.comparedRate],
  ['adj_per_buyer', '보정한 1인당 추가 구매', (row) => row.adjPerBuyer],
  ['mcf', '지켜본 만큼 센 1인당 추가 구매', (row) => row.meanBy?.value ?? null],
  ['mcf_low', '그 구간 아래', (row) => row.meanBy?.low ?? null],
  ['mcf_high', '그 구간 위', (row) => row.meanBy?.high ?? null],
  ['mcf_day', '그날까지 (일)', (row) => row.meanBy?.day ?? null],
  ['median_days_to_2nd', '두 번째까지 (일)', (row) => row.medianDaysToSecond],
  ['first_revenue', '첫 구매 매출', (row) => row.firstRevenue],
  ['repeat_revenue', '추가 매출', (row) => row.repeatRevenue],
  ['repeat_revenue_per_buyer', '1인당 추가 매출', (row) => row.repeatRevenuePerBuyer],
  ['refund_rate', '첫 주문 환불률', (row) => row.refundRate],
]

/** The table as CSV text, in its own order; of one category (and all below it) where one is asked for. */
export function reportLines(
  { rows }: Pick<FirstPurchaseReport, 'rows'>,
  asked: { readonly language: 'ko' | 'en'; readonly category?: string | undefined },
): string {
  const named = columns.map(([name, ko]) => (asked.language === 'ko' ? ko : name))
  const lines = within(rows, asked.category ?? null).map((row) =>
    csvLine(columns.map(([, , of]) => cell(of(row)))),
  )
  return [byteOrderMark, csvLine(named), ...lines].join('')
}

/** Rows of a category and all below it; all of them where none is given. */
export function within<Row extends Pick<FirstPurchaseRow, 'category'>>(
  rows: readonly Row[],
  category: string | null,
): readonly Row[] {
  if (category === null) return rows
  return rows.filter((row) => row.category === category || row.category.startsWith(`${category}/`))
}

/** More than four digits of a rate say nothing. */
const cell = (value: string | number | null): string =>
  typeof value === 'number' ? String(Math.round(value * 10_000) / 10_000) : (value ?? '')
