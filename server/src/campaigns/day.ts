import { dayMs } from '../lib/duration.ts'

/** Monday 1 to Sunday 7 of a day counted from 1970-01-01, a Thursday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

/** Year, month 1 to 12 and day of the month of a day counted from 1970-01-01. */
export function dateOf(day: number): {
  readonly year: number
  readonly month: number
  readonly date: number
} {
  const at = new Date(day * dayMs)
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() }
}

/** How many days a month (1 to 12) has. */
export function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** A day counted from 1970-01-01 as `2026-11-22`. */
export function dayText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

/** Days from 1970-01-01 to `2026-11-22`; undefined where there is no such day. */
export function dayOfText(text: string): number | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []
  if (!year) return undefined
  const day = dayOf(Number(year), Number(month), Number(date))
  return dayText(day) === text ? day : undefined
}

/** Days from 1970-01-01 to a date; a month or day too many runs on into the next. */
export function dayOf(year: number, month: number, date: number): number {
  const at = new Date(0)
  // Date.UTC reads the years 0 to 99 as 1900 to 1999.
  at.setUTCFullYear(year, month - 1, date)
  return at.getTime() / dayMs
}
