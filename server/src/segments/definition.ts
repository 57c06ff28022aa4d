import { z } from 'zod'
import { unreachable } from '../lib/assert.ts'
import { canonicalJson } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import {
  Instant,
  InstantComparison,
  instantMs,
  NowComparison,
  NumberComparison,
  spanUpTo,
  windowDaysLimit,
} from './comparison.ts'
import { Filter } from './filter.ts'
import { Path, Text, TraitTest } from './value-test.ts'

/**
 * What a segment is: one condition over a customer. Examples:
 *
 * "looked at a product twice or more in the last 7 days and never ordered"
 * { format: 1, where: { kind: 'all', of: [
 *   { kind: 'event', event: 'Product Viewed', window: { kind: 'rolling', span: { amount: 7, unit: 'days' } },
 *     measure: { of: 'count', is: { op: '>=', value: 2 } } },
 *   { kind: 'event', event: 'Order Completed', window: { kind: 'ever' }, measure: { of: 'count', is: { op: '=', value: 0 } } } ] } }
 *
 * "last order at least 30 days ago": measure: { of: 'last', is: { op: 'at-least-ago', span: { amount: 30, unit: 'days' } } }
 * "spent 300,000 won or more this year": measure: { of: 'sum', path: 'value', currency: 'KRW', is: { op: '>=', value: 300000 } },
 *   window: { kind: 'between', from: '2026-01-01T00:00:00+09:00', to: '2027-01-01T00:00:00+09:00' }
 * "a member whose grade is VIP": { kind: 'all', of: [ { kind: 'member', is: 'member' },
 *   { kind: 'trait', path: 'grade', is: { type: 'text', op: 'equals', value: 'VIP' } } ] }
 */
export type Definition = { readonly format: 1; readonly where: Condition }

export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'trait'; readonly path: string; readonly is: TraitTest }
  | { readonly kind: 'member'; readonly is: 'member' | 'anonymous' }
  | EventCondition

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

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all'), of: z.array(Condition).min(1).max(leavesLimit) }),
    z.strictObject({ kind: z.literal('any'), of: z.array(Condition).min(1).max(leavesLimit) }),
    z.strictObject({ kind: z.literal('not'), of: Condition }),
    z.strictObject({ kind: z.literal('trait'), path: Path, is: TraitTest }),
    z.strictObject({ kind: z.literal('member'), is: z.enum(['member', 'anonymous']) }),
    EventCondition,
  ]),
)
export const Definition = z.strictObject({ format: z.literal(1), where: Condition })

/** Most leaves (trait, member and event conditions) of one segment. */
export const leavesLimit = 30
/** How deep all, any and not may nest; also within a property filter. */
export const depthLimit = 5
/** Most tests within one event's filter. */
export const filterTestsLimit = 20
/** Largest count that a rolling window compares exactly: the line keeps one time more per person. */
export const rollingCountLimit = 100
/** Largest count over all time or between two instants. */
export const countLimit = 1_000_000_000
/** How deep a definition's JSON may nest, before anything looks inside. */
const jsonDepthLimit = 60
/** Happenings that segments cause themselves: a segment may not wait for another through them. */
const ownEvents: readonly string[] = ['Entered Segment', 'Left Segment']

/**
 * Reads a definition from outside. Refuses with a sentence that names the part, such as
 * `definition.where.of.1.window.span: must be at most 400 days`.
 */
export function readDefinition(input: unknown): Definition {
  if (deeperThan(input, jsonDepthLimit))
    throw refusal(['where'], `groups may be nested ${depthLimit} deep at most`)
  const parsed = Definition.safeParse(input)
  if (!parsed.success) {
    const issue = deepest(parsed.error.issues)
    throw refusal(issue?.path ?? [], issue?.message ?? 'is not a definition')
  }
  const leaves = check(parsed.data.where, ['where'], 0)
  if (leaves > leavesLimit)
    throw refusal(['where'], `has ${leaves} conditions; a segment may have ${leavesLimit}`)
  return parsed.data
}

type At = readonly PropertyKey[]
type Issue = {
  readonly path: At
  readonly message: string
  readonly errors?: readonly (readonly Issue[])[]
}

// A union's issue hides the real one in its branches: the branch that got furthest is the one that was meant.
function deepest(issues: readonly z.core.$ZodIssue[]): Issue | undefined {
  const walk = (issue: Issue): Issue => {
    const nested = (issue.errors ?? [])
      .flat()
      .map((inner) => walk({ ...inner, path: [...issue.path, ...inner.path] }))
      .filter((inner) => inner.path.length > issue.path.length)
    return nested.reduce((best, one) => (one.path.length > best.path.length ? one : best), issue)
  }
  const first = issues[0]
  return first && walk(first as Issue)
}

function refusal(at: At, message: string): Refusal {
  const field = ['definition', ...at.map(String)].join('.')
  return new Refusal('invalid', `${field}: ${message}`, field)
}

/** Enforces the limits a schema cannot say; returns the number of leaves. */
function check(condition: Condition, at: At, depth: number): number {
  if (depth > depthLimit) throw refusal(at, `groups may be nested ${depthLimit} deep at most`)
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.reduce(
        (sum, one, index) => sum + check(one, [...at, 'of', index], depth + 1),
        0,
      )
    case 'not':
      return check(condition.of, [...at, 'of'], depth + 1)
    case 'trait':
      checkTest(condition.is, [...at, 'is'])
      return 1
    case 'member':
      return 1
    case 'event':
      checkEvent(condition, at)
      return 1
    default:
      return unreachable(condition)
  }
}

function checkEvent({ event, window, measure, where }: EventCondition, at: At): void {
  if (ownEvents.includes(event))
    throw refusal(
      [...at, 'event'],
      `'${event}' comes from segments; one may not depend on another this way`,
    )
  if (window.kind === 'between') checkOrder(window, [...at, 'window'])
  checkMeasure(measure, window, [...at, 'measure', 'is'])
  if (where && checkFilter(where, [...at, 'where'], 0) > filterTestsLimit)
    throw refusal([...at, 'where'], `an event may have ${filterTestsLimit} property tests at most`)
}

function checkMeasure(measure: Measure, window: Window, at: At): void {
  switch (measure.of) {
    case 'first':
    case 'last':
      if (measure.is.op === 'between') checkOrder(measure.is, at)
      if (measure.is.op === 'within-next')
        throw refusal(at, 'what happened lies in the past; within-next is for traits')
      return
    case 'sum':
      checkNumbers(measure.is, at)
      return
    case 'count': {
      checkNumbers(measure.is, at)
      const limit = window.kind === 'rolling' ? rollingCountLimit : countLimit
      const { is } = measure
      const counts = is.op === 'between' ? [is.from, is.to] : [is.value]
      if (!counts.every((count) => Number.isInteger(count) && count >= 0 && count <= limit))
        throw refusal(at, `a count is compared with whole numbers from 0 to ${limit}`)
      return
    }
    default:
      unreachable(measure)
  }
}

function checkNumbers(is: NumberComparison, at: At): void {
  if (is.op === 'between' && is.from > is.to) throw refusal(at, 'from must not be larger than to')
}

function checkFilter(filter: Filter, at: At, depth: number): number {
  if (depth > depthLimit) throw refusal(at, `groups may be nested ${depthLimit} deep at most`)
  switch (filter.kind) {
    case 'all':
    case 'any':
      return filter.of.reduce(
        (sum, one, index) => sum + checkFilter(one, [...at, 'of', index], depth + 1),
        0,
      )
    case 'not':
      return checkFilter(filter.of, [...at, 'of'], depth + 1)
    case 'property':
      checkTest(filter.is, [...at, 'is'])
      return 1
    case 'products':
      for (const [index, { is }] of filter.where.entries()) {
        const place = [...at, 'where', index, 'is']
        checkTest(is, place)
        if ('fold' in is && is.fold) throw refusal(place, 'product fields are compared with case')
      }
      return filter.where.length
    default:
      return unreachable(filter)
  }
}

function checkTest(test: TraitTest, at: At): void {
  if (test.op !== 'is') return
  if (test.type === 'date' && test.than.op === 'between') checkOrder(test.than, [...at, 'than'])
  if (test.type === 'number') checkNumbers(test.than, [...at, 'than'])
}

function checkOrder(range: { readonly from: string; readonly to: string }, at: At): void {
  if (instantMs(range.from) >= instantMs(range.to)) throw refusal(at, 'from must lie before to')
}

// Iterative, so that a hostile body cannot exhaust the stack.
function deeperThan(input: unknown, limit: number): boolean {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: input, depth: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next
    if (typeof value !== 'object' || value === null) continue
    if (depth >= limit) return true
    for (const member of Object.values(value)) open.push({ value: member, depth: depth + 1 })
  }
  return false
}

/** Whether two definitions mean the same text: an edit that changes nothing needs no backfill. */
export function sameDefinition(a: Definition, b: Definition): boolean {
  return canonicalJson(a) === canonicalJson(b)
}
