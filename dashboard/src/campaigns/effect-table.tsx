import type { ReactNode } from 'react'
import type { GoalMetric } from '../../../server/src/campaigns/goal-metric.ts'
import type { Effect } from '../api/effect.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { RowInterval } from '../design/row-interval.tsx'
import style from './effect-table.module.css'
import { differenceText, meanText, rangeText } from './metric-words.ts'
import { choosing } from './on-page.ts'

const text = words({
  outcome: { ko: '무엇', en: 'Outcome' },
  treatment: { ko: (way: string) => `${way} 한 고객`, en: () => 'Chosen' },
  holdout: { ko: '대조군', en: 'Held out' },
  difference: { ko: '차이와 구간', en: 'Difference and interval' },
})

/** How the columns are called in every table of effects; what stands on a page is shown, not sent. */
export function useEffectHeads(onPage: boolean) {
  const { treatment, ...said } = useWords(text)
  return { ...said, treatment: treatment(choosing(onPage)) }
}

const sides = ['treatment', 'holdout'] as const
type Side = (typeof sides)[number]

type TableProps = {
  readonly heads: readonly { readonly label: string; readonly mark?: ReactNode }[]
  /** Without pictures: a few figures beside the main thing. */
  readonly isSmall?: boolean
  /** Rows, one an outcome or a group of people; the difference is their fourth cell. */
  readonly children: ReactNode
}

/** A table of both groups and what lies between them; a list on a phone. */
export function EffectTable({ heads, isSmall = false, children }: TableProps) {
  return (
    <table className={`${style.groups} ${isSmall ? style.small : style.outcomes}`}>
      <thead>
        <tr>
          {heads.map(({ label, mark }) => (
            <th key={label} scope="col">
              {mark}
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

type RowProps = {
  readonly name: ReactNode
  /** How its numbers are written. */
  readonly metric: GoalMetric
  readonly effect: Pick<Effect, 'means' | 'difference' | 'verdict'>
  /** The groups are as large as set. */
  readonly isTrusted: boolean
  readonly onPage: boolean
  readonly isSmall?: boolean
  /** What is said of a group below its mean. */
  readonly below?: (side: Side) => ReactNode
  /** The cells after the difference. */
  readonly children?: ReactNode
}

/** What a row says of an effect: the mean of each group and their difference. */
export function EffectRow({ name, below, onPage, children, ...told }: RowProps) {
  const said = useEffectHeads(onPage)
  const mean = useMean(told.metric)
  return (
    <tr>
      <th scope="row">{name}</th>
      {sides.map((side) => (
        <td key={side} data-label={said[side]}>
          {mean(told.effect.means[side])}
          {below?.(side)}
        </td>
      ))}
      <td>
        <Difference {...told} />
      </td>
      {children}
    </tr>
  )
}

/** A difference with its interval, and drawn unless the table is a small one; a dash where there is none. */
export function Difference({
  metric,
  effect: { difference, verdict },
  isTrusted,
  isSmall = false,
}: Pick<RowProps, 'metric' | 'effect' | 'isTrusted' | 'isSmall'>) {
  const unit = useUnit()
  if (difference === null) return '–'
  const range = rangeText(metric, difference, unit)
  return (
    <>
      {!isSmall && (
        <RowInterval {...difference} isKnown={isKnown(verdict, isTrusted)} label={range} />
      )}
      <span className={style.by}>{differenceText(metric, difference.value, unit)}</span>
      <span className={style.range}>{range}</span>
    </>
  )
}

/** Something may be told of the effect beyond its numbers: the groups are as large as set, and there are people enough. */
export function isKnown(verdict: Effect['verdict'], isTrusted: boolean): boolean {
  return isTrusted && verdict !== 'too_little'
}

/** Writes a mean; a dash where nobody has one. */
export function useMean(metric: GoalMetric): (value: number | null) => string {
  const unit = useUnit()
  return (value) => (value === null ? '–' : meanText(metric, value, unit))
}

function useUnit() {
  const language = useLanguage()
  const { shop } = useSession()
  return { currency: shop.currency, language }
}
