import { dayMs } from './duration.ts'
import { localTime, startOfLocalDay, utcOfLocal } from './zone.ts'

/** Most days one report shows, each a bucket of its series. */
export const reportDaysLimit = 366

/** Midnights (UTC ms) of the shop's `days` days that end with the one `now` lies in, oldest first. */
export function dayStarts(now: number, days: number, zone: string): readonly number[] {
  const today = localTime(startOfLocalDay(now, zone), zone)
  return Array.from({ length: days }, (_, at) => utcOfLocal(today - (days - 1 - at) * dayMs, zone))
}

/** How many of the shop's days there are from the one `from` lies in to the one `now` lies in, both counted. */
export function daysBetween(from: number, now: number, zone: string): number {
  const [first, last] = [from, now].map((at) => Math.floor(localTime(at, zone) / dayMs))
  return (last ?? 0) - (first ?? 0) + 1
}
