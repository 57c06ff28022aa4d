import { z } from 'zod'
import { canonicalJson } from '../lib/json.ts'
import { EventCondition } from './event-condition.ts'
import { leavesLimit } from './limits.ts'
import { FactCondition, RandomCondition, SegmentCondition } from './person-condition.ts'
import { SequenceCondition } from './sequence.ts'
import { Path, TraitTest } from './value-test.ts'

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
  | FactCondition
  | RandomCondition
  | SegmentCondition
  | EventCondition
  | SequenceCondition

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all'), of: z.array(Condition).min(1).max(leavesLimit) }),
    z.strictObject({ kind: z.literal('any'), of: z.array(Condition).min(1).max(leavesLimit) }),
    z.strictObject({ kind: z.literal('not'), of: Condition }),
    z.strictObject({ kind: z.literal('trait'), path: Path, is: TraitTest }),
    z.strictObject({ kind: z.literal('member'), is: z.enum(['member', 'anonymous']) }),
    FactCondition,
    RandomCondition,
    SegmentCondition,
    EventCondition,
    SequenceCondition,
  ]),
)
export const Definition = z.strictObject({ format: z.literal(1), where: Condition })

/** Whether two definitions mean the same text: an edit that changes nothing needs no backfill. */
export function sameDefinition(a: Definition, b: Definition): boolean {
  return canonicalJson(a) === canonicalJson(b)
}
