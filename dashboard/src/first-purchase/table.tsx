import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { SortKey } from '../../../server/src/first-purchase/ranked.ts'
import type { FirstPurchaseRow } from '../api/first-purchase.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, money, percent, shortMoney } from '../design/format.ts'
import { type Asked, pickLimit } from './asked.ts'
import style from './first-purchase.module.css'

const text = words({
  label: { ko: '첫 구매 상품 순위', en: 'First-purchase products, ranked' },
  pick: { ko: (name: string) => `${name} 고르기`, en: (name: string) => `Choose ${name}` },
  product: { ko: '상품', en: 'Product' },
  firstBuyers: { ko: '첫 구매자', en: 'Buyers' },
  buyersHint: {
    ko: '재구매로 세는 기간을 다 채운 첫 구매자예요. 아래 작은 글씨는 아직 기간이 남은 사람까지 더한 수예요.',
    en: 'Those followed for the whole time. Below: with those whose time is not over yet.',
  },
  sofar: { ko: (n: string) => `모두 ${n}`, en: (n: string) => `${n} in all` },
  repeatOrders: { ko: '추가 구매', en: 'Orders' },
  repeatHint: {
    ko: '첫 구매 뒤의 주문 수예요. 아래 작은 글씨는 첫 구매자 한 사람의 추가 구매 수, 그리고 같은 상품을 산 주문과 다른 상품을 산 주문이에요. 한 주문이 둘 다일 수 있어요.',
    en: 'Orders after the first. Below: how many that is per first buyer, and orders with the same product and with others; one order can be both.',
  },
  sameOther: {
    ko: (same: string, other: string) => `같은 ${same} · 다른 ${other}`,
    en: (same: string, other: string) => `same ${same} · other ${other}`,
  },
  perBuyer: { ko: '1인당', en: 'Per buyer' },
  perBuyerBelow: { ko: (n: string) => `1인당 ${n}번`, en: (n: string) => `${n} per buyer` },
  perBuyerHint: {
    ko: '첫 구매자 한 사람의 추가 구매 수예요. 1을 더하면 평균 구매 횟수예요.',
    en: 'Additional orders a first buyer; plus 1 is the average number of purchases.',
  },
  rate: { ko: '재구매율', en: 'Came back' },
  rateHint: {
    ko: '큰 숫자는 보정한 재구매율이에요. 첫 구매자가 적을수록 상점 평균 쪽으로 당겨서, 몇 명의 우연에 속지 않아요. 아래는 구간과 보정 전 비율이고, 순위는 구간의 아래쪽 끝으로 매겨요.',
    en: 'Large: the adjusted rate, drawn towards the shop’s the fewer first buyers there are, so that a lucky few do not lead. Below: its interval and the plain rate. Places go by the interval’s lower end.',
  },
  plain: { ko: (rate: string) => `보정 전 ${rate}`, en: (rate: string) => `plain ${rate}` },
  revenue: { ko: '추가 매출', en: 'Revenue' },
  median: { ko: '두 번째까지', en: 'Until the second' },
  medianHint: {
    ko: '첫 구매자 절반이 다시 사기까지 걸린 날이에요. 아직 절반이 안 돌아왔으면 –예요.',
    en: 'Days until half of the first buyers came back; – while fewer than half did.',
  },
  days: { ko: (n: number) => `${n}일`, en: (n: number) => `${n} d` },
  few: { ko: '아직 적어요', en: 'too few yet' },
  off: { ko: '판매 종료', en: 'no longer sold' },
})

type Props = {
  readonly rows: readonly FirstPurchaseRow[]
  readonly currency: string
  readonly asked: Asked
}

const pageSize = 40

/** The ranked table; a product's name opens it, its box takes it into the campaign. */
export function ProductTable({ rows, currency, asked }: Props) {
  const said = useWords(text)
  const [shown, setShown] = useState(pageSize)
  const columns = useColumns(asked, currency)
  return (
    <DataTable
      label={said.label}
      columns={columns}
      rows={rows.slice(0, shown)}
      keyOf={(row) => row.product}
      more={rows.length > shown ? () => setShown(shown + pageSize) : undefined}
    />
  )
}

function useColumns(asked: Asked, currency: string): readonly Column<FirstPurchaseRow>[] {
  const said = useWords(text)
  const language = useLanguage()
  const { by, put } = asked
  const sorted = (key: SortKey) => ({
    sort: () => put('sort', by === key ? null : key),
    sorted: by === key ? ('down' as const) : undefined,
  })
  const product = useProductColumn(asked)
  return [
    product,
    {
      key: 'rate',
      head: said.rate,
      hint: said.rateHint,
      align: 'right',
      cell: (row) => (
        <>
          <span className={style.strong}>{percent(row.adjRate)}</span>
          <span className={style.sub}>
            {(row.adjLow * 100).toFixed(1)} ~ {(row.adjHigh * 100).toFixed(1)}
          </span>
          <span className={style.sub}>{said.plain(percent(row.repurchaseRate))}</span>
        </>
      ),
      ...sorted('trust'),
    },
    {
      key: 'firstBuyers',
      head: said.firstBuyers,
      hint: said.buyersHint,
      align: 'right',
      cell: (row) => (
        <>
          {count(Math.round(row.firstBuyers), language)}
          {Math.round(row.buyersSoFar) > Math.round(row.firstBuyers) && (
            <span className={style.sub}>
              {said.sofar(count(Math.round(row.buyersSoFar), language))}
            </span>
          )}
        </>
      ),
      ...sorted('firstBuyers'),
    },
    {
      key: 'repeatOrders',
      head: said.repeatOrders,
      hint: said.repeatHint,
      align: 'right',
      leaves: 'sm',
      cell: (row) => (
        <>
          {count(Math.round(row.repeatOrders), language)}
          <span className={`${style.sub} ${style.narrow}`}>
            {said.perBuyerBelow(row.repeatPerBuyer.toFixed(2))}
          </span>
          <span className={style.sub}>
            {said.sameOther(
              count(Math.round(row.repeatSameOrders), language),
              count(Math.round(row.repeatOtherOrders), language),
            )}
          </span>
        </>
      ),
      ...sorted('repeatOrders'),
    },
    {
      key: 'perBuyer',
      head: said.perBuyer,
      hint: said.perBuyerHint,
      align: 'right',
      leaves: 'lg',
      cell: (row) => row.repeatPerBuyer.toFixed(2),
      ...sorted('repeatPerBuyer'),
    },
    {
      key: 'median',
      head: said.median,
      hint: said.medianHint,
      align: 'right',
      leaves: 'lg',
      cell: (row) => (row.medianDaysToSecond === null ? '–' : said.days(row.medianDaysToSecond)),
    },
    {
      key: 'revenue',
      head: said.revenue,
      align: 'right',
      leaves: 'sm',
      cell: (row) => (
        <span title={money(row.repeatRevenue, currency, language)}>
          {shortMoney(row.repeatRevenue, currency, language)}
        </span>
      ),
      ...sorted('repeatRevenue'),
    },
  ]
}

function useProductColumn({ picked, pick, product, put }: Asked): Column<FirstPurchaseRow> {
  const said = useWords(text)
  const toggled = (one: string) =>
    picked.includes(one) ? picked.filter((other) => other !== one) : [...picked, one]
  return {
    key: 'product',
    head: said.product,
    cell: (row) => (
      <span className={`${style.pickable} ${row.rank === null ? style.few : ''}`}>
        <Checkbox
          aria-label={said.pick(row.name)}
          checked={picked.includes(row.product)}
          disabled={
            !picked.includes(row.product) && (row.rank === null || picked.length >= pickLimit)
          }
          onChange={() => pick(toggled(row.product))}
        />
        <button
          type="button"
          className={style.product}
          aria-pressed={row.product === product}
          onClick={() => put('product', row.product)}
        >
          {row.rank !== null && <span className={style.rank}>{row.rank}</span>}
          {row.name}
          <span className={style.sub}>
            {!row.isSellable
              ? said.off
              : row.rank === null
                ? said.few
                : row.category || row.product}
          </span>
        </button>
      </span>
    ),
  }
}
