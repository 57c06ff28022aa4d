import { Button } from '@mantine/core'
import { Link } from 'wouter'
import type { MessagingReport } from '../api/messaging.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, money, percent } from '../design/format.ts'
import { EmptyState } from '../design/states.tsx'
import style from './insight.module.css'

const text = words({
  coupons: { ko: '쿠폰', en: 'Coupons' },
  couponsNote: {
    ko: '매출은 쿠폰을 쓴 주문의 순매출이에요. 쿠폰 때문에 늘어난 매출이 아니에요. 사용률은 한 사람씩 발급한 쿠폰 가운데 쓴 비율이라, 모두에게 알린 코드에는 없어요.',
    en: 'Revenue is that of the orders with the coupon, not what the coupon caused. Use is the share of coupons given to people one by one, so a code told to everybody has none.',
  },
  coupon: { ko: '쿠폰', en: 'Coupon' },
  issued: { ko: '발급', en: 'Issued' },
  used: { ko: '사용', en: 'Used' },
  rate: { ko: '사용률', en: 'Use' },
  cost: { ko: '할인한 금액', en: 'Taken off' },
  revenue: { ko: '쓴 주문의 매출', en: 'Revenue with it' },
  toUse: { ko: '쓰기까지', en: 'Until used' },
  days: { ko: (n: string) => `${n}일`, en: (n: string) => `${n} days` },
  noCoupons: { ko: '아직 쿠폰이 없어요', en: 'No coupons yet' },
  empty: {
    ko: '쿠폰을 만들어 메시지에 담으면 몇 명이 쓰고 얼마를 할인했는지 여기에 나타나요.',
    en: 'Make a coupon, put it in a message, and see here how many used it and what it took off.',
  },
  make: { ko: '쿠폰 만들기', en: 'Make a coupon' },
})

type CouponRow = MessagingReport['coupons'][number]

/** What became of the coupons of each pool. */
export function CouponUse({ report }: { readonly report: MessagingReport }) {
  const said = useWords(text)
  const language = useLanguage()
  const { currency } = report
  const columns: readonly Column<CouponRow>[] = [
    { key: 'name', head: said.coupon, cell: (row) => row.name },
    {
      key: 'issued',
      head: said.issued,
      align: 'right',
      leaves: 'sm',
      cell: (row) => count(row.issued, language),
    },
    {
      key: 'used',
      head: said.used,
      align: 'right',
      leaves: 'md',
      cell: (row) => count(row.used, language),
    },
    {
      key: 'rate',
      head: said.rate,
      align: 'right',
      cell: ({ rate }) =>
        rate ? (
          <>
            {percent(rate.value)}
            <span className={style.sub}>
              {(rate.low * 100).toFixed(1)} ~ {(rate.high * 100).toFixed(1)}
            </span>
          </>
        ) : (
          '–'
        ),
    },
    {
      key: 'cost',
      head: said.cost,
      align: 'right',
      leaves: 'md',
      cell: (row) => money(row.cost, currency, language),
    },
    {
      key: 'revenue',
      head: said.revenue,
      align: 'right',
      cell: (row) => money(row.revenue, currency, language),
    },
    {
      key: 'toUse',
      head: said.toUse,
      align: 'right',
      leaves: 'md',
      cell: (row) => (row.daysToUse === null ? '–' : said.days(row.daysToUse.toFixed(1))),
    },
  ]
  return (
    <Card title={said.coupons} note={said.couponsNote} flush>
      <DataTable
        label={said.coupons}
        columns={columns}
        rows={report.coupons}
        keyOf={(row) => row.pool}
        to={(row) => `/coupons/${row.pool}`}
        empty={
          <EmptyState
            title={said.noCoupons}
            action={
              <Button component={Link} href="/coupons">
                {said.make}
              </Button>
            }
          >
            {said.empty}
          </EmptyState>
        }
      />
    </Card>
  )
}
