import * as fc from 'fast-check'
import { dayMs } from '../lib/duration.ts'
import {
  amount,
  instant,
  instantIs,
  nowIs,
  numberIs,
  span,
  twoInstants,
  twoSpans,
} from './comparison-cases.contract.ts'

/** One zone whose clocks move, and one whose don't. */
const caseZones = ['America/New_York', 'Asia/Seoul'] as const
// Midnights by both clocks fall on these UTC hours, with and without daylight saving time.
const midnights = [4, 5, 15].map((hours) => hours * 3_600_000)

/** Times a millisecond around the midnights at which days, weeks and months of these zones begin. */
export function midnightTimes(now: number): fc.Arbitrary<number> {
  const day = now - (now % dayMs)
  return fc
    .tuple(
      fc.constantFrom(...midnights),
      fc.oneof(fc.integer({ min: -9, max: 0 }), fc.integer({ min: -65, max: 0 })),
      fc.integer({ min: -1, max: 1 }),
    )
    .map(([hours, days, off]) => day + hours + days * dayMs + off)
    .filter((at) => at <= now + 240_000)
}

/** Every kind of window. */
export const caseWindow = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: 'ever' as const }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('rolling' as const), span }) },
  { weight: 2, arbitrary: twoSpans.map((two) => ({ kind: 'rolling' as const, ...two })) },
  { weight: 1, arbitrary: twoInstants.map((two) => ({ kind: 'between' as const, ...two })) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('before' as const, 'after' as const),
      at: instant,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('calendar' as const),
      unit: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
      which: fc.constantFrom('this' as const, 'last' as const),
      zone: fc.constantFrom(...caseZones),
    }),
  },
)

const few = numberIs(fc.integer({ min: 0, max: 4 }))
/** Every measure. */
export const caseMeasure = fc.oneof(
  fc.record({ of: fc.constant('count'), is: few }),
  fc.record({
    of: fc.constantFrom('sum', 'avg', 'min', 'max'),
    path: fc.constantFrom('value', 'n', 'a.b'),
    currency: fc.constantFrom('KRW', undefined),
    is: numberIs(amount),
  }),
  fc.record({
    of: fc.constant('distinct'),
    path: fc.constantFrom('n', 'grade', 'product_id', 'value', 'a.b'),
    is: few,
  }),
  fc.record({ of: fc.constantFrom('first', 'last'), is: fc.oneof(nowIs, instantIs) }),
)

/** Definitions of one event condition each, about these events, without filters. */
export function oneEvent(events: readonly string[]): fc.Arbitrary<unknown> {
  return fc
    .record({
      kind: fc.constant('event'),
      event: fc.constantFrom(...events),
      window: caseWindow,
      measure: caseMeasure,
    })
    .map((where) => JSON.parse(JSON.stringify({ format: 1, where })))
}
