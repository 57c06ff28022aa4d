import { z } from 'zod'
import { dayMs } from '../lib/duration.ts'
import { localTime, utcOfLocal } from '../lib/zone.ts'
import { TimeZone } from '../shops/shop.ts'
import { bucketOf } from './calendar.ts'
import { anniversaryDaysLimit } from './limits.ts'

const Days = z.int().min(-anniversaryDaysLimit).max(anniversaryDaysLimit)

/**
 * The day of the year of a date comes back between `from` and `to` days from today in `zone`; 0 is today, -3 three days
 * ago. The day is that of the stored UTC date (`1990-05-17`), 29 February is kept on the 28th in other years, and the date
 * itself is no anniversary: only later years count.
 */
export const AnniversaryTest = z.strictObject({
  type: z.literal('date'),
  op: z.literal('anniversary'),
  inDays: z.strictObject({ from: Days, to: Days }).readonly(),
  zone: TimeZone,
})
export type AnniversaryTest = z.infer<typeof AnniversaryTest>

/** Whether the date (UTC ms) has an anniversary in the days that the test names at `now`. */
export function anniversaryHolds(at: number, test: AnniversaryTest, now: number): boolean {
  return holdsOn(localDay(now, test.zone), new Date(at), test.inDays)
}

/** The local midnight after `now` (UTC ms) at which that changes; Infinity for never. */
export function anniversaryFlips(at: number, test: AnniversaryTest, now: number): number {
  const today = localDay(now, test.zone)
  const date = new Date(at)
  const { from, to } = test.inDays
  const value = holdsOn(today, date, test.inDays)
  const thisYear = yearOf(today)
  let next = Infinity
  // A date far in the future has its first anniversary the year after it.
  const first = Math.max(thisYear - 2, date.getUTCFullYear() + 1)
  for (let year = first; year <= Math.max(thisYear + 3, first + 1); year++) {
    const day = dayIn(year, date)
    for (const candidate of [day - to, day - from + 1])
      if (candidate > today && candidate < next && holdsOn(candidate, date, test.inDays) !== value)
        next = candidate
  }
  return next === Infinity ? Infinity : utcOfLocal(next * dayMs, test.zone)
}

/** Month times 100 plus day, of dates of earlier years whose anniversary falls into a stretch of one year. */
export type YearStretch = { readonly year: number; readonly from: number; readonly to: number }

/** The days of the test at `now` as stretches of the years they lie in: what SQL compares dates with. */
export function anniversaryStretches(
  { inDays, zone }: AnniversaryTest,
  now: number,
): readonly YearStretch[] {
  const today = localDay(now, zone)
  const last = today + inDays.to
  const stretches: YearStretch[] = []
  for (let day = today + inDays.from; day <= last; ) {
    const year = yearOf(day)
    const end = Math.min(last, Date.UTC(year + 1, 0, 1) / dayMs - 1)
    const to = monthDay(end)
    const keeps29 = to === 228 && !isLeap(year)
    stretches.push({ year, from: monthDay(day), to: keeps29 ? 229 : to })
    day = end + 1
  }
  return stretches
}

const days = new Map<string, { readonly from: number; readonly day: number }>()
/** Today in a zone, as days since the epoch. Everybody is asked about the same day: it is worked out once. */
function localDay(now: number, zone: string): number {
  const { from } = bucketOf(now, 'day', zone)
  const known = days.get(zone)
  if (known?.from === from) return known.day
  const day = Math.floor(localTime(from, zone) / dayMs)
  days.set(zone, { from, day })
  return day
}

function holdsOn(day: number, date: Date, days: AnniversaryTest['inDays']): boolean {
  const [from, to] = [day + days.from, day + days.to]
  for (let year = yearOf(from); year <= yearOf(to); year++) {
    const anniversary = dayIn(year, date)
    if (year > date.getUTCFullYear() && anniversary >= from && anniversary <= to) return true
  }
  return false
}

/** The day (since the epoch) on which a year keeps the date. */
function dayIn(year: number, date: Date): number {
  const [month, day] = [date.getUTCMonth(), date.getUTCDate()]
  const kept = month === 1 && day === 29 && !isLeap(year) ? 28 : day
  return Date.UTC(year, month, kept) / dayMs
}

function yearOf(day: number): number {
  return new Date(day * dayMs).getUTCFullYear()
}

function monthDay(day: number): number {
  const date = new Date(day * dayMs)
  return (date.getUTCMonth() + 1) * 100 + date.getUTCDate()
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}
