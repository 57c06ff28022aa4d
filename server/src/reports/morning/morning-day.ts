import { dayText, weekdayOf } from '../../campaigns/day.ts'
import { dayMs, minuteMs } from '../../lib/duration.ts'
import { localTime, utcOfLocal } from '../../lib/zone.ts'
import { lateMinutes, morningMinute } from './morning-settings.ts'

/** The morning a message belongs to, and what it tells of: the day before, on Mondays the week before. */
export type MorningDay = {
  /** Days since 1970-01-01 in the shop's zone. */
  readonly day: number
  readonly text: string
  readonly kind: 'day' | 'week'
  /** Beginnings, UTC ms: of the period compared with, of its end, of the period, of its end. */
  readonly bounds: readonly [number, number, number, number]
  readonly from: string
  readonly to: string
}

/** The morning that `now` (UTC ms) lies in, between 08:30 and three hours later by the shop's clocks; undefined outside. */
export function morningAt(now: number, zone: string): MorningDay | undefined {
  const local = localTime(now, zone)
  const day = Math.floor(local / dayMs)
  const late = (local - day * dayMs) / minuteMs - morningMinute
  return late >= 0 && late < lateMinutes ? morningOn(day, zone) : undefined
}

/** The morning of the day `now` lies in, at whatever hour; for looking at it beforehand. */
export function morningToday(now: number, zone: string): MorningDay {
  return morningOn(Math.floor(localTime(now, zone) / dayMs), zone)
}

function morningOn(day: number, zone: string): MorningDay {
  const kind = weekdayOf(day) === 1 ? 'week' : 'day'
  const length = kind === 'week' ? 7 : 1
  const at = (which: number) => utcOfLocal(which * dayMs, zone)
  return {
    day,
    text: dayText(day),
    kind,
    bounds: [at(day - length - 7), at(day - 7), at(day - length), at(day)],
    from: dayText(day - length),
    to: dayText(day - 1),
  }
}
