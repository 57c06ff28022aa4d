import { type KeyboardEvent, useEffect, useRef } from 'react'
import { type Language, useLanguage, useWords, words } from '../app/language.ts'
import { day as dayWords } from '../design/format.ts'
import style from './calendar.module.css'
import type { CalendarEntry } from './calendar-entry.ts'
import { dateNumber, dayAfter, localDay, sameDayIn, weekday, weeksOf } from './month.ts'
import { startOf } from './season-entries.ts'

const text = words({
  more: { ko: (count: number) => `외 ${count}개`, en: (count: number) => `${count} more` },
  none: { ko: '일정 없음', en: 'nothing' },
})

const weekdayNames: Readonly<Record<Language, readonly string[]>> = {
  ko: ['월', '화', '수', '목', '금', '토', '일'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
}

type Props = {
  readonly month: string
  readonly label: string
  readonly zone: string
  readonly today: string
  readonly chosen: string
  readonly days: ReadonlyMap<string, readonly CalendarEntry[]>
  readonly daysOff: ReadonlySet<string>
  readonly choose: (day: string) => void
}

/** Entries that a cell has room for. */
const shownAtMost = 3

/** A month as a table of days. Arrow keys go from day to day, Page Up and Page Down from month to month. */
export function MonthGrid({ month, label, zone, today, chosen, days, daysOff, choose }: Props) {
  const language = useLanguage()
  const table = useRef<HTMLTableElement>(null)
  const moved = useRef(false)
  // The keyboard stays on the day it went to, also when that lies in another month.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the day chosen is looked up in the table
  useEffect(() => {
    if (moved.current) table.current?.querySelector<HTMLElement>('[aria-pressed=true]')?.focus()
    moved.current = false
  }, [chosen])
  const go = (event: KeyboardEvent) => {
    const next = dayOfKey(event.key, chosen)
    if (next === undefined) return
    event.preventDefault()
    moved.current = true
    choose(next)
  }
  return (
    <table className={style.grid} aria-label={label} ref={table}>
      <thead>
        <tr>
          {weekdayNames[language].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <td key={day} className={day.startsWith(month) ? style.in : style.out}>
                <DayCell
                  day={day}
                  zone={zone}
                  entries={days.get(day) ?? []}
                  isToday={day === today}
                  isOff={daysOff.has(day) || weekday(day) === 7}
                  isChosen={day === chosen}
                  choose={choose}
                  onKeyDown={go}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function dayOfKey(key: string, day: string): string | undefined {
  switch (key) {
    case 'ArrowLeft':
      return dayAfter(day, -1)
    case 'ArrowRight':
      return dayAfter(day, 1)
    case 'ArrowUp':
      return dayAfter(day, -7)
    case 'ArrowDown':
      return dayAfter(day, 7)
    case 'Home':
      return dayAfter(day, 1 - weekday(day))
    case 'End':
      return dayAfter(day, 7 - weekday(day))
    case 'PageUp':
      return sameDayIn(day, -1)
    case 'PageDown':
      return sameDayIn(day, 1)
    default:
      return undefined
  }
}

type CellProps = {
  readonly day: string
  readonly zone: string
  readonly entries: readonly CalendarEntry[]
  readonly isToday: boolean
  readonly isOff: boolean
  readonly isChosen: boolean
  readonly choose: (day: string) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

function DayCell({ day, zone, entries, isToday, isOff, isChosen, choose, onKeyDown }: CellProps) {
  const said = useWords(text)
  const language = useLanguage()
  // A bar over many days says its name on the first of each week.
  const goesOn = (entry: CalendarEntry) =>
    entry.kind === 'span' && weekday(day) !== 1 && localDay(entry.at, zone) !== day
  const titles = entries.length > 0 ? entries.map(({ title }) => title).join(', ') : said.none
  return (
    <button
      type="button"
      className={`${style.day} ${isChosen ? style.chosen : ''}`}
      aria-pressed={isChosen}
      tabIndex={isChosen ? 0 : -1}
      {...(isToday ? { 'aria-current': 'date' as const } : {})}
      onClick={() => choose(day)}
      onKeyDown={onKeyDown}
    >
      <span className={style.heard}>
        {`${dayWords(startOf(day, zone), { timeZone: zone, language })}: ${titles}`}
      </span>
      <span
        aria-hidden
        className={`${style.date} ${isOff ? style.off : ''} ${isToday ? style.today : ''}`}
      >
        {dateNumber(day)}
      </span>
      {entries.slice(0, shownAtMost).map((entry) => (
        <span
          aria-hidden
          key={`${entry.kind}${entry.title}`}
          className={`${style.entry} ${style[entry.kind]} ${goesOn(entry) ? style.goesOn : ''}`}
        >
          <span className={style.title}>{entry.title}</span>
        </span>
      ))}
      {entries.length > shownAtMost && (
        <span aria-hidden className={style.more}>
          {said.more(entries.length - shownAtMost)}
        </span>
      )}
    </button>
  )
}
