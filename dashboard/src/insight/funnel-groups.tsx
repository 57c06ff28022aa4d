import type { FunnelCounts } from '../../../server/src/insight/funnel.ts'
import { wilson } from '../../../server/src/statistics/intervals.ts'
import type { FunnelGroupsAnswer } from '../api/insight.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, percent } from '../design/format.ts'
import { EmptyState } from '../design/states.tsx'
import style from './insight.module.css'
import { playbookBefore, worstDrop } from './leavers.ts'
import { Serving } from './serving.tsx'
import { stepNames } from './step-names.ts'

const text = words({
  rate: { ko: '주문 비율', en: 'Share that ordered' },
  before: { ko: '지난 기간', en: 'Before' },
  worst: { ko: '가장 많이 떠나는 곳', en: 'Most leave here' },
  where: { ko: (to: string) => `${to} 전`, en: (to: string) => `Before ${to}` },
  left: { ko: (n: string) => `${n} 떠남`, en: (n: string) => `${n} left` },
  none: { ko: '나눌 것이 아직 없어요', en: 'Nothing to tell apart yet' },
  noneNote: {
    ko: '이 기간에 해당하는 행동이나 세그먼트가 생기면 여기에 나타나요.',
    en: 'What people do in this period, or segments you make, show up here.',
  },
  interval: {
    ko: (low: string, high: string) => `${low}~${high}`,
    en: (low: string, high: string) => `${low} to ${high}`,
  },
})

type Group = FunnelGroupsAnswer['groups'][number]
type Props = {
  readonly label: string
  readonly rows: readonly Group[]
  readonly pick: (key: string) => void
  /** Of products and categories a way begins with looking at it. */
  readonly isOfGoods: boolean
}

/** A line a group: how many reach each step, the share that orders, and where most leave with what helps there. */
export function FunnelGroups({ label, rows, pick, isOfGoods }: Props) {
  const said = useWords(text)
  const names = useWords(stepNames)
  const language = useLanguage()
  const begun = (counts: FunnelCounts) => (isOfGoods ? counts.view : counts.visit)
  const number = (key: 'visit' | 'view' | 'cart' | 'checkout' | 'order'): Column<Group> => ({
    key,
    head: names[key],
    align: 'right',
    leaves: key === 'checkout' ? 'md' : 'sm',
    cell: ({ now }) => count(now[key], language),
  })
  const columns: readonly Column<Group>[] = [
    {
      key: 'name',
      head: label,
      cell: ({ key, name }) => (
        <button type="button" className={style.pick} onClick={() => pick(key)}>
          {name}
        </button>
      ),
    },
    ...(isOfGoods ? [] : [number('visit')]),
    number('view'),
    number('cart'),
    number('checkout'),
    number('order'),
    {
      key: 'rate',
      head: said.rate,
      align: 'right',
      cell: ({ now }) => {
        const people = begun(now)
        if (people === 0) return '–'
        const { low, high } = wilson({ people, reached: now.order })
        return (
          <>
            <span className={style.strong}>{percent(now.order / people)}</span>
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
      cell: ({ before }) => (begun(before) === 0 ? '–' : percent(before.order / begun(before))),
    },
    {
      key: 'worst',
      head: said.worst,
      leaves: 'sm',
      cell: ({ now }) => {
        const drop = worstDrop(now, isOfGoods)
        if (!drop) return '–'
        return (
          <>
            <span>{said.where(names[drop.to])}</span>
            <span className={style.sub}>{said.left(percent(drop.share))}</span>
            <Serving playbook={playbookBefore[drop.to]} />
          </>
        )
      },
    },
  ]
  if (rows.length === 0) return <EmptyState title={said.none}>{said.noneNote}</EmptyState>
  return <DataTable label={label} columns={columns} rows={rows} keyOf={(row) => row.key} />
}
