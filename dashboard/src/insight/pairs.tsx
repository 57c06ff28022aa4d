import { useState } from 'react'
import { beginCompanion, getPairs, type Pair, type PairsReport } from '../api/buying.ts'
import { useKept } from '../api/kept.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { CsvButton } from '../design/csv-button.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, people, percent } from '../design/format.ts'
import { KeptReport } from '../design/kept.tsx'
import { Bones, EmptyState } from '../design/states.tsx'
import { BeginDraft } from './begin-draft.tsx'

const text = words({
  title: { ko: '함께 산 상품', en: 'Bought together' },
  note: {
    ko: (orders: string, least: string) =>
      `최근 1년 주문 ${orders}건에서, ${least}건 이상 함께 담긴 상품이에요. 후보이지 원인이 아니에요. 캠페인으로 확인해야 믿을 수 있어요.`,
    en: (orders: string, least: string) =>
      `Of ${orders} orders of a year, what was together in ${least} or more. Candidates, not causes: only a campaign tells.`,
  },
  one: { ko: '이것을 산 주문에', en: 'Orders with this' },
  other: { ko: '이것도 있었어요', en: 'also had this' },
  together: { ko: '함께 산 주문', en: 'Together' },
  buyers: { ko: '고객', en: 'People' },
  after: { ko: '함께 살 비율', en: 'Share' },
  afterHint: {
    ko: '왼쪽 상품이 든 주문 중에 오른쪽 상품도 든 비율이에요. 아래 작은 글씨는 거꾸로예요.',
    en: 'Of the orders with the left one, the share that has the right one; below, the other way round.',
  },
  back: { ko: (share: string) => `거꾸로 ${share}`, en: (share: string) => `reverse ${share}` },
  lift: { ko: '우연의 몇 배', en: 'Times chance' },
  liftHint: {
    ko: '서로 상관없이 담겼을 때보다 몇 배 자주 함께 담겼는지예요. 여러 쌍을 한꺼번에 보면 우연히 높은 것도 섞여요.',
    en: 'How many times as often as if they had nothing to do with each other. Among many pairs some are high by luck.',
  },
  begin: { ko: '추천 초안', en: 'Draft a campaign' },
  campaign: {
    ko: (one: string, other: string) => `함께 담기: ${one} + ${other}`,
    en: (one: string, other: string) => `Companion: ${one} + ${other}`,
  },
  emptyTitle: { ko: '아직 말할 만한 쌍이 없어요', en: 'No pair to speak of yet' },
  empty: {
    ko: (orders: string, least: string) =>
      `두 상품이 함께 담긴 주문이 ${orders}건, 고객이 ${least}명은 되어야 보여드려요.`,
    en: (orders: string, least: string) =>
      `A pair needs ${orders} orders with both, of ${least} people.`,
  },
})

/** What is bought in one order more often than chance has it. */
export function Pairs() {
  const query = useKept(['insight', 'pairs'], getPairs)
  return (
    <KeptReport query={query} bones={<Bones lines={5} />}>
      {(report) => <Table report={report} />}
    </KeptReport>
  )
}

const pageRows = 10

function Table({ report }: { readonly report: PairsReport }) {
  const said = useWords(text)
  const language = useLanguage()
  const [shown, setShown] = useState(pageRows)
  const { least } = report
  return (
    <Card
      title={said.title}
      note={
        report.orders > 0
          ? said.note(count(report.orders, language), count(least.orders, language))
          : undefined
      }
      beside={<CsvButton href="/api/reports/pairs.csv" />}
      flush
    >
      <DataTable
        label={said.title}
        columns={useColumns()}
        rows={report.pairs.slice(0, shown)}
        keyOf={(pair) => `${pair.one.id} ${pair.other.id}`}
        more={report.pairs.length > shown ? () => setShown(shown + pageRows) : undefined}
        empty={
          <EmptyState title={said.emptyTitle}>
            {said.empty(count(least.orders, language), count(least.people, language))}
          </EmptyState>
        }
      />
    </Card>
  )
}

function useColumns(): readonly Column<Pair>[] {
  const said = useWords(text)
  const language = useLanguage()
  const small = { display: 'block', color: 'var(--ink-3)', fontSize: 13 } as const
  return [
    { key: 'one', head: said.one, cell: (pair) => pair.one.name },
    { key: 'other', head: said.other, cell: (pair) => pair.other.name },
    {
      key: 'orders',
      head: said.together,
      align: 'right',
      leaves: 'sm',
      cell: (pair) => (
        <>
          {count(pair.orders, language)}
          <span style={small}>{people(pair.people, language)}</span>
        </>
      ),
    },
    {
      key: 'after',
      head: said.after,
      hint: said.afterHint,
      align: 'right',
      leaves: 'sm',
      cell: (pair) => (
        <>
          {percent(pair.afterOne)}
          <span style={small}>{said.back(percent(pair.afterOther))}</span>
        </>
      ),
    },
    {
      key: 'lift',
      head: said.lift,
      hint: said.liftHint,
      align: 'right',
      cell: ({ lift }) => (
        <>
          {lift.value.toFixed(1)}
          <span style={small}>
            {lift.low.toFixed(1)} ~ {lift.high.toFixed(1)}
          </span>
        </>
      ),
    },
    {
      key: 'begin',
      head: '',
      align: 'right',
      leaves: 'sm',
      cell: ({ one, other }) => (
        <BeginDraft
          label={said.begin}
          name={said.campaign(one.name, other.name)}
          begin={(name) => beginCompanion({ one: one.id, other: other.id }, name)}
        />
      ),
    },
  ]
}
