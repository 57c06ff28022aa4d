import { Button, SegmentedControl } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { getValuePeople, segmentOfValue, type ValueList, type ValuePerson } from '../api/value.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { CsvButton } from '../design/csv-button.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, money, percent, personName, shortMoney } from '../design/format.ts'
import { EmptyState, Failure } from '../design/states.tsx'
import style from './value.module.css'

const text = words({
  title: { ko: '누구인지 보기', en: 'Who they are' },
  note: {
    ko: '한 사람의 앞날은 이 숫자 둘레로 넓게 흩어져요. 여럿을 고를 때 쓰세요.',
    en: 'One person’s future scatters widely around these numbers. Use them to choose many.',
  },
  which: { ko: '목록', en: 'List' },
  top: { ko: '앞으로 많이 살 고객', en: 'Will buy most' },
  leaving: { ko: '떠나는 듯한 큰 고객', en: 'Big ones who seem to leave' },
  leavingNote: {
    ko: '두 날 이상 샀고, 아직 고객일 가능성이 50 %보다 낮은 분들을 지금까지 산 금액 순으로 보여드려요.',
    en: 'Bought on two days or more, less likely a customer than not; by what they spent.',
  },
  topNote: {
    ko: '1년 매출 추정이 큰 순서예요.',
    en: 'By expected revenue of a year.',
  },
  name: { ko: '고객', en: 'Customer' },
  alive: { ko: '아직 고객일 가능성', en: 'Still a customer' },
  days: { ko: '산 날', en: 'Order days' },
  last: { ko: '마지막 구매', en: 'Last order' },
  spent: { ko: '지금까지', en: 'Until now' },
  orders: { ko: '90일 주문', en: 'Orders, 90 days' },
  rangeHint: {
    ko: '아래 구간은 이런 고객 열 명 중 여덟 명이 들어가는 범위예요.',
    en: 'Beneath it: the range in which eight of ten such customers end.',
  },
  revenue: { ko: '1년 매출 추정', en: 'Revenue, a year' },
  make: { ko: '이 고객들로 세그먼트 만들기', en: 'Make a segment of them' },
  makeHint: {
    ko: '지금 이 목록의 앞에서 1,000명까지 담아요. 나중에 바뀌지 않아요.',
    en: 'Takes up to 1,000 of this list as it is now; it does not change later.',
  },
  segment: { ko: (list: string) => `고객 가치: ${list}`, en: (list: string) => `Value: ${list}` },
  emptyTitle: { ko: '아무도 없어요', en: 'Nobody' },
  empty: { ko: '이 목록에 들어갈 고객이 아직 없어요.', en: 'Nobody belongs on this list yet.' },
})

/** The people at both ends, and one click to a segment of them. */
export function ValuePeople({ currency }: { readonly currency: string }) {
  const said = useWords(text)
  const [list, setList] = useState<ValueList>('top')
  const query = useQuery({
    queryKey: ['insight', 'value', 'people', list],
    queryFn: ({ signal }) => getValuePeople({ list, limit: 20 }, signal),
  })
  return (
    <Card title={said.title} note={said.note} flush>
      <div className={style.lists}>
        <SegmentedControl
          aria-label={said.which}
          value={list}
          onChange={(value) => setList(value === 'leaving' ? 'leaving' : 'top')}
          data={[
            { value: 'top', label: said.top },
            { value: 'leaving', label: said.leaving },
          ]}
        />
        <div className={style.acts}>
          <CsvButton href="/api/reports/value/people.csv" question={{ list }} />
          <AsSegment list={list} isEmpty={query.data?.items.length === 0} />
        </div>
        <p className={style.line} style={{ margin: 0, width: '100%' }}>
          {list === 'top' ? said.topNote : said.leavingNote}
        </p>
      </div>
      <DataTable
        label={said.title}
        columns={useColumns(currency)}
        rows={query.data?.items}
        error={query.error}
        retry={query.refetch}
        keyOf={(row) => row.customer}
        to={(row) => `/customers/${row.customer}`}
        empty={<EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>}
      />
    </Card>
  )
}

function useColumns(currency: string): readonly Column<ValuePerson>[] {
  const said = useWords(text)
  const language = useLanguage()
  return [
    { key: 'name', head: said.name, cell: (row) => personName(row.name, language) },
    { key: 'alive', head: said.alive, align: 'right', cell: (row) => percent(row.alive) },
    {
      key: 'days',
      head: said.days,
      align: 'right',
      leaves: 'md',
      cell: (row) => count(row.orderDays, language),
    },
    { key: 'last', head: said.last, align: 'right', leaves: 'sm', cell: (row) => row.lastDay },
    {
      key: 'spent',
      head: said.spent,
      align: 'right',
      leaves: 'sm',
      cell: (row) => money(row.spent, currency, language),
    },
    {
      key: 'orders',
      head: said.orders,
      align: 'right',
      hint: said.rangeHint,
      leaves: 'md',
      cell: (row) => (
        <>
          {row.orders90.toFixed(1)}
          <span className={style.range}>
            {row.orders90Low} ~ {row.orders90High}
          </span>
        </>
      ),
    },
    {
      key: 'revenue',
      head: said.revenue,
      align: 'right',
      hint: said.rangeHint,
      cell: (row) =>
        row.revenue365 === null ? (
          '–'
        ) : (
          <>
            {money(row.revenue365, currency, language)}
            {row.revenue365Low !== null && row.revenue365High !== null && (
              <span className={style.range}>
                {shortMoney(row.revenue365Low, currency, language)} ~{' '}
                {shortMoney(row.revenue365High, currency, language)}
              </span>
            )}
          </>
        ),
    },
  ]
}

function AsSegment({ list, isEmpty }: { readonly list: ValueList; readonly isEmpty: boolean }) {
  const said = useWords(text)
  const may = useMay('marketer')
  const queries = useQueryClient()
  const [, go] = useLocation()
  const making = useMutation({
    mutationFn: () => segmentOfValue(list, said.segment(said[list])),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['segments'] })
      go(`/segments/${made.id}`)
    },
  })
  if (!may) return null
  return (
    <>
      <Button
        variant="default"
        loading={making.isPending}
        disabled={isEmpty}
        title={said.makeHint}
        onClick={() => making.mutate()}
      >
        {said.make}
      </Button>
      {making.error && <Failure error={making.error} />}
    </>
  )
}
