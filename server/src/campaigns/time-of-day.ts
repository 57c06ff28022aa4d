import { z } from 'zod'
import { dayMs, minuteMs } from '../lib/duration.ts'
import { firstShowing, localTime } from '../lib/zone.ts'
import { dateOf, dayOf, dayOfText, daysIn, weekdayOf } from './day.ts'
import { runAfter, type Slots } from './slots.ts'

/** A time that clocks show, `09:30`. */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 09:30')

/** Monday 1 to Sunday 7, each once. */
export const Weekdays = z
  .array(z.int().min(1).max(7))
  .min(1)
  .max(7)
  .refine((days) => new Set(days).size === days.length, 'each weekday once')
  .readonly()

/** A day of the calendar, `2026-11-22`. */
export const CalendarDay = z.string().refine((text) => dayOfText(text) !== undefined, {
  message: 'a day such as 2026-11-22',
})

/** A moment of the day, on all weekdays or on some. */
export const MomentOfDay = z.strictObject({ time: TimeOfDay, weekdays: Weekdays.optional() })
export type MomentOfDay = z.infer<typeof MomentOfDay>

/** The first instant (UTC ms) not before `now` at which clocks in the zone come to that time on such a day. */
export function nextMoment(now: number, moment: MomentOfDay, zone: string): number {
  // One of the next days fits, whatever the weekdays.
  return runAfter(momentSlots(moment), now - 1, zone) ?? now
}

/** The slots of a moment of the day. */
export function momentSlots({ time, weekdays }: MomentOfDay): Slots {
  return {
    fits: weekdays ? (day) => weekdays.includes(weekdayOf(day)) : () => true,
    minutes: [minuteOf(time)],
  }
}

/** Minutes after midnight of `09:30`. */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** How a due time is counted from a day: so many days later (fewer than none: earlier), at that time. */
export type Due = { readonly offsetDays: number; readonly time: string }

/**
 * When something is due that is counted from a date of a trait or an event (UTC ms); undefined where the text is no date.
 * A bare day and a time without an offset are meant in the zone; a time with an offset lies on the day it falls on there.
 */
export function dueDate(text: string, due: Due, zone: string): number | undefined {
  const day = localDayOf(text, zone)
  return day === undefined ? undefined : atTime(day + due.offsetDays, due.time, zone)
}

/**
 * The next time (UTC ms, strictly after `after`) that the yearly return of a date is due; undefined where the text is no
 * date. 29 February returns on the 28th in other years, and the date itself is no return.
 */
export function nextReturn(
  text: string,
  { after, due, zone }: { readonly after: number; readonly due: Due; readonly zone: string },
): number | undefined {
  const day = localDayOf(text, zone)
  if (day === undefined) return undefined
  const { year: born, month, date } = dateOf(day)
  const around = dateOf(Math.floor(localTime(after, zone) / dayMs) - due.offsetDays).year
  for (let year = Math.max(born + 1, around - 1); ; year++) {
    const kept = Math.min(date, daysIn(year, month))
    const at = atTime(dayOf(year, month, kept) + due.offsetDays, due.time, zone)
    if (at > after) return at
  }
}

/** The instant (UTC ms) at which a day's clocks first show the time, or pass it. */
export function atTime(day: number, time: string, zone: string): number {
  return firstShowing(day * dayMs + minuteOf(time) * minuteMs, zone)
}

const dateTime = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i

/** The calendar day of a date text in a zone, counted from 1970-01-01. */
function localDayOf(text: string, zone: string): number | undefined {
  const trimmed = text.trim()
  const bare = dayOfText(trimmed)
  if (bare !== undefined) return bare
  const [, day = '', time = '', seconds = ':00', offset] = dateTime.exec(trimmed) ?? []
  if (!TimeOfDay.safeParse(time).success || dayOfText(day) === undefined) return undefined
  if (!offset) return dayOfText(day)
  const hours = offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset
  const at = Date.parse(`${day}T${time}${seconds}${hours.toUpperCase()}`)
  return Number.isNaN(at) ? undefined : Math.floor(localTime(at, zone) / dayMs)
}
