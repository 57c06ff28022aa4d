import { useState } from 'react'
import type { FirstPurchaseRow } from '../api/first-purchase.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, money, percent, shortMoney } from '../design/format.ts'
import style from './catalog.module.css'
import { enoughBuyers, type SortKey, wilson } from './rank.ts'

const text = words({
  label: { ko: '첫 구매 상품 순위', en: 'First-purchase products, ranked' },
  product: { ko: '상품', en: 'Product' },
  firstBuyers: { ko: '첫 구매자', en: 'First buyers' },
  repeatOrders: { ko: '추가 구매', en: 'Repeat orders' },
  repeatHint: {
    ko: '첫 구매 뒤의 주문 수예요. 아래 작은 글씨는 같은 상품을 산 주문과 다른 상품을 산 주문이고, 한 주문이 둘 다일 수 있어요.',
    en: 'Orders after the first. Below: orders with the same product and with others; one order can be both.',
  },
  sameOther: {
    ko: (same: string, other: string) => `같은 ${same} · 다른 ${other}`,
    en: (same: string, other: string) => `same ${same} · other ${other}`,
  },
  perBuyer: { ko: '1인당', en: 'Per buyer' },
  rate: { ko: '재구매율', en: 'Repurchase rate' },
  rateHint: {
    ko: '처음 산 고객 중 한 번이라도 다시 산 비율이에요. 기본 순서는 구간의 아래쪽 끝이 높은 순이라, 몇 명 안 되는 우연에 속지 않아요.',
    en: 'Share of first buyers who bought again at least once. The usual order is by the lower end of the interval, so that a lucky few do not lead.',
  },
  revenue: { ko: '추가 매출', en: 'Repeat revenue' },
  few: { ko: '아직 적어요', en: 'too few yet' },
})

type Props = {
  readonly rows: readonly FirstPurchaseRow[]
  readonly currency: string
  readonly by: SortKey
  readonly sortBy: (key: SortKey) => void
  readonly chosen: string | null
  readonly choose: (product: string) => void
}

const pageSize = 40

/** The ranked table; a product's name picks it in the picture. */
export function ProductTable({ rows, currency, by, sortBy, chosen, choose }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const [shown, setShown] = useState(pageSize)
  const sorted = (key: SortKey) => ({
    sort: () => sortBy(by === key ? 'trust' : key),
    sorted: by === key ? ('down' as const) : undefined,
  })
  const columns: readonly Column<FirstPurchaseRow>[] = [
    {
      key: 'product',
      head: said.product,
      cell: (row) => (
        <span className={row.firstBuyers < enoughBuyers ? style.few : ''}>
          <button
            type="button"
            className={style.product}
            aria-pressed={row.product === chosen}
            onClick={() => choose(row.product)}
          >
            {row.name}
            <span className={style.sub}>{row.category || row.product}</span>
          </button>
        </span>
      ),
    },
    {
      key: 'firstBuyers',
      head: said.firstBuyers,
      align: 'right',
      cell: (row) => count(row.firstBuyers, language),
      ...sorted('firstBuyers'),
    },
    {
      key: 'rate',
      head: said.rate,
      hint: said.rateHint,
      align: 'right',
      cell: (row) => {
        const { low, high } = wilson(row.repeaters, row.firstBuyers)
        return (
          <>
            <span className={style.strong}>{percent(row.repurchaseRate)}</span>
            <span className={style.sub}>
              {row.firstBuyers < enoughBuyers
                ? said.few
                : `${(low * 100).toFixed(1)} ~ ${(high * 100).toFixed(1)}`}
            </span>
          </>
        )
      },
      sort: () => sortBy('trust'),
      sorted: by === 'trust' || by === 'repurchaseRate' ? 'down' : undefined,
    },
    {
      key: 'repeatOrders',
      head: said.repeatOrders,
      hint: said.repeatHint,
      align: 'right',
      leaves: 'sm',
      cell: (row) => (
        <>
          {count(row.repeatOrders, language)}
          <span className={style.sub}>
            {said.sameOther(
              count(row.repeatSameOrders, language),
              count(row.repeatOtherOrders, language),
            )}
          </span>
        </>
      ),
      ...sorted('repeatOrders'),
    },
    {
      key: 'perBuyer',
      head: said.perBuyer,
      align: 'right',
      leaves: 'lg',
      cell: (row) => row.repeatPerBuyer.toFixed(2),
      ...sorted('repeatPerBuyer'),
    },
    {
      key: 'revenue',
      head: said.revenue,
      align: 'right',
      cell: (row) => (
        <span title={money(row.repeatRevenue, currency, language)}>
          {shortMoney(row.repeatRevenue, currency, language)}
        </span>
      ),
      ...sorted('repeatRevenue'),
    },
  ]
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
