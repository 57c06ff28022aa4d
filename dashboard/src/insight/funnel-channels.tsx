import type { FunnelCounts } from '../../../server/src/insight/funnel.ts'
import { wilson } from '../../../server/src/statistics/intervals.ts'
import type { FunnelAnswer } from '../api/insight.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, percent } from '../design/format.ts'
import { type FunnelAsked, otherSource } from './funnel-filters.tsx'
import style from './insight.module.css'
import { stepNames } from './step-names.ts'

const text = words({
  title: { ko: '유입 경로마다', en: 'By channel' },
  note: {
    ko: '방문이 시작된 곳(utm_source, 없으면 검색·소셜 사이트)이에요. 잘 사는 곳은 후보이지 원인이 아니에요.',
    en: 'Where the visit began (utm_source, else the site it came from). A channel that sells is a candidate, not a cause.',
  },
  source: { ko: '유입 경로', en: 'Channel' },
  other: { ko: '그 밖 (직접 방문 포함)', en: 'Others, direct included' },
  rate: { ko: '주문 비율', en: 'Share that ordered' },
  before: { ko: '지난 기간', en: 'Before' },
  interval: {
    ko: (low: string, high: string) => `${low}~${high}`,
    en: (low: string, high: string) => `${low} to ${high}`,
  },
})

type Channel = FunnelAnswer['channels'][number]

/** The same steps by where visits came from; a name narrows the page to it. */
export function FunnelChannels({ answer, asked }: Props) {
  const said = useWords(text)
  const names = useWords(stepNames)
  const language = useLanguage()
  const number = (key: keyof FunnelCounts, leaves?: 'sm' | 'md'): Column<Channel> => ({
    key,
    head: key in names ? names[key as keyof typeof names] : key,
    align: 'right',
    ...(leaves ? { leaves } : {}),
    cell: ({ now }) => count(now[key], language),
  })
  const rate = (counts: FunnelCounts) => (counts.visit === 0 ? 0 : counts.order / counts.visit)
  const columns: readonly Column<Channel>[] = [
    {
      key: 'source',
      head: said.source,
      cell: ({ source }) => (
        <button
          type="button"
          className={style.pick}
          onClick={() => asked.put('source', source || otherSource)}
        >
          {source || said.other}
        </button>
      ),
    },
    number('visit'),
    number('view', 'sm'),
    number('cart', 'sm'),
    number('checkout', 'md'),
    number('order', 'sm'),
    {
      key: 'rate',
      head: said.rate,
      align: 'right',
      cell: ({ now }) => {
        const { low, high } = wilson({ people: now.visit, reached: now.order })
        return (
          <>
            <span className={style.strong}>{percent(rate(now))}</span>
            <span className={style.sub}>{said.interval(percent(low), percent(high))}</span>
          </>
        )
      },
    },
    {
      key: 'before',
      head: said.before,
      align: 'right',
      leaves: 'md',
      cell: ({ before }) => (before.visit === 0 ? '–' : percent(rate(before))),
    },
  ]
  return (
    <Card title={said.title} note={said.note} flush>
      <DataTable
        label={said.title}
        columns={columns}
        rows={answer.channels}
        keyOf={(row) => row.source}
      />
    </Card>
  )
}
type Props = { readonly answer: FunnelAnswer; readonly asked: FunnelAsked }
