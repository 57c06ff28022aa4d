import { z } from 'zod'
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

/** ever; `(now - span, now]`; or `[from, to)`. */
export const Window = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ever') }),
  z.strictObject({ kind: z.literal('rolling'), span: spanUpTo(windowDaysLimit) }),
  z.strictObject({ kind: z.literal('between'), from: Instant, to: Instant }),
])
export type Window = z.infer<typeof Window>

const TimeIs = z.union([InstantComparison, NowComparison])
/**
 * What is measured over the happenings that count. A sum takes the property's numbers (none: 0); with `currency`, only
 * happenings in it or in none said. first and last are times: without a happening every comparison is false.
 */
export const Measure = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('count'), is: NumberComparison }),
  z.strictObject({
    of: z.literal('sum'),
    path: Path,
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be a currency code such as KRW')
      .optional(),
    is: NumberComparison,
  }),
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
