import { Button } from '@mantine/core'
import { useState } from 'react'
import { wilson } from '../../../server/src/statistics/intervals.ts'
import type { CohortAnswer, CohortQuestion } from '../api/insight.ts'
import { type Language, useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, day, money, people, percent, shortMoney } from '../design/format.ts'
import style from './cohort.module.css'
import { type HeatCell, Heatmap, type HeatRow } from './heatmap.tsx'
import insight from './insight.module.css'
import { usePut } from './use-put.ts'

const text = words({
  title: { ko: '코호트마다', en: 'Cohort by cohort' },
  month: { ko: (n: number) => `${n}번째 30일`, en: (n: number) => `Days ${30 * n - 29}–${30 * n}` },
  week: { ko: (n: number) => `${n}주째`, en: (n: number) => `Week ${n}` },
  all: { ko: '모두', en: 'All' },
  began: { ko: (when: string) => `${when}에 시작한`, en: (when: string) => when },
  less: { ko: '낮음', en: 'Low' },
  more: { ko: '높음', en: 'High' },
  partly: {
    ko: '점선은 아직 그 기간을 지나는 고객이 있어 바뀔 수 있는 칸이에요.',
    en: 'Dashed: some are still within the period, so it may change.',
  },
  table: { ko: '표로 보기', en: 'Show as a table' },
  picture: { ko: '표 닫기', en: 'Hide the table' },
  pick: {
    ko: '칸을 누르면 몇 명 중 몇 명인지 알려드려요.',
    en: 'Press a cell for the people behind it.',
  },
  chosen: {
    ko: (facts: {
      name: string
      people: string
      period: string
      n: string
      back: string
      rate: string
      range: string
    }) =>
      `${facts.name} ${facts.people} 가운데 ${facts.period}까지 지난 고객은 ${facts.n}이에요. 그중 ${facts.back}(${facts.rate}, 구간 ${facts.range})이 그 기간에 다시 왔어요.`,
    en: (facts: {
      name: string
      people: string
      period: string
      n: string
      back: string
      rate: string
      range: string
    }) =>
      `${facts.name}: of ${facts.people}, ${facts.n} are through ${facts.period}; ${facts.back} came back in it (${facts.rate}, interval ${facts.range}).`,
  },
  chosenMoney: {
    ko: (ever: string, spent: string) =>
      `그때까지 ${ever}가 한 번은 다시 왔고, 한 명이 평균 ${spent}을 썼어요.`,
    en: (ever: string, spent: string) =>
      `Until then ${ever} came back at least once, spending ${spent} each on average.`,
  },
  chosenEver: {
    ko: (ever: string) => `그때까지 ${ever}가 한 번은 다시 왔어요.`,
    en: (ever: string) => `Until then ${ever} came back at least once.`,
  },
  cohort: { ko: '코호트', en: 'Cohort' },
  period: { ko: '기간', en: 'Period' },
  n: { ko: '그 기간이 지난 고객', en: 'Through it' },
  back: { ko: '다시 온 고객', en: 'Came back' },
  rate: { ko: '비율', en: 'Share' },
  ever: { ko: '그때까지', en: 'Until then' },
  spent: { ko: '한 명의 누적 매출', en: 'Revenue each' },
  whole: { ko: '다 찼나요', en: 'Complete' },
  yes: { ko: '네', en: 'Yes' },
  no: { ko: '채워지는 중', en: 'Still filling' },
})

/** What a cell says: returned in the period, returned until then, or brought until then. */
export const showns = ['rate', 'ever', 'spent'] as const
export type Shown = (typeof showns)[number]

type Props = {
  readonly answer: CohortAnswer
  readonly question: CohortQuestion
  readonly shown: Shown
}

/** The heatmap, a sentence for the cell that was pressed, and the table behind. */
export function CohortHeat({ answer, question, shown }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const [params, put] = usePut()
  const [isTable, setTable] = useState(false)
  const nameOf = (from: number) =>
    cohortName(from, question.unit, { timeZone: shop.timeZone, language })
  const rows = answer.cohorts
    .map((one): HeatRow => ({ ...one, key: String(one.from), name: nameOf(one.from) }))
    // Months before anybody came say nothing; an empty one between others does.
    .filter((_, at, every) => every.slice(0, at + 1).some((one) => one.people > 0))
  const all: HeatRow = { ...answer.all, key: 'all', name: said.all, isOver: true }
  const periods = all.cells.map((one) => one.period)
  const measure = (cell: HeatCell) =>
    shown === 'rate' ? cell.rate : shown === 'ever' ? cell.everRate : cell.spent
  const chosen = params.get('cell')
  const [key, period] = chosen?.split('.') ?? []
  const row = [...rows, all].find((one) => one.key === key)
  const cell = row?.cells.find((one) => String(one.period) === period)
  return (
    <div className={insight.stack}>
      <Card
        title={said.title}
        note={said.pick}
        beside={
          <Button variant="subtle" size="compact-sm" onClick={() => setTable(!isTable)}>
            {isTable ? said.picture : said.table}
          </Button>
        }
      >
        <Heatmap
          label={said.title}
          rows={rows}
          all={all}
          periods={periods}
          measure={measure}
          show={(value) =>
            shown === 'spent' ? shortMoney(value, answer.currency, language) : percent(value)
          }
          periodName={said[question.unit]}
          chosen={chosen}
          choose={(next) => put('cell', next)}
        />
        <p className={style.legend}>
          <span className={style.scale}>
            {said.less} <span className={style.bar} aria-hidden="true" /> {said.more}
          </span>
          <span>
            <span className={style.dashed} aria-hidden="true" /> {said.partly}
          </span>
        </p>
        {row && cell && (
          <p className={style.chosen} role="status">
            {said.chosen({
              name: row.key === 'all' ? said.all : said.began(row.name),
              people: people(row.people, language),
              period: said[question.unit](cell.period),
              n: people(cell.n, language),
              back: people(cell.returned, language),
              rate: percent(cell.rate),
              range: rangeOf(cell),
            })}{' '}
            {question.returns === 'order'
              ? said.chosenMoney(
                  percent(cell.everRate),
                  money(cell.spent, answer.currency, language),
                )
              : said.chosenEver(percent(cell.everRate))}
          </p>
        )}
      </Card>
      {isTable && (
        <Card flush>
          <CellTable
            rows={[...rows, all].flatMap((one) => one.cells.map((cell) => ({ row: one, cell })))}
            answer={answer}
            question={question}
          />
        </Card>
      )}
    </div>
  )
}

function rangeOf({ returned, n }: HeatCell): string {
  const { low, high } = wilson({ people: n, reached: returned })
  return `${percent(low)} ~ ${percent(high)}`
}

type Line = { readonly row: HeatRow; readonly cell: HeatCell }

function CellTable({
  rows,
  answer,
  question,
}: Pick<Props, 'answer' | 'question'> & { readonly rows: readonly Line[] }) {
  const said = useWords(text)
  const language = useLanguage()
  const columns: readonly Column<Line>[] = [
    { key: 'cohort', head: said.cohort, cell: ({ row }) => row.name },
    { key: 'period', head: said.period, cell: ({ cell }) => said[question.unit](cell.period) },
    { key: 'n', head: said.n, align: 'right', cell: ({ cell }) => count(cell.n, language) },
    {
      key: 'back',
      head: said.back,
      align: 'right',
      cell: ({ cell }) => count(cell.returned, language),
    },
    {
      key: 'rate',
      head: said.rate,
      align: 'right',
      cell: ({ cell }) => (
        <>
          {percent(cell.rate)}
          <span className={insight.sub}>{rangeOf(cell)}</span>
        </>
      ),
    },
    {
      key: 'ever',
      head: said.ever,
      align: 'right',
      leaves: 'sm',
      cell: ({ cell }) => percent(cell.everRate),
    },
    ...(question.returns === 'order'
      ? [
          {
            key: 'spent',
            head: said.spent,
            align: 'right',
            leaves: 'sm',
            cell: ({ cell }: Line) => money(cell.spent, answer.currency, language),
          } as const,
        ]
      : []),
    {
      key: 'whole',
      head: said.whole,
      leaves: 'md',
      cell: ({ cell }) => (cell.isWhole ? said.yes : said.no),
    },
  ]
  return (
    <DataTable
      label={said.table}
      columns={columns}
      rows={rows}
      keyOf={({ row, cell }) => `${row.key}.${cell.period}`}
    />
  )
}

/** `2026년 3월`, `3월 2일 주`; `Mar 2026`, `week of 2 Mar`. */
function cohortName(
  from: number,
  unit: CohortQuestion['unit'],
  when: { readonly timeZone: string; readonly language: Language },
): string {
  const locale = when.language === 'ko' ? 'ko-KR' : 'en-GB'
  if (unit === 'month')
    return new Intl.DateTimeFormat(locale, {
      timeZone: when.timeZone,
      year: 'numeric',
      month: 'short',
    }).format(from)
  const first = day(from, when).replace(/ \(.\)/, '')
  return when.language === 'ko' ? `${first} 주` : `week of ${first.split(' ').slice(1).join(' ')}`
}
