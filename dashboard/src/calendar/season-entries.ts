import { dayOfText } from '../../../server/src/campaigns/day.ts'
import type { SeasonTimes } from '../../../server/src/campaigns/season-times.ts'
import { dayMs } from '../../../server/src/lib/duration.ts'
import { firstShowing } from '../../../server/src/lib/zone.ts'
import type { SeasonCalendar, SeasonRow } from '../api/seasons.ts'
import { inLanguage, type Language, words } from '../app/language.ts'
import type { CalendarEntry } from './calendar-entry.ts'

export const timeNames = words({
  teaser: { ko: '예고', en: 'Teaser' },
  main: { ko: '본 안내', en: 'Main message' },
  lastOrder: { ko: '주문 마감', en: 'Last order' },
  day: { ko: '당일', en: 'The day' },
  opening: { ko: '시작', en: 'Opening' },
  middle: { ko: '중간', en: 'Middle' },
  closing: { ko: '마무리', en: 'Closing' },
})

export type TimeName = keyof typeof timeNames

/** The days on which a season is spoken of, in order: what they are and when. */
export function timesOf(times: SeasonTimes): readonly (readonly [TimeName, string])[] {
  if (times.kind === 'span')
    return [
      ['opening', times.opening],
      ['middle', times.middle],
      ['closing', times.closing],
    ]
  return [
    ['teaser', times.teaser],
    ['main', times.main],
    ...(times.lastOrder === undefined ? [] : [['lastOrder', times.lastOrder] as const]),
    ['day', times.day],
  ]
}

/** When a day begins in a zone (UTC ms). */
export function startOf(day: string, zone: string): number {
  return firstShowing((dayOfText(day) ?? 0) * dayMs, zone)
}

/** Seasons, their times and the days off, as entries of the calendar. */
export function seasonEntries(
  { items, holidays }: Pick<SeasonCalendar, 'items' | 'holidays'>,
  { language, zone }: { readonly language: Language; readonly zone: string },
): readonly CalendarEntry[] {
  const told = new Set(items.map(({ days, name }) => `${days.from} ${name.ko}`))
  const off = holidays
    .filter(({ day, name }) => !told.has(`${day} ${name.ko}`))
    .map(
      ({ day, name }): CalendarEntry => ({
        at: startOf(day, zone),
        kind: 'holiday',
        title: name[language],
      }),
    )
  return [...items.flatMap((season) => entriesOf(season, { language, zone })), ...off]
}

function entriesOf(
  { name, days, times, holiday, orderBy }: SeasonRow,
  { language, zone }: { readonly language: Language; readonly zone: string },
): readonly CalendarEntry[] {
  const title = name[language]
  const at = startOf(days.from, zone)
  if (!times) return [{ at, kind: holiday ? 'holiday' : 'season', title }]
  const said = inLanguage(timeNames, language)
  const steps = timesOf(times)
    .filter(([step]) => step !== 'day')
    .map(
      ([step, day]): CalendarEntry => ({
        at: (step === 'lastOrder' ? orderBy : null) ?? startOf(day, zone),
        kind: step === 'lastOrder' ? 'last_order' : 'season_step',
        title: `${title} ${said[step].toLocaleLowerCase(language)}`,
      }),
    )
  const until = startOf(times.stop, zone) - 1
  if (times.kind === 'day') return [{ at, until, kind: 'season', title }, ...steps]
  // The span itself begins at its opening: the bar says it.
  return [{ at, until, kind: 'span', title }, ...steps.slice(1)]
}
