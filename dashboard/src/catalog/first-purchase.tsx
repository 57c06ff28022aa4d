import { Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useSearchParams } from 'wouter'
import { type FirstPurchaseReport, getFirstPurchase } from '../api/first-purchase.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { dayAndTime, money, people, percent } from '../design/format.ts'
import { Hint } from '../design/hint.tsx'
import { Page } from '../design/page.tsx'
import { Bone, Bones, EmptyState, Failure } from '../design/states.tsx'
import style from './catalog.module.css'
import { enoughBuyers, ranked, type SortKey, sortKeys, wilson } from './rank.ts'
import { Scatter } from './scatter.tsx'
import { ProductTable } from './table.tsx'

const text = words({
  title: { ko: '첫 구매 상품', en: 'First-purchase products' },
  purpose: {
    ko: '처음에 무엇을 산 고객이 다시 돌아오는지 비교해요. 원인이 아니라 후보예요. 캠페인으로 확인해야 믿을 수 있어요.',
    en: 'Which first purchase brings people back? These are candidates, not causes; a campaign with a hold-out tells.',
  },
  period: { ko: '첫 구매한 기간', en: 'First bought in' },
  all: { ko: '전체 기간', en: 'All time' },
  y1: { ko: '최근 1년', en: 'Last year' },
  d180: { ko: '최근 180일', en: 'Last 180 days' },
  d90: { ko: '최근 90일', en: 'Last 90 days' },
  horizon: { ko: '재구매로 세는 기간', en: 'Repeat counted within' },
  horizonHint: {
    ko: '첫 구매 뒤 이 기간 안의 구매만 세고, 이 기간이 다 지난 고객만 비교해요. 그래야 최근에 온 고객이 많은 상품이 손해 보지 않아요.',
    en: 'Counts purchases within this time of the first, among people whose time is over, so that products with many recent buyers are not at a disadvantage.',
  },
  h0: { ko: '제한 없음', en: 'No limit' },
  h: { ko: (n: number) => `${n}일 안`, en: (n: number) => `${n} days` },
  gap: { ko: '같은 날 주문', en: 'Same-day orders' },
  gap0: { ko: '재구매로 세기', en: 'Count as repeat' },
  gap1: { ko: '세지 않기', en: 'Leave out' },
  picture: { ko: '많이 팔리고, 다시 오게 하는 상품', en: 'Sold a lot, and brought back' },
  pictureNote: {
    ko: '오른쪽일수록 첫 구매자가 많고, 위일수록 다시 와요. 원이 클수록 추가 매출이 커요.',
    en: 'Further right: more first buyers. Higher: more come back. Larger: more repeat revenue.',
  },
  summary: {
    ko: (buyers: string, rate: string) => `첫 구매한 ${buyers} 중 ${rate}가 다시 샀어요.`,
    en: (buyers: string, rate: string) =>
      `Of ${buyers} with a first purchase, ${rate} bought again.`,
  },
  chosenRate: {
    ko: (n: string, rate: string) => `처음 산 ${n} 중 ${rate}가 다시 왔어요`,
    en: (n: string, rate: string) => `Of ${n} who bought it first, ${rate} came back`,
  },
  chosenRange: {
    ko: (low: string, high: string) => `구간 ${low} ~ ${high}`,
    en: (low: string, high: string) => `interval ${low} to ${high}`,
  },
  chosenMoney: {
    ko: (per: string) => `한 사람이 그 뒤로 ${per}을 더 썼어요`,
    en: (per: string) => `Each spent ${per} more afterwards`,
  },
  few: {
    ko: (n: number) =>
      `첫 구매자가 ${enoughBuyers}명보다 적어 순위를 믿기 어려워요. ${n}명이 더 필요해요.`,
    en: (n: number) =>
      `Fewer than ${enoughBuyers} first buyers, so the rate says little. ${n} more are needed.`,
  },
  noteCustomers: {
    ko: (n: string) => `누가 샀는지 모르는 주문 ${n}건은 빠져 있어요.`,
    en: (n: string) => `${n} orders of unknown people are left out.`,
  },
  noteCurrency: {
    ko: (n: string) => `다른 통화의 주문 ${n}건은 빠져 있어요.`,
    en: (n: string) => `${n} orders in other currencies are left out.`,
  },
  noteTotals: {
    ko: '첫 주문에 상품이 여럿이면 상품마다 한 번씩 세요. 그래서 세로로 더하면 고객 수보다 커요. 취소와 환불은 빼고 셌어요.',
    en: 'A first order with several products counts once for each, so columns add up to more than the customers. Cancellations and refunds are taken out.',
  },
  asOf: { ko: (when: string) => `${when} 기준`, en: (when: string) => `As of ${when}` },
  emptyTitle: { ko: '아직 주문이 없어요', en: 'No orders yet' },
  empty: {
    ko: '주문이 들어오거나 지난 주문을 가져오면, 어떤 첫 상품이 단골을 만드는지 여기서 비교할 수 있어요.',
    en: 'Once orders arrive, or past ones are imported, see here which first product makes regulars.',
  },
  example: {
    ko: '예: 파일로 가져오기 — npm run danggol -- import orders 주문.csv',
    en: 'For example, from a file: npm run danggol -- import orders orders.csv',
  },
})

const dayMs = 86_400_000
const horizons = [30, 60, 90, 180] as const
const spans = { all: undefined, y1: 365, d180: 180, d90: 90 } as const

/** Seed 2's table with its picture. */
export function FirstPurchase() {
  const said = useWords(text)
  const [params, setParams] = useSearchParams()
  const put = (key: string, value: string | null) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(key, value)
        else next.delete(key)
        return next
      },
      { replace: true },
    )
  const asked = params.get('period') ?? 'all'
  const period = asked in spans ? (asked as keyof typeof spans) : 'all'
  const horizon = horizons.find((days) => String(days) === params.get('horizon'))
  const gap = params.get('gap') === '1' ? 1 : 0
  const span = spans[period]
  const report = useQuery({
    queryKey: ['first-purchase', period, horizon, gap],
    queryFn: ({ signal }) =>
      getFirstPurchase(
        {
          from: span === undefined ? undefined : Date.now() - span * dayMs,
          horizon_days: horizon,
          min_gap_days: gap,
        },
        signal,
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  return (
    <Page title={said.title} purpose={said.purpose} width="wide">
      <div className={style.filters}>
        <Select
          label={said.period}
          w={150}
          allowDeselect={false}
          value={period}
          onChange={(value) => put('period', value === 'all' ? null : value)}
          data={(Object.keys(spans) as (keyof typeof spans)[]).map((value) => ({
            value,
            label: said[value],
          }))}
        />
        <Select
          label={
            <>
              {said.horizon} <Hint text={said.horizonHint} about={said.horizon} />
            </>
          }
          w={180}
          allowDeselect={false}
          value={horizon ? String(horizon) : ''}
          onChange={(value) => put('horizon', value)}
          data={[
            { value: '', label: said.h0 },
            ...horizons.map((days) => ({ value: String(days), label: said.h(days) })),
          ]}
        />
        <Select
          label={said.gap}
          w={160}
          allowDeselect={false}
          value={String(gap)}
          onChange={(value) => put('gap', value === '1' ? '1' : null)}
          data={[
            { value: '0', label: said.gap0 },
            { value: '1', label: said.gap1 },
          ]}
        />
      </div>
      {report.error && <Failure error={report.error} retry={() => report.refetch()} />}
      {report.data ? <Found report={report.data} /> : !report.error && <Coming />}
    </Page>
  )
}

function Coming() {
  return (
    <div className={style.split}>
      <Card>
        <Bone height={440} />
      </Card>
      <Card flush>
        <Bones lines={10} />
      </Card>
    </div>
  )
}

function Found({ report }: { readonly report: FirstPurchaseReport }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const [params, setParams] = useSearchParams()
  const by: SortKey = sortKeys.find((key) => key === params.get('sort')) ?? 'trust'
  const chosen = params.get('product')
  const put = (key: string, value: string) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (next.get(key) === value && key === 'product') next.delete(key)
        else next.set(key, value)
        return next
      },
      { replace: true },
    )
  const rows = useMemo(() => ranked(report.rows, by), [report.rows, by])
  if (report.total.firstBuyers === 0) {
    return (
      <Card flush>
        <EmptyState title={said.emptyTitle} example={said.example}>
          {said.empty}
        </EmptyState>
      </Card>
    )
  }
  const row = chosen ? report.rows.find((one) => one.product === chosen) : undefined
  const whiskers = row && wilson(row.repeaters, row.firstBuyers)
  const buyers = people(report.total.firstBuyers, language)
  const { notes } = report
  return (
    <>
      <p className={style.summary}>
        {said.summary(buyers, percent(report.total.repurchaseRate))}{' '}
        {said.asOf(dayAndTime(report.asOf, { timeZone: shop.timeZone, language }))}
      </p>
      <div className={style.split}>
        <div className={style.sticky}>
          <Card title={said.picture} note={said.pictureNote}>
            <Scatter
              rows={rows}
              shopRate={report.total.repurchaseRate}
              currency={report.currency}
              chosen={chosen}
              choose={(product) => put('product', product)}
            />
            {row && whiskers && (
              <div className={style.chosen} role="status">
                <b>{row.name}</b>
                <span>
                  {said.chosenRate(people(row.firstBuyers, language), percent(row.repurchaseRate))}{' '}
                  ({said.chosenRange(percent(whiskers.low), percent(whiskers.high))})
                </span>
                <span>
                  {said.chosenMoney(money(row.repeatRevenuePerBuyer, report.currency, language))}
                </span>
                {row.firstBuyers < enoughBuyers && (
                  <span>{said.few(enoughBuyers - row.firstBuyers)}</span>
                )}
              </div>
            )}
          </Card>
        </div>
        <Card flush>
          <ProductTable
            rows={rows}
            currency={report.currency}
            by={by}
            sortBy={(key) => put('sort', key)}
            chosen={chosen}
            choose={(product) => put('product', product)}
          />
        </Card>
      </div>
      <p className={style.notes}>
        {said.noteTotals}{' '}
        {notes.ordersWithoutCustomer > 0 &&
          said.noteCustomers(notes.ordersWithoutCustomer.toLocaleString('en'))}{' '}
        {notes.ordersInOtherCurrency > 0 &&
          said.noteCurrency(notes.ordersInOtherCurrency.toLocaleString('en'))}
      </p>
    </>
  )
}
