import { dateOf, dayOf, dayOfText, dayText, weekdayOf } from '../../../server/src/campaigns/day.ts'
import { dayMs } from '../../../server/src/lib/duration.ts'
import { localTime } from '../../../server/src/lib/zone.ts'
import { type CalendarEntry, entryKinds } from './calendar-entry.ts'

/** `2026-11`, or undefined where the text is no month. */
export function monthOf(text: string | null): string | undefined {
  return text && dayOfText(`${text}-01`) !== undefined ? text : undefined
}

/** The month so many months later. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return dayText(dayOf(year, number + by, 1)).slice(0, 7)
}

/** The weeks of a month from Monday on, whole ones: days of its neighbours fill the first and the last. */
export function weeksOf(month: string): readonly (readonly string[])[] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const [first, next] = [dayOf(year, number, 1), dayOf(year, number + 1, 1)]
  const weeks: string[][] = []
  for (let monday = first - weekdayOf(first) + 1; monday < next; monday += 7)
    weeks.push([0, 1, 2, 3, 4, 5, 6].map((by) => dayText(monday + by)))
  return weeks
}

/** The day (`2026-11-22`) so many days later. */
export function dayAfter(day: string, by: number): string {
  return dayText((dayOfText(day) ?? 0) + by)
}

/** The same day of the month so many months later, or that month's last. */
export function sameDayIn(day: string, months: number): string {
  const month = monthAfter(day.slice(0, 7), months)
  const last =
    weeksOf(month)
      .flat()
      .filter((one) => one.startsWith(month))
      .at(-1) ?? day
  const same = `${month}-${day.slice(8)}`
  return same < last ? same : last
}

/** Monday 1 to Sunday 7. */
export function weekday(day: string): number {
  return weekdayOf(dayOfText(day) ?? 0)
}

/** The day of the month as a number. */
export function dateNumber(day: string): number {
  return dateOf(dayOfText(day) ?? 0).date
}

/** The local day (`2026-11-22`) of a time (UTC ms). */
export function localDay(at: number, zone: string): string {
  return dayText(Math.floor(localTime(at, zone) / dayMs))
}

/** Entries by the days they touch, the weightiest first. Days they touch outside `[from, to]` are left out. */
export function byDay(
  entries: readonly CalendarEntry[],
  { from, to, zone }: { readonly from: string; readonly to: string; readonly zone: string },
): ReadonlyMap<string, readonly CalendarEntry[]> {
  const days = new Map<string, CalendarEntry[]>()
  for (const entry of entries) {
    const [begins, ends] = [localDay(entry.at, zone), localDay(entry.until ?? entry.at, zone)]
    const last = ends < to ? ends : to
    for (let day = begins > from ? begins : from; day <= last; day = dayAfter(day, 1))
      days.set(day, [...(days.get(day) ?? []), entry])
  }
  for (const [day, found] of days)
    days.set(
      day,
      found.toSorted(
        (a, b) => entryKinds.indexOf(a.kind) - entryKinds.indexOf(b.kind) || a.at - b.at,
      ),
    )
  return days
}
