import { z } from 'zod'
import { parseTime } from '../events/time-text.ts'
import { unreachable } from '../lib/assert.ts'
import { type Decimal, parseDecimal } from '../lib/decimal.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'

/** Longest rolling window, in days: what the line remembers of a person must stay small. */
export const windowDaysLimit = 400
/** Longest "N days ago", in days. */
export const agoDaysLimit = 4_000

/** A number that Decimal(18,4) can hold; conditions never compare floats. */
export const Amount = z
  .number()
  .refine(
    (value) => parseDecimal(String(value)) !== undefined,
    'must lie between -10^14 and 10^14, exclusive',
  )
/** An RFC 3339 time or full date (midnight UTC), as text. */
export const Instant = z
  .string()
  .max(40)
  .refine(
    (text) => parseTime(text) !== undefined,
    'must be a date or time such as 2026-11-22T00:00:00+09:00',
  )

/** A span of time: `{ amount: 30, unit: 'days' }`. Days are 24 hours. */
export const Span = z
  .strictObject({
    amount: z.int().min(1).max(10_000_000),
    unit: z.enum(['minutes', 'hours', 'days']),
  })
  .readonly()
export type Span = z.infer<typeof Span>

/** Length of a span in milliseconds. */
export function spanMs(span: Span): number {
  return span.amount * { minutes: minuteMs, hours: hourMs, days: dayMs }[span.unit]
}

/** A span within a limit of days. */
export function spanUpTo(days: number) {
  return Span.refine((span) => spanMs(span) <= days * dayMs, `must be at most ${days} days`)
}

/** How a number is compared; between is inclusive on both sides. */
export const NumberComparison = z.discriminatedUnion('op', [
  z.strictObject({ op: z.enum(['=', '>=', '<=', '>', '<']), value: Amount }).readonly(),
  z.strictObject({ op: z.literal('between'), from: Amount, to: Amount }).readonly(),
])
export type NumberComparison = z.infer<typeof NumberComparison>

/** How a time is compared with instants: before is exclusive, after inclusive, between `[from, to)`. */
export const InstantComparison = z.discriminatedUnion('op', [
  z.strictObject({ op: z.enum(['before', 'after']), at: Instant }).readonly(),
  z.strictObject({ op: z.literal('between'), from: Instant, to: Instant }).readonly(),
])
export type InstantComparison = z.infer<typeof InstantComparison>

const ago = spanUpTo(agoDaysLimit)
/**
 * How a time is compared with now: within-last is `(now - span, now]`, within-next `(now, now + span]`,
 * at-least-ago is `<= now - span`.
 */
export const NowComparison = z
  .strictObject({ op: z.enum(['within-last', 'within-next', 'at-least-ago']), span: ago })
  .readonly()
export type NowComparison = z.infer<typeof NowComparison>

export type TimeComparison = InstantComparison | NowComparison

/** Whether a Decimal satisfies the comparison. */
export function numberHolds(value: Decimal, is: NumberComparison): boolean {
  return satisfies(value, is, decimalOf)
}

/** Whether a whole number of some unit satisfies the comparison, whose numbers `unit` turns into that unit. */
export function satisfies(
  value: bigint,
  is: NumberComparison,
  unit: (value: number) => bigint,
): boolean {
  if (is.op === 'between') return value >= unit(is.from) && value <= unit(is.to)
  const other = unit(is.value)
  switch (is.op) {
    case '=':
      return value === other
    case '>=':
      return value >= other
    case '<=':
      return value <= other
    case '>':
      return value > other
    case '<':
      return value < other
    default:
      return unreachable(is)
  }
}

/** Whether a time (UTC ms) satisfies the comparison at `now`. */
export function timeHolds(at: number, is: TimeComparison, now: number): boolean {
  switch (is.op) {
    case 'before':
      return at < instantMs(is.at)
    case 'after':
      return at >= instantMs(is.at)
    case 'between':
      return at >= instantMs(is.from) && at < instantMs(is.to)
    case 'within-last':
      return at > now - spanMs(is.span) && at <= now
    case 'within-next':
      return at > now && at <= now + spanMs(is.span)
    case 'at-least-ago':
      return at <= now - spanMs(is.span)
    default:
      return unreachable(is)
  }
}

/** The next time after `now` at which `timeHolds` of this time changes; Infinity for never. */
export function timeFlips(at: number, is: TimeComparison, now: number): number {
  switch (is.op) {
    case 'before':
    case 'after':
    case 'between':
      return Infinity
    case 'within-last':
      return soonest(now, at, at + spanMs(is.span))
    case 'within-next':
      return soonest(now, at - spanMs(is.span), at)
    case 'at-least-ago':
      return soonest(now, at + spanMs(is.span))
    default:
      return unreachable(is)
  }
}

/** The earliest of the times that lies after `now`; Infinity when none does. */
export function soonest(now: number, ...times: readonly number[]): number {
  let first = Infinity
  for (const time of times) if (time > now && time < first) first = time
  return first
}

const decimals = new Map<number, Decimal>()
/** A definition's number as a Decimal; parsed once, as definitions are compared millions of times. */
export function decimalOf(value: number): Decimal {
  const known = decimals.get(value)
  if (known !== undefined) return known
  const parsed = parseDecimal(String(value)) ?? 0n
  if (decimals.size < 10_000) decimals.set(value, parsed)
  return parsed
}

const instants = new Map<string, number>()
/** A definition's instant as UTC ms; parsed once. */
export function instantMs(text: string): number {
  const known = instants.get(text)
  if (known !== undefined) return known
  const parsed = parseTime(text) ?? 0
  if (instants.size < 10_000) instants.set(text, parsed)
  return parsed
}
