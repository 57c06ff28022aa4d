import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { localTime, utcOfLocal } from '../../../server/src/lib/zone.ts'
import { type FirstPurchaseReport, saveFirstPurchaseSettings } from '../api/first-purchase.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { DataTable } from '../design/data-table.tsx'
import { count, day } from '../design/format.ts'
import { Failure } from '../design/states.tsx'
import style from './first-purchase.module.css'

const text = words({
  totals: {
    ko: '첫 주문에 상품이 여럿이면 상품마다 한 번씩 세요. 그래서 세로로 더하면 고객 수보다 커요. 취소와 환불, 사은품, 교환 주문은 빼고 셌어요.',
    en: 'A first order with several products counts once for each, so columns add up to more than the customers. Cancellations, refunds, gifts and exchanges are taken out.',
  },
  customers: {
    ko: (n: string) => `누가 샀는지 모르는 주문 ${n}건은 빠져 있어요.`,
    en: (n: string) => `${n} orders of unknown people are left out.`,
  },
  currency: {
    ko: (n: string) => `다른 통화의 주문 ${n}건은 빠져 있어요.`,
    en: (n: string) => `${n} orders in other currencies are left out.`,
  },
  before: {
    ko: (n: string, when: string) =>
      `${when} 전에 가입한 ${n}명은 그 전에 산 적이 있을 수 있어 빠져 있어요.`,
    en: (n: string, when: string) =>
      `${n} customers who joined before ${when} may have bought before it and are left out.`,
  },
  since: { ko: '주문 기록이 시작되는 날', en: 'Orders are known since' },
  sinceNote: {
    ko: '이날 전에 가입한 고객은 첫 구매를 알 수 없어서 빼고 세요. 비워 두면 모두 세요.',
    en: 'Who joined before has a first purchase nobody knows and is left out. Empty: everybody counts.',
  },
  save: { ko: '저장', en: 'Save' },
  never: { ko: '첫 구매가 없던 상품', en: 'Never bought first' },
  neverNote: {
    ko: '지금 팔고 있지만 이 조건에서 첫 구매가 0번인 상품이에요.',
    en: 'Sold today, but bought first by nobody who is asked about here.',
  },
  none: { ko: '모든 상품에 첫 구매가 있어요.', en: 'Every product was bought first.' },
  product: { ko: '상품', en: 'Product' },
  category: { ko: '분류', en: 'Category' },
  first: { ko: '첫 구매자', en: 'First buyers' },
})

type Props = { readonly report: FirstPurchaseReport; readonly showNever: boolean }

/** What is counted and what is not, and the products nobody began with. */
export function Notes({ report, showNever }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const may = useMay('marketer')
  const { notes, ordersKnownSince } = report
  const n = (value: number) => count(value, language)
  const when = { timeZone: shop.timeZone, language }
  return (
    <>
      {showNever && (
        <div className={style.spaced}>
          <Card title={said.never} note={said.neverNote} flush>
            <DataTable
              label={said.never}
              rows={report.neverFirst}
              keyOf={(row) => row.product}
              empty={<p className={style.blank}>{said.none}</p>}
              columns={[
                { key: 'product', head: said.product, cell: (row) => row.name },
                { key: 'category', head: said.category, cell: (row) => row.category || '–' },
                { key: 'first', head: said.first, align: 'right', cell: () => n(0) },
              ]}
            />
          </Card>
        </div>
      )}
      <p className={style.notes}>
        {said.totals}{' '}
        {notes.ordersWithoutCustomer > 0 && said.customers(n(notes.ordersWithoutCustomer))}{' '}
        {notes.ordersInOtherCurrency > 0 && said.currency(n(notes.ordersInOtherCurrency))}{' '}
        {ordersKnownSince !== null &&
          said.before(n(notes.joinedBefore), day(ordersKnownSince, when))}
      </p>
      {may && <KnownSince at={ordersKnownSince} />}
    </>
  )
}

function KnownSince({ at }: { readonly at: number | null }) {
  const said = useWords(text)
  const queries = useQueryClient()
  const { timeZone } = useSession().shop
  const [date, setDate] = useState(
    at === null ? '' : new Date(localTime(at, timeZone)).toISOString().slice(0, 10),
  )
  const saving = useMutation({
    mutationFn: () =>
      saveFirstPurchaseSettings({
        ordersKnownSince: date === '' ? null : utcOfLocal(Date.parse(date), timeZone),
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['first-purchase'] }),
  })
  return (
    <form
      className={style.since}
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <TextInput
        type="date"
        label={said.since}
        description={said.sinceNote}
        value={date}
        onChange={(event) => setDate(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={saving.isPending}>
        {said.save}
      </Button>
      {saving.error && <Failure error={saving.error} />}
    </form>
  )
}
