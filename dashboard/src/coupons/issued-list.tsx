import { Select } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { couponStates } from '../../../server/src/coupons/coupon.ts'
import { type IssuedCoupon, listIssued } from '../api/coupons.ts'
import { useKeyset } from '../api/keyset.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { dayAndTime, money, personName } from '../design/format.ts'
import { EmptyState } from '../design/states.tsx'
import { CouponState, couponStateNames } from './coupon-state.tsx'

const text = words({
  label: { ko: '받은 고객', en: 'Who got it' },
  state: { ko: '상태', en: 'State' },
  all: { ko: '모든 상태', en: 'Any state' },
  person: { ko: '고객', en: 'Person' },
  nobody: { ko: '알 수 없음', en: 'unknown' },
  code: { ko: '번호', en: 'Code' },
  until: { ko: '기한', en: 'Ends' },
  order: { ko: '주문', en: 'Order' },
  not_first: { ko: '첫 주문이 아닌데 쓰였어요', en: 'used on a later order' },
  not_in_scope: {
    ko: '쓸 수 있는 상품이 없는 주문에 쓰였어요',
    en: 'used without any of its products',
  },
  emptyTitle: { ko: '아직 받은 고객이 없어요', en: 'Nobody has one yet' },
  empty: {
    ko: '캠페인의 메시지에 이 쿠폰을 붙이면, 보내는 순간 고객마다 한 장씩 나가요.',
    en: 'Put it into a campaign’s message: each person gets one as it leaves.',
  },
})

/** Coupons of one pool with their people, newest first. */
export function IssuedList({ pool }: { readonly pool: number }) {
  const said = useWords(text)
  const names = useWords(couponStateNames)
  const [state, setState] = useState<string | null>(null)
  const list = useKeyset(['coupons', 'issued', pool, state ?? ''], (after, signal) =>
    listIssued({ pool, after, limit: 50, ...(state ? { state } : {}) }, signal),
  )
  return (
    <>
      <div style={{ padding: '0 24px 12px' }}>
        <Select
          aria-label={said.state}
          placeholder={said.all}
          clearable
          w={200}
          data={couponStates.map((value) => ({ value, label: names[value] }))}
          value={state}
          onChange={setState}
        />
      </div>
      <DataTable
        label={said.label}
        columns={useColumns()}
        keyOf={(row) => row.id}
        {...list}
        empty={<EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>}
      />
    </>
  )
}

function useColumns(): readonly Column<IssuedCoupon>[] {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone, currency } = useSession().shop
  const when = { timeZone, language }
  const now = Date.now()
  return [
    {
      key: 'person',
      head: said.person,
      cell: ({ customer, customerName }) =>
        customer === null ? (
          said.nobody
        ) : (
          <Link href={`/customers/${customer}`}>{personName(customerName, language)}</Link>
        ),
    },
    { key: 'code', head: said.code, cell: ({ code }) => (code ? <code>{code}</code> : '–') },
    {
      key: 'state',
      head: said.state,
      cell: ({ state }) => <CouponState state={state} />,
    },
    {
      key: 'until',
      head: said.until,
      align: 'right',
      leaves: 'sm',
      cell: ({ expiresAt }) => (expiresAt === null ? '–' : dayAndTime(expiresAt, when, now)),
    },
    {
      key: 'order',
      head: said.order,
      align: 'right',
      leaves: 'md',
      cell: ({ orderId, takenOff, against }) =>
        orderId === null ? (
          '–'
        ) : (
          <>
            {`${orderId} · -${money(takenOff ?? 0, currency, language)}`}
            {against && <div>{said[against]}</div>}
          </>
        ),
    },
  ]
}
