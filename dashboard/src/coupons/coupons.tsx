import { Button, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { listCoupons, type PoolAnswer } from '../api/coupons.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, money, percent } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { EmptyState, Tag } from '../design/states.tsx'
import style from './coupons.module.css'

const text = words({
  title: { ko: '쿠폰', en: 'Coupons' },
  purpose: {
    ko: '메시지와 함께 보낼 혜택을 만들고, 얼마나 쓰였는지 봐요.',
    en: 'Benefits that go with messages, and how many of them are used.',
  },
  make: { ko: '쿠폰 만들기', en: 'Make a coupon' },
  name: { ko: '쿠폰', en: 'Coupon' },
  left: { ko: '남은 수량', en: 'Left' },
  endless: { ko: '제한 없음', en: 'No limit' },
  leftOf: {
    ko: (left: string, all: string) => `${left} / ${all}`,
    en: (left: string, all: string) => `${left} of ${all}`,
  },
  gone: { ko: '모두 나갔어요', en: 'all gone' },
  issued: { ko: '발급', en: 'Issued' },
  used: { ko: '사용', en: 'Used' },
  usedHint: {
    ko: '주문에 쓰인 쿠폰이에요. 주문 정보(coupon)에 쿠폰 번호가 함께 들어와야 셀 수 있어요.',
    en: 'Used in orders. Orders must tell the code (coupon) for it to be counted.',
  },
  cost: { ko: '할인한 금액', en: 'Taken off' },
  archived: { ko: '보관함', en: 'Archived' },
  which: { ko: '어떤 쿠폰을 볼까요', en: 'Which coupons' },
  open: { ko: '쓰는 중', en: 'In use' },
  all: { ko: '보관한 것까지', en: 'With archived' },
  emptyTitle: { ko: '아직 쿠폰이 없어요', en: 'No coupons yet' },
  empty: {
    ko: '장바구니 알림이나 첫 구매 안내에 쿠폰을 붙이면, 한 사람마다 다른 번호로 나가고 주문에 쓰인 만큼 비용이 세어져요.',
    en: 'Put one into a cart reminder or a first-purchase message: each person gets a code of their own, and what is used is counted as cost.',
  },
  example: {
    ko: '예: “5,000원 할인, 3만원 이상 주문, 발급 후 48시간, 1인 90일에 1번”',
    en: 'For example: “₩5,000 off, orders from ₩30,000, 48 hours after issue, 1 a person in 90 days”',
  },
})

/** `/coupons`: what there is, what is left, what was used. */
export function Coupons() {
  const said = useWords(text)
  const may = useMay('marketer')
  const [archived, setArchived] = useState(false)
  const list = useQuery({
    queryKey: ['coupons', 'list', archived],
    queryFn: ({ signal }) => listCoupons(archived, signal),
  })
  const make = may && (
    <Button component={Link} href="/coupons/new">
      {said.make}
    </Button>
  )
  return (
    <Page title={said.title} purpose={said.purpose} figures="coupons" action={make}>
      <SegmentedControl
        className={style.shelves ?? ''}
        aria-label={said.which}
        value={archived ? 'all' : 'open'}
        onChange={(value) => setArchived(value === 'all')}
        data={[
          { value: 'open', label: said.open },
          { value: 'all', label: said.all },
        ]}
      />
      <Card flush>
        <DataTable
          label={said.title}
          columns={useColumns()}
          keyOf={(row) => row.id}
          to={(row) => `/coupons/${row.id}`}
          rows={list.data?.items}
          error={list.error}
          retry={() => list.refetch()}
          empty={
            <EmptyState title={said.emptyTitle} example={said.example} action={make}>
              {said.empty}
            </EmptyState>
          }
        />
      </Card>
    </Page>
  )
}

function useColumns(): readonly Column<PoolAnswer>[] {
  const said = useWords(text)
  const language = useLanguage()
  const { currency } = useSession().shop
  const given = ({ remaining, total, uploaded, codes }: PoolAnswer) => {
    if (remaining === null) return said.endless
    if (remaining === 0) return <Tag meaning="attention">{said.gone}</Tag>
    const all = codes === 'uploaded' ? uploaded : (total ?? remaining)
    return said.leftOf(count(remaining, language), count(all, language))
  }
  return [
    {
      key: 'name',
      head: said.name,
      cell: (row) => (
        <>
          {row.name} {row.state === 'archived' && <Tag>{said.archived}</Tag>}
          <div className={style.sentence}>{row.sentence[language]}</div>
        </>
      ),
    },
    { key: 'left', head: said.left, align: 'right', cell: given },
    {
      key: 'issued',
      head: said.issued,
      align: 'right',
      leaves: 'sm',
      cell: ({ use }) => count(use.issued, language),
    },
    {
      key: 'used',
      head: said.used,
      hint: said.usedHint,
      align: 'right',
      cell: ({ use }) =>
        use.issued === 0
          ? count(use.redeemed, language)
          : `${count(use.redeemed, language)} (${percent(use.redeemed / use.issued)})`,
    },
    {
      key: 'cost',
      head: said.cost,
      align: 'right',
      leaves: 'md',
      cell: ({ use }) => money(use.takenOff, currency, language),
    },
  ]
}
