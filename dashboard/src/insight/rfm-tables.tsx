import { useState } from 'react'
import type { RfmGroup } from '../../../server/src/insight/rfm.ts'
import type { RfmAnswer } from '../api/insight.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, money, percent, shortMoney } from '../design/format.ts'
import { EmptyState } from '../design/states.tsx'
import { groupNames } from './group-names.ts'
import style from './insight.module.css'

const text = words({
  title: { ko: '이름으로 보기', en: 'By name' },
  note: {
    ko: '지금과 30일 전을 같은 방법으로 나눠 비교해요.',
    en: 'Now and 30 days ago, divided in the same way.',
  },
  group: { ko: '이름', en: 'Group' },
  people: { ko: '고객', en: 'People' },
  change: { ko: '30일 전보다', en: 'Since 30 days ago' },
  revenue: { ko: '지금까지 매출', en: 'Revenue so far' },
  moves: { ko: '30일 동안의 이동', en: 'Moves in 30 days' },
  movesNote: {
    ko: '30일 전에 있던 곳에서 지금 있는 곳으로 옮겨 온 고객 수예요. 새로 산 고객은 처음 산 고객이에요.',
    en: 'From where people stood 30 days ago to where they stand now.',
  },
  from: { ko: '30일 전', en: 'Then' },
  to: { ko: '지금', en: 'Now' },
  first: { ko: '아직 안 샀어요', en: 'Had not bought' },
  better: { ko: '가까워졌어요', en: 'Closer' },
  worse: { ko: '멀어졌어요', en: 'Further' },
  still: { ko: '자리를 옮긴 고객이 없어요', en: 'Nobody moved' },
  stillText: {
    ko: '30일 사이에 모두 같은 자리에 있었어요.',
    en: 'Everybody stood in the same group 30 days ago.',
  },
  which: { ko: '방향', en: 'Direction' },
})

type GroupRow = RfmAnswer['groups'][number]
type Move = RfmAnswer['moves'][number]

/** The groups with how many, what they brought and how their size moved. */
export function RfmGroups({
  answer,
  pick,
}: {
  readonly answer: RfmAnswer
  readonly pick: (group: RfmGroup) => void
}) {
  const said = useWords(text)
  const names = useWords(groupNames)
  const language = useLanguage()
  const columns: readonly Column<GroupRow>[] = [
    {
      key: 'group',
      head: said.group,
      cell: ({ group }) => (
        <button type="button" className={style.pick} onClick={() => pick(group)}>
          {names[group]}
        </button>
      ),
    },
    {
      key: 'people',
      head: said.people,
      align: 'right',
      cell: (row) => (
        <>
          <span className={style.strong}>{count(row.people, language)}</span>
          <span className={style.sub}>{percent(row.people / answer.people)}</span>
        </>
      ),
    },
    {
      key: 'change',
      head: said.change,
      align: 'right',
      cell: ({ people, before }) => signed(people - before, language),
    },
    {
      key: 'revenue',
      head: said.revenue,
      align: 'right',
      leaves: 'sm',
      cell: ({ revenue }) => (
        <span title={money(revenue, answer.currency, language)}>
          {shortMoney(revenue, answer.currency, language)}
        </span>
      ),
    },
  ]
  return (
    <Card title={said.title} note={said.note} flush>
      <DataTable
        label={said.title}
        columns={columns}
        rows={answer.groups}
        keyOf={(row) => row.group}
      />
    </Card>
  )
}

/** Nearness to the shop: how recent and how frequent, for the word beside a move. */
const nearness: Readonly<Record<RfmGroup, number>> = {
  lost: 0,
  hibernating: 1,
  at_risk: 2,
  cooling: 2,
  attention: 3,
  new: 4,
  loyal: 5,
  potential: 6,
  champions: 7,
}
/** Moves shown at first. */
const movesShown = 20

/** Who came from where, the most frequent first. */
export function RfmMoves({ answer }: { readonly answer: RfmAnswer }) {
  const said = useWords(text)
  const [isAll, setAll] = useState(false)
  const names = useWords(groupNames)
  const language = useLanguage()
  const columns: readonly Column<Move>[] = [
    { key: 'from', head: said.from, cell: ({ from }) => (from ? names[from] : said.first) },
    { key: 'to', head: said.to, cell: ({ to }) => names[to] },
    {
      key: 'people',
      head: said.people,
      align: 'right',
      cell: ({ people }) => <span className={style.strong}>{count(people, language)}</span>,
    },
    {
      key: 'which',
      head: said.which,
      leaves: 'sm',
      cell: ({ from, to }) =>
        from === null || nearness[to] === nearness[from]
          ? '–'
          : nearness[to] > nearness[from]
            ? said.better
            : said.worse,
    },
  ]
  return (
    <Card title={said.moves} note={said.movesNote} flush>
      <DataTable
        label={said.moves}
        columns={columns}
        rows={isAll ? answer.moves : answer.moves.slice(0, movesShown)}
        more={isAll || answer.moves.length <= movesShown ? undefined : () => setAll(true)}
        keyOf={({ from, to }) => `${from}>${to}`}
        empty={<EmptyState title={said.still}>{said.stillText}</EmptyState>}
      />
    </Card>
  )
}

function signed(change: number, language: 'ko' | 'en'): string {
  if (change === 0) return '0'
  return `${change > 0 ? '+' : '-'}${count(Math.abs(change), language)}`
}
