import { type FunnelCounts, type FunnelStep, stepsOf } from '../../../server/src/insight/funnel.ts'
import { wilson } from '../../../server/src/statistics/intervals.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, percent, points } from '../design/format.ts'
import { AsSegment } from './as-segment.tsx'
import { type FunnelAsked, otherSource } from './funnel-filters.tsx'
import style from './insight.module.css'
import { leaversOf, playbookAfterOrder, playbookAfterSearch, playbookBefore } from './leavers.ts'
import { Serving } from './serving.tsx'
import { stepNames } from './step-names.ts'

const text = words({
  title: { ko: '어디에서 떠나나요', en: 'Where they leave' },
  note: {
    ko: '떠난 비율 아래는 95 % 구간과 지난 기간에서 달라진 만큼이에요. 세그먼트는 지금 그 조건에 맞는 고객이라 이 표의 수와 조금 달라요.',
    en: 'Below each share: its 95 % interval and the change since the period before. A segment holds the people who match now, so its size differs a little.',
  },
  way: { ko: '단계', en: 'Step' },
  reached: { ko: '다음 단계로', en: 'Went on' },
  left: { ko: '떠남', en: 'Left' },
  share: { ko: '떠난 비율', en: 'Share that left' },
  acts: { ko: '떠난 고객과 도울 캠페인', en: 'Who left, and what helps' },
  most: { ko: '가장 많이 떠나요', en: 'most leave here' },
  ofAll: { ko: (n: string) => `${n} 중`, en: (n: string) => `of ${n}` },
  interval: {
    ko: (low: string, high: string) => `${low}~${high}`,
    en: (low: string, high: string) => `${low} to ${high}`,
  },
  change: { ko: (n: string) => `지난 기간보다 ${n}`, en: (n: string) => `${n} since before` },
  bought: { ko: '주문한 뒤', en: 'After the order' },
  segment: {
    ko: (from: string, to: string) => `${from} 뒤 ${to} 전에 떠난 고객`,
    en: (from: string, to: string) => `Left between ${from} and ${to}`,
  },
})

type Drop = {
  readonly from: FunnelStep
  readonly to: FunnelStep | undefined
  readonly reached: number
  readonly of: number
  readonly before: { readonly reached: number; readonly of: number }
}
type Props = {
  readonly now: FunnelCounts
  readonly before: FunnelCounts
  readonly asked: FunnelAsked
}

/** Each step with who left before the next one: one click to them, one to what speaks to them. */
export function FunnelDrops({ now, before, asked }: Props) {
  const said = useWords(text)
  const steps = stepsOf(asked.question.path)
  const drops = steps.slice(0, -1).map((from, at): Drop => {
    const to = steps[at + 1] ?? 'order'
    return {
      from,
      to,
      reached: now[to],
      of: now[from],
      before: { reached: before[to], of: before[from] },
    }
  })
  const most = drops.reduce(
    (worst, one) => (one.of - one.reached > worst.of - worst.reached ? one : worst),
    drops[0] ?? last(now, before),
  )
  return (
    <Card title={said.title} note={said.note} flush>
      <DataTable
        label={said.title}
        columns={useColumns(asked, most)}
        rows={[...drops, last(now, before)]}
        keyOf={(row) => row.from}
      />
    </Card>
  )
}

const last = (now: FunnelCounts, before: FunnelCounts): Drop => ({
  from: 'order',
  to: undefined,
  reached: 0,
  of: now.order,
  before: { reached: 0, of: before.order },
})

function useColumns(asked: FunnelAsked, most: Drop): readonly Column<Drop>[] {
  const said = useWords(text)
  const names = useWords(stepNames)
  const language = useLanguage()
  return [
    {
      key: 'way',
      head: said.way,
      cell: (row) => (
        <span className={style.strong}>
          {row.to ? `${names[row.from]} → ${names[row.to]}` : said.bought}
          {row.from === most.from && row.to && <span className={style.sub}>{said.most}</span>}
          <span className={style.small}>
            <Acts row={row} asked={asked} />
          </span>
        </span>
      ),
    },
    {
      key: 'reached',
      head: said.reached,
      align: 'right',
      leaves: 'sm',
      cell: ({ to, reached, of }) => (
        <>
          {to ? count(reached, language) : '–'}
          <span className={style.sub}>{said.ofAll(count(of, language))}</span>
        </>
      ),
    },
    {
      key: 'left',
      head: said.left,
      align: 'right',
      leaves: 'sm',
      cell: ({ to, reached, of }) => (to ? count(of - reached, language) : '–'),
    },
    { key: 'share', head: said.share, align: 'right', cell: (row) => <Share row={row} /> },
    { key: 'acts', head: said.acts, leaves: 'sm', cell: (row) => <Acts row={row} asked={asked} /> },
  ]
}

/** To those who left, and to what speaks to them; on a phone below the step's name. */
function Acts({ row: { from, to, reached, of }, asked }: ActsProps) {
  const said = useWords(text)
  const { shop } = useSession()
  const names = useWords(stepNames)
  return (
    <span className={style.acts}>
      {to && of > reached && (
        <AsSegment
          name={said.segment(names[from], names[to])}
          definition={leaversOf(from, to, {
            ...asked.question,
            zone: shop.timeZone,
            source: asked.source === otherSource ? undefined : (asked.source ?? undefined),
          })}
        />
      )}
      <Serving playbook={playbookOf(from, to)} />
    </span>
  )
}
type ActsProps = { readonly row: Drop; readonly asked: FunnelAsked }

function playbookOf(from: FunnelStep, to: FunnelStep | undefined): string {
  if (!to || to === 'visit') return playbookAfterOrder
  return from === 'search' ? playbookAfterSearch : playbookBefore[to]
}

function Share({ row }: { readonly row: Drop }) {
  const said = useWords(text)
  const language = useLanguage()
  const { to, reached, of, before } = row
  if (!to || of === 0) return '–'
  const left = 1 - reached / of
  const { low, high } = wilson({ people: of, reached: of - reached })
  const was = before.of === 0 ? undefined : 1 - before.reached / before.of
  return (
    <>
      <span className={style.strong}>{percent(left)}</span>
      <span className={style.sub}>{said.interval(percent(low), percent(high))}</span>
      {was !== undefined && (
        <span className={style.sub}>{said.change(points(left - was, language))}</span>
      )}
    </>
  )
}
