import { z } from 'zod'
import { dayMs, minuteMs } from '../lib/duration.ts'
import { firstShowing } from '../lib/zone.ts'
import { cronSlots } from './cron.ts'
import { dateOf, dayOfText, daysIn } from './day.ts'
import { runAfter, type Slots } from './slots.ts'
import { minuteOf, momentSlots, TimeOfDay, Weekdays } from './time-of-day.ts'

/** A local date and time, `2026-11-22T10:00`. */
const LocalDateTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/, 'a date and time such as 2026-11-22T10:00')
  .refine((text) => dayOfText(text.slice(0, 10)) !== undefined, 'there is no such day')

/** UTC ms, or what the clocks of the schedule's zone show. */
const Instant = z.union([z.int().min(0).max(8_000_000_000_000), LocalDateTime])

const Cron = z
  .string()
  .trim()
  .max(200)
  .superRefine((expression, context) => {
    const slots = cronSlots(expression)
    if ('wrong' in slots) context.addIssue({ code: 'custom', message: slots.wrong })
  })

/** Whose clocks count. `until`: the last instant at which it may run. */
const common = { zone: z.enum(['shop', 'customer']).default('shop') }
const repeating = { ...common, until: Instant.optional() }

/** When a campaign runs: once, or again and again. */
export const Schedule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('once'), at: Instant, ...common }),
  z.strictObject({ kind: z.literal('daily'), time: TimeOfDay, ...repeating }),
  z.strictObject({ kind: z.literal('weekly'), weekdays: Weekdays, time: TimeOfDay, ...repeating }),
  z.strictObject({
    kind: z.literal('monthly'),
    /** In months without such a day, their last one. */
    day: z.union([z.int().min(1).max(31), z.literal('last')]),
    time: TimeOfDay,
    ...repeating,
  }),
  z.strictObject({ kind: z.literal('cron'), expression: Cron, ...repeating }),
])
export type Schedule = z.infer<typeof Schedule>

/**
 * The next run (UTC ms) strictly after a time (UTC ms) by the clocks of an IANA zone; undefined when there is none any more.
 * A local time that clocks skip runs right after the skip, one they show twice runs the first time only.
 */
export function nextRun(schedule: Schedule, after: number, zone: string): number | undefined {
  if (schedule.kind === 'once') {
    const at = instantOf(schedule.at, zone)
    return at > after ? at : undefined
  }
  const run = runAfter(slotsOf(schedule), after, zone)
  if (run === undefined || schedule.until === undefined) return run
  return run <= instantOf(schedule.until, zone) ? run : undefined
}

/** The runs in `[from, to)` (UTC ms), the first `max` of them. */
export function runsBetween(
  schedule: Schedule,
  { from, to, max }: { readonly from: number; readonly to: number; readonly max: number },
  zone: string,
): readonly number[] {
  const runs: number[] = []
  let run = nextRun(schedule, from - 1, zone)
  while (run !== undefined && run < to && runs.length < max) {
    runs.push(run)
    run = nextRun(schedule, run, zone)
  }
  return runs
}

/** UTC ms of an instant that may be written as local time; a skipped one is the moment right after the skip. */
function instantOf(at: number | string, zone: string): number {
  if (typeof at === 'number') return at
  const day = dayOfText(at.slice(0, 10)) ?? 0
  return firstShowing(day * dayMs + minuteOf(at.slice(11)) * minuteMs, zone)
}

function slotsOf(schedule: Exclude<Schedule, { kind: 'once' }>): Slots {
  switch (schedule.kind) {
    case 'daily':
      return momentSlots({ time: schedule.time })
    case 'weekly':
      return momentSlots(schedule)
    case 'monthly':
      return { fits: (day) => isMonthly(day, schedule.day), minutes: [minuteOf(schedule.time)] }
    case 'cron': {
      const slots = cronSlots(schedule.expression)
      // The schema has refused what cannot be read.
      return 'wrong' in slots ? { fits: () => false, minutes: [] } : slots
    }
  }
}

function isMonthly(day: number, asked: number | 'last'): boolean {
  const { year, month, date } = dateOf(day)
  const last = daysIn(year, month)
  return date === (asked === 'last' ? last : Math.min(asked, last))
}
