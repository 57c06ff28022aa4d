import { z } from 'zod'
import { dayMs, minuteMs } from '../lib/duration.ts'
import { firstShowing, localTime } from '../lib/zone.ts'

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 09:30')

/** The hours in which a campaign sends, by the shop's clocks: from the first minute until right before the last, on these weekdays. */
export const SendingHours = z
  .strictObject({
    from: Time,
    to: Time,
    /** Monday 1 to Sunday 7; every day unless given. */
    weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).readonly().optional(),
  })
  .refine(({ from, to }) => from < to, 'the hours end after they begin')
export type SendingHours = z.infer<typeof SendingHours>

/** When the hours begin again (UTC ms); undefined within them. */
export function hoursBegin(at: number, hours: SendingHours, zone: string): number | undefined {
  const local = localTime(at, zone)
  const today = Math.floor(local / dayMs)
  const minute = (local - today * dayMs) / minuteMs
  const { weekdays } = hours
  const sends = (day: number) => !weekdays || weekdays.includes(weekdayOf(day))
  if (sends(today) && minute >= minuteOf(hours.from) && minute < minuteOf(hours.to))
    return undefined
  // One of the next seven days is one of theirs.
  for (let day = today; ; day++) {
    const begins = firstShowing(day * dayMs + minuteOf(hours.from) * minuteMs, zone)
    if (sends(day) && begins > at) return begins
  }
}

/** Monday 1 to Sunday 7 of a day since 1970-01-01, which was a Thursday. */
function weekdayOf(day: number): number {
  return ((day + 3) % 7) + 1
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}
