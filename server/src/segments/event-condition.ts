import { z } from 'zod'
import { TimeZone } from '../shops/shop.ts'
import {
  Instant,
  InstantComparison,
  NowComparison,
  NumberComparison,
  spanUpTo,
  windowDaysLimit,
} from './comparison.ts'
import { Filter } from './filter.ts'
import { Path, Text } from './value-test.ts'

const windowSpan = spanUpTo(windowDaysLimit)
/**
 * Which times count:
 * - ever,
 * - rolling: `(now - span, now]`, or with `until` `(now - span, now - until]`: "between 60 and 30 days ago",
 * - between: `[from, to)`; before an instant (exclusive); after one (inclusive),
 * - calendar: this or the last day, week (from Monday) or month by the clocks of a zone, as far as it has come.
 */
export const Window = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ever') }),
  z.strictObject({
    kind: z.literal('rolling'),
    span: windowSpan,
    until: windowSpan.optional(),
  }),
  z.strictObject({ kind: z.literal('between'), from: Instant, to: Instant }),
  z.strictObject({ kind: z.enum(['before', 'after']), at: Instant }),
  z.strictObject({
    kind: z.literal('calendar'),
    unit: z.enum(['day', 'week', 'month']),
    which: z.enum(['this', 'last']),
    zone: TimeZone,
  }),
])
export type Window = z.infer<typeof Window>

const TimeIs = z.union([InstantComparison, NowComparison])
/**
 * What is measured over the happenings that count. sum, avg, min and max take the property's numbers, with `currency` those of
 * happenings in it or in none said; distinct takes its texts and numbers, "12" and 12 being two values. Of nothing count, sum
 * and distinct are 0, and every comparison with another measure is false. An average is never rounded. first and last are times.
 */
export const Measure = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('count'), is: NumberComparison }),
  z.strictObject({
    of: z.enum(['sum', 'avg', 'min', 'max']),
    path: Path,
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be a currency code such as KRW')
      .optional(),
    is: NumberComparison,
  }),
  z.strictObject({ of: z.literal('distinct'), path: Path, is: NumberComparison }),
  z.strictObject({ of: z.enum(['first', 'last']), is: TimeIs }),
])
export type Measure = z.infer<typeof Measure>

export const EventCondition = z.strictObject({
  kind: z.literal('event'),
  event: Text,
  where: Filter.optional(),
  window: Window,
  measure: Measure,
})
export type EventCondition = z.infer<typeof EventCondition>
