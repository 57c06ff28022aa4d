import type { Span } from '../../../server/src/segments/comparison.ts'
import type { Window } from '../../../server/src/segments/event-condition.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { ChoiceBlank, DayBlank, NumberBlank, Said } from './blank.tsx'
import { instantOf } from './days.ts'
import { useToday } from './value-blanks.tsx'
import {
  rollingChoices,
  typedWindow,
  windowChoices,
  windowFrom,
  windowValue,
  windowWords,
} from './windows.ts'

const text = words({
  when: { ko: '언제', en: 'When' },
  type: { ko: '예: 10일, 3주, 2시간', en: 'For example: 10 days, 3 weeks' },
  from: { ko: '며칠 전부터', en: 'From days ago' },
  to: { ko: '며칠 전까지', en: 'To days ago' },
  agoFrom: { ko: '일 전부터', en: 'days ago to' },
  agoTo: { ko: '일 전까지', en: 'days ago' },
  day: { ko: '날짜', en: 'Date' },
  firstDay: { ko: '첫날', en: 'First day' },
  lastDay: { ko: '끝나는 날', en: 'Day after the last' },
  since: { ko: '부터', en: 'and' },
  until: { ko: '전까지', en: '' },
  before: { ko: '전에', en: '' },
  after: { ko: '부터', en: '' },
})

type Props = {
  readonly window: Window
  readonly change: (window: Window) => void
  /** Only `최근 N 동안`. */
  readonly rollingOnly?: boolean
}

/** When: `[최근 7일 동안]`, `[지난주]`, `[7]일 전부터 [3]일 전까지`; a number that is typed becomes a window. */
export function WindowBlank({ window, change, rollingOnly = false }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const today = useToday()
  const { zone } = today
  return (
    <>
      <ChoiceBlank
        label={said.when}
        shown={windowWords(window, language)}
        choices={rollingOnly ? rollingChoices(language) : windowChoices(language)}
        selected={[windowValue(window)]}
        placeholder={said.type}
        typed={(asked) => typedWindow(asked, language)}
        onPick={(value) =>
          change(
            windowFrom(value, { zone, day: today.day, instantOf: (day) => instantOf(day, zone) }),
          )
        }
      />
      {window.kind === 'rolling' && window.until && (
        <Range from={window.span} to={window.until} change={change} />
      )}
      {window.kind === 'between' && (
        <>
          <DayBlank
            label={said.firstDay}
            value={window.from}
            onChange={(from) => change({ ...window, from })}
          />
          <Said>{said.since}</Said>
          <DayBlank
            label={said.lastDay}
            value={window.to}
            onChange={(to) => change({ ...window, to })}
          />
          <Said>{said.until}</Said>
        </>
      )}
      {(window.kind === 'before' || window.kind === 'after') && (
        <>
          <DayBlank
            label={said.day}
            value={window.at}
            onChange={(at) => change({ ...window, at })}
          />
          <Said>{said[window.kind]}</Said>
        </>
      )}
    </>
  )
}

const inDays = ({ amount, unit }: Span) =>
  Math.max(1, Math.round(amount / { days: 1, hours: 24, minutes: 1440 }[unit]))

type RangeProps = {
  readonly from: Span
  readonly to: Span
  readonly change: (window: Window) => void
}

function Range({ from, to, change }: RangeProps) {
  const said = useWords(text)
  const put = (first: number, last: number) =>
    change({
      kind: 'rolling',
      span: { amount: Math.max(first, last + 1), unit: 'days' },
      until: { amount: last, unit: 'days' },
    })
  return (
    <>
      <NumberBlank
        label={said.from}
        value={inDays(from)}
        min={2}
        max={400}
        onChange={(first) => put(first, Math.min(inDays(to), first - 1))}
      />
      <Said>{said.agoFrom}</Said>
      <NumberBlank
        label={said.to}
        value={inDays(to)}
        min={1}
        max={399}
        onChange={(last) => put(inDays(from), last)}
      />
      <Said>{said.agoTo}</Said>
    </>
  )
}
