import * as fc from 'fast-check'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'

/** Numbers that are compared and that properties hold, up to the largest that is one. */
export const caseNumbers = [12, 12.5, 0, -3, 12.34565, 1e13, 99_999_999_999_999]
const spans = [
  { amount: 1, unit: 'minutes' },
  { amount: 2, unit: 'hours' },
  { amount: 1, unit: 'days' },
  { amount: 7, unit: 'days' },
  { amount: 400, unit: 'days' },
] as const
/** The lengths of the spans, in milliseconds. */
export const spanLengths = [minuteMs, 2 * hourMs, dayMs, 7 * dayMs, 400 * dayMs]
/** Instants that are compared with and that happenings are near. */
export const caseInstants = [
  '2026-02-28T23:00:00Z',
  '2026-02-22',
  '2026-03-01T00:00:00.001Z',
  '2025-12-31T00:00:00+09:00',
]

export const amount = fc.constantFrom(...caseNumbers)
export const span = fc.constantFrom(...spans)
export const instant = fc.constantFrom(...caseInstants)

/** Two spans, the longer one first. */
export const twoSpans = fc
  .uniqueArray(fc.nat(spans.length - 1), { minLength: 2, maxLength: 2 })
  .map(([a = 0, b = 0]) => ({ span: spans[Math.max(a, b)], until: spans[Math.min(a, b)] }))

export const numberIs = (of: fc.Arbitrary<number>) =>
  fc.oneof(
    fc.record({
      op: fc.constantFrom('=' as const, '>=' as const, '<=' as const, '>' as const, '<' as const),
      value: of,
    }),
    fc
      .tuple(of, of)
      .map(([a, b]) => ({ op: 'between' as const, from: Math.min(a, b), to: Math.max(a, b) })),
  )
/** Two instants, the earlier one first. */
export const twoInstants = fc
  .uniqueArray(instant, { minLength: 2, maxLength: 2, selector: (text) => Date.parse(text) })
  .map((pair) => pair.toSorted((a, b) => Date.parse(a) - Date.parse(b)))
  .map(([from = '', to = '']) => ({ from, to }))
export const instantIs = fc.oneof(
  fc.record({ op: fc.constantFrom('before' as const, 'after' as const), at: instant }),
  twoInstants.map((two) => ({ op: 'between' as const, ...two })),
)
export const nowIs = fc.record({
  op: fc.constantFrom('within-last' as const, 'at-least-ago' as const),
  span,
})
