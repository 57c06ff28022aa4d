import { byteOrderMark, csvLine } from '../web/csv-cell.ts'
import { ranked, type SortKey } from './ranked.ts'
import type { FirstPurchaseReport, FirstPurchaseRow } from './report.ts'

/** The columns of the file, in order: their names, the same in Korean, and what a row says there. */
const columns: readonly (readonly [
  name: string,
  ko: string,
  of: (row: FirstPurchaseRow) => string | number | null,
  is?: 'money',
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
  ['first_revenue', '첫 구매 매출', (row) => row.firstRevenue, 'money'],
  ['repeat_revenue', '추가 매출', (row) => row.repeatRevenue, 'money'],
  ['repeat_revenue_per_buyer', '1인당 추가 매출', (row) => row.repeatRevenuePerBuyer, 'money'],
  ['refund_rate', '첫 주문 환불률', (row) => row.refundRate],
]

/** The table as CSV text, in the order of the page; of one category (and all below it) where one is asked for. */
export function reportLines(
  { rows, currency }: Pick<FirstPurchaseReport, 'rows' | 'currency'>,
  asked: {
    readonly language: 'ko' | 'en'
    readonly category?: string | undefined
    readonly sort?: SortKey | undefined
  },
): string {
  const coins = coinsOf(currency)
  const named = columns.map(([name, ko]) => (asked.language === 'ko' ? ko : name))
  const mine = ranked(within(rows, asked.category ?? null), asked.sort ?? 'trust')
  const lines = mine.map((row) =>
    csvLine(columns.map(([, , of, is]) => cell(of(row), is === 'money' ? coins : rateDigits))),
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

/** More digits of a rate say nothing. */
const rateDigits = 4

/** Digits of an amount after the point: none in won, two in pounds. */
function coinsOf(currency: string): number {
  const style = { style: 'currency', currency } as const
  return new Intl.NumberFormat('en', style).resolvedOptions().maximumFractionDigits ?? 2
}

function cell(value: string | number | null, digits: number): string {
  if (typeof value !== 'number') return value ?? ''
  const unit = 10 ** digits
  return String(Math.round(value * unit) / unit)
}
