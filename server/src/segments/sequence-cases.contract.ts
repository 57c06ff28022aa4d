import * as fc from 'fast-check'
import type { Body } from '../events/happening.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'

/** Gaps of sequences, and the times that lie one or more of them apart, to the millisecond. */
const gaps = [
  { amount: 1, unit: 'minutes' },
  { amount: 2, unit: 'hours' },
  { amount: 1, unit: 'days' },
] as const
const gapLengths = [minuteMs, 2 * hourMs, dayMs]
const windows = [...gaps, { amount: 7, unit: 'days' }, { amount: 30, unit: 'days' }] as const

/** Times on the edges of gaps before `now`: whole sums of them, one millisecond off, and equal ones. */
export function gapTimes(now: number): fc.Arbitrary<number> {
  return fc
    .tuple(
      fc.tuple(...gapLengths.map((ms) => fc.integer({ min: 0, max: 2 }).map((n) => n * ms))),
      fc.constantFrom(0, 0, 0, -1, 1),
    )
    .map(([parts, off]) => now - parts.reduce((sum, ms) => sum + ms, 0) + off)
}

/** Bodies with products in every place a sequence of one product looks for them. */
export const productBody: fc.Arbitrary<Body> = fc
  .record(
    {
      product_id: fc.constantFrom('a', 'b', '', 12, null),
      products: fc.array(fc.record({ product_id: fc.constantFrom('a', 'b', '12', 7, null) }), {
        maxLength: 3,
      }),
      grade: fc.constantFrom('VIP', 'vip'),
    },
    { requiredKeys: [] },
  )
  .map((properties) => ({ properties }) as Body)

const gap = fc.constantFrom(...gaps)
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined, freq: 2 })
const vip = {
  kind: 'property',
  path: 'grade',
  is: { type: 'text', op: 'equals', value: 'VIP' },
} as const

/** Sequences over these events, as a client would send them; `filter` makes further filters. */
export function sequenceCondition(
  events: readonly string[],
  filter: fc.Arbitrary<unknown> = fc.constant(vip),
): fc.Arbitrary<unknown> {
  const where = fc.option(fc.oneof(fc.constant(vip), filter), { nil: undefined, freq: 4 })
  const happened = { event: fc.constantFrom(...events), where }
  const later = fc.record({
    ...happened,
    within: gap,
    without: fc.option(fc.record(happened), { nil: undefined, freq: 4 }),
  })
  return fc
    .record({
      kind: fc.constant('sequence'),
      first: fc.record(happened),
      rest: fc.array(later, { maxLength: 4, size: 'xsmall' }),
      not: optional(fc.record({ ...happened, within: gap })),
      sameProduct: fc.option(fc.boolean(), { nil: undefined, freq: 2 }),
      span: fc.constantFrom(...windows),
    })
    .filter(({ rest, not }) => rest.length > 0 || not !== undefined)
    .filter(({ not, span }) => !not || windows.indexOf(span) > gaps.indexOf(not.within))
    .map(({ first, rest, span, ...more }) => ({
      ...more,
      steps: [first, ...rest],
      window: { kind: 'rolling', span },
    }))
}
