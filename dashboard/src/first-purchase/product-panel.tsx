import { Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import {
  type FirstBuyer,
  type FirstPurchaseAsked,
  type FirstPurchaseReport,
  type FirstPurchaseRow,
  getFirstProduct,
  listFirstBuyers,
  type ProductDetail,
} from '../api/first-purchase.ts'
import { useKeyset } from '../api/keyset.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, day, money, people, percent, personName } from '../design/format.ts'
import { Bones, Failure } from '../design/states.tsx'
import { BackCurve } from './back-curve.tsx'
import style from './first-purchase.module.css'

const text = words({
  close: { ko: '닫기', en: 'Close' },
  few: {
    ko: (n: number, least: number) =>
      `첫 구매자가 ${least}명보다 적어 순위를 매기지 않았어요. ${n}명이 더 필요해요.`,
    en: (n: number, least: number) =>
      `Fewer than ${least} first buyers, so it has no place. ${n} more are needed.`,
  },
  off: {
    ko: '지금은 팔지 않는 상품이라 추천하지 않아요.',
    en: 'No longer sold, so not recommended.',
  },
  rate: { ko: '보정한 재구매율', en: 'Adjusted repurchase rate' },
  plain: { ko: '보정 전', en: 'As counted' },
  compared: { ko: '비슷한 고객끼리 비교하면', en: 'Like with like' },
  mean: { ko: (d: number) => `${d}일까지 1인당`, en: (d: number) => `Orders each by day ${d}` },
  back: { ko: (d: number) => `${d}일까지 돌아온 비율`, en: (d: number) => `Back by day ${d}` },
  everybody: {
    ko: '‘…일까지’는 아직 지켜보는 중인 고객까지 지켜본 만큼 센 값이에요. 작은 글씨의 범위는 95 % 구간이에요.',
    en: '“By day …” counts everybody for as long as they were followed. Ranges in small print are 95 % intervals.',
  },
  perBuyer: { ko: '1인당 추가 구매', en: 'Orders each' },
  times: { ko: (n: string) => `${n}번`, en: (n: string) => n },
  bought: { ko: (n: string) => `첫 구매까지 ${n}번`, en: (n: string) => `${n} with the first` },
  median: { ko: '두 번째까지', en: 'Until the second' },
  medianDays: { ko: (n: number) => `${n}일`, en: (n: number) => `${n} d` },
  medianNote: { ko: '첫 구매자 절반이 돌아온 날', en: 'half of the first buyers are back' },
  each: { ko: '1인당 추가 매출', en: 'Repeat revenue each' },
  refunds: { ko: '첫 주문의 환불', en: 'First orders sent back' },
  items: { ko: '추가로 산 상품', en: 'Products bought after' },
  pieces: { ko: (n: string) => `${n}개`, en: (n: string) => n },
  sameOther: {
    ko: (same: string, other: string) => `같은 상품 ${same} · 다른 상품 ${other}`,
    en: (same: string, other: string) => `same ${same} · other ${other}`,
  },
  share: { ko: '돌아온 비율', en: 'Share back' },
  months: { ko: '첫 구매한 달마다', en: 'By month of the first purchase' },
  monthsNote: {
    ko: '달마다 크게 다르면 상품보다 시기나 행사 탓일 수 있어요.',
    en: 'Where months differ a lot, it may be the season or a promotion rather than the product.',
  },
  month: { ko: '달', en: 'Month' },
  buyers: { ko: '첫 구매자', en: 'First buyers' },
  who: { ko: '이 상품으로 처음 산 고객', en: 'Who bought it first' },
  name: { ko: '고객', en: 'Customer' },
  first: { ko: '첫 구매', en: 'First bought' },
  later: { ko: '그 뒤', en: 'Afterwards' },
  orders: { ko: (n: string) => `${n}번`, en: (n: string) => `${n} orders` },
  nobody: { ko: '이 조건의 고객이 없어요.', en: 'Nobody.' },
})

type Props = {
  readonly row: FirstPurchaseRow
  readonly report: FirstPurchaseReport
  readonly question: FirstPurchaseAsked
  readonly close: () => void
}

/** One product beside the table: its figures, how soon people came back, its months and its people. */
export function ProductPanel({ row, report, question, close }: Props) {
  const said = useWords(text)
  const detail = useQuery({
    queryKey: ['first-purchase', 'product', row.product, question],
    queryFn: ({ signal }) => getFirstProduct(row.product, question, signal),
  })
  return (
    <Drawer
      opened
      onClose={close}
      title={row.name}
      position="right"
      size={560}
      closeButtonProps={{ 'aria-label': said.close }}
    >
      <div className={style.stack}>
        <Facts row={row} report={report} />
        {detail.error ? (
          <Failure error={detail.error} retry={detail.refetch} />
        ) : detail.data ? (
          <>
            <BackCurve detail={detail.data} />
            <Months cohorts={detail.data.cohorts} />
          </>
        ) : (
          <Bones lines={8} />
        )}
        <Buyers row={row} currency={report.currency} question={question} />
      </div>
    </Drawer>
  )
}

function Facts({ row, report }: Pick<Props, 'row' | 'report'>) {
  const said = useWords(text)
  const language = useLanguage()
  const range = (low: string, high: string) => `${low} ~ ${high}`
  const shares = (low: number, high: number) => range(percent(low), percent(high))
  const facts: readonly (readonly [name: string, value: string, more?: string])[] = [
    [said.buyers, people(Math.round(row.firstBuyers), language)],
    [said.rate, percent(row.adjRate), shares(row.adjLow, row.adjHigh)],
    [said.plain, percent(row.repurchaseRate), shares(row.rateLow, row.rateHigh)],
    ...(row.comparedRate === null ? [] : [[said.compared, percent(row.comparedRate)] as const]),
    ...(row.backBy
      ? [
          [
            said.back(row.backBy.day),
            percent(row.backBy.value),
            shares(row.backBy.low, row.backBy.high),
          ] as const,
        ]
      : []),
    ...(row.meanBy
      ? [
          [
            said.mean(row.meanBy.day),
            said.times(row.meanBy.value.toFixed(2)),
            said.times(range(row.meanBy.low.toFixed(2), row.meanBy.high.toFixed(2))),
          ] as const,
        ]
      : []),
    [
      said.perBuyer,
      said.times(row.repeatPerBuyer.toFixed(2)),
      said.bought((1 + row.repeatPerBuyer).toFixed(2)),
    ],
    ...(row.medianDaysToSecond === null
      ? []
      : [[said.median, said.medianDays(row.medianDaysToSecond), said.medianNote] as const]),
    [said.each, money(row.repeatRevenuePerBuyer, report.currency, language)],
    [
      said.items,
      said.pieces(count(Math.round(row.repeatSameItems + row.repeatOtherItems), language)),
      said.sameOther(
        count(Math.round(row.repeatSameItems), language),
        count(Math.round(row.repeatOtherItems), language),
      ),
    ],
    ...(row.refundRate === null ? [] : [[said.refunds, percent(row.refundRate)] as const]),
  ]
  const missing = Math.ceil(report.enoughBuyers - row.firstBuyers)
  return (
    <div>
      {missing > 0 && <p>{said.few(missing, report.enoughBuyers)}</p>}
      {!row.isSellable && <p>{said.off}</p>}
      <dl className={style.facts}>
        {facts.map(([name, value, more]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              {more && <span className={style.sub}>{more}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <p className={style.quiet}>{said.everybody}</p>
    </div>
  )
}

function Months({ cohorts }: Pick<ProductDetail, 'cohorts'>) {
  const said = useWords(text)
  const language = useLanguage()
  return (
    <section>
      <h3 className={style.section}>{said.months}</h3>
      <DataTable
        label={said.months}
        rows={cohorts.toReversed()}
        keyOf={(one) => one.month}
        columns={[
          { key: 'month', head: said.month, cell: (one) => one.month.slice(0, 7) },
          {
            key: 'buyers',
            head: said.buyers,
            align: 'right',
            cell: (one) => count(one.buyers, language),
          },
          {
            key: 'share',
            head: said.share,
            align: 'right',
            cell: (one) =>
              one.mature === 0 ? (
                '–'
              ) : (
                <>
                  {percent(one.repeaters / one.mature)}
                  <span className={style.sub}>
                    {(one.low * 100).toFixed(1)} ~ {(one.high * 100).toFixed(1)}
                  </span>
                </>
              ),
          },
        ]}
      />
      <p className={style.quiet}>{said.monthsNote}</p>
    </section>
  )
}

function Buyers({
  row,
  currency,
  question,
}: Pick<Props, 'row' | 'question'> & { readonly currency: string }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const list = useKeyset(['first-purchase', 'buyers', row.product, question], (after, signal) =>
    listFirstBuyers(row.product, { ...question, after, limit: 20 }, signal),
  )
  const columns: readonly Column<FirstBuyer>[] = [
    { key: 'name', head: said.name, cell: (one) => personName(one.name, language) },
    {
      key: 'first',
      head: said.first,
      align: 'right',
      cell: (one) => day(one.firstAt, { timeZone: shop.timeZone, language }),
    },
    {
      key: 'later',
      head: said.later,
      align: 'right',
      cell: (one) => (
        <>
          {said.orders(count(one.repeatOrders, language))}
          {one.repeatOrders > 0 && (
            <span className={style.sub}>{money(one.repeatRevenue, currency, language)}</span>
          )}
        </>
      ),
    },
  ]
  return (
    <section>
      <h3 className={style.section}>{said.who}</h3>
      <DataTable
        label={said.who}
        columns={columns}
        keyOf={(one) => one.customer}
        to={(one) => `/customers/${one.customer}`}
        {...list}
        empty={<p className={style.quiet}>{said.nobody}</p>}
      />
    </section>
  )
}
