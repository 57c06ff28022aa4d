import { dayMs } from '../lib/duration.ts'
import { localTime, utcOfLocal } from '../lib/zone.ts'

/** A calendar unit; a week begins on Monday. */
export type CalendarUnit = 'day' | 'week' | 'month'
/** One day, week or month of a zone: `[from, to)`, UTC ms. */
export type Bucket = { readonly from: number; readonly to: number }

/** Asking the time zone database takes microseconds, and nearly every time asked for lies in a bucket just seen. */
const recent = new Map<string, readonly Bucket[]>()
const mostRecent = 6

/** The day, week or month of a zone that a time (UTC ms) lies in. Days have 23 or 25 hours when clocks move. */
export function bucketOf(at: number, unit: CalendarUnit, zone: string): Bucket {
  const key = `${unit} ${zone}`
  const seen = recent.get(key) ?? []
  const known = seen.find(({ from, to }) => at >= from && at < to)
  if (known) return known
  const local = localTime(at, zone)
  const start = startOf(local, unit)
  const bucket = { from: utcOfLocal(start, zone), to: utcOfLocal(endOf(start, unit), zone) }
  if (recent.size < 1_000 || recent.has(key))
    recent.set(key, [bucket, ...seen.slice(0, mostRecent - 1)])
  return bucket
}

/** The bucket after one. */
export function bucketAfter({ to }: Bucket, unit: CalendarUnit, zone: string): Bucket {
  return bucketOf(to, unit, zone)
}

/** The bucket before one. */
export function bucketBefore({ from }: Bucket, unit: CalendarUnit, zone: string): Bucket {
  return bucketOf(from - 1, unit, zone)
}

/** Local times, written as if they were UTC. */
function startOf(local: number, unit: CalendarUnit): number {
  const day = Math.floor(local / dayMs)
  switch (unit) {
    case 'day':
      return day * dayMs
    case 'week':
      // Day 0 of the epoch was a Thursday.
      return (day - ((((day + 3) % 7) + 7) % 7)) * dayMs
    case 'month': {
      const date = new Date(local)
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)
    }
  }
}

function endOf(start: number, unit: CalendarUnit): number {
  switch (unit) {
    case 'day':
      return start + dayMs
    case 'week':
      return start + 7 * dayMs
    case 'month': {
      const date = new Date(start)
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
    }
  }
}
