import * as fc from 'fast-check'
import type { Body } from '../events/happening.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { personFacts, traitValues } from './agreement-person.contract.ts'
import { caseInstants, caseNumbers, spanLengths } from './comparison-cases.contract.ts'
import { midnightTimes } from './event-cases.contract.ts'
import { gapTimes } from './sequence-cases.contract.ts'

/** When every case is asked. */
export const caseNow = Date.UTC(2026, 2, 1)

export type CaseHappening = {
  readonly customer: number
  readonly name: string
  readonly at: number
  readonly processedAt: number
  readonly position: number
  readonly body: Body
}
export type CasePerson = {
  readonly customer: number
  readonly member: boolean
  /** One of the shop's own people. */
  readonly internal: boolean
  readonly traits: JsonObject
  readonly facts: JsonObject
  readonly happenings: readonly Omit<CaseHappening, 'customer'>[]
}

export const caseEvents = ['Product Viewed', 'Order Completed', 'Products Searched'] as const
/** Texts that people have and that conditions ask for. */
export const caseTexts = [
  'VIP',
  'vip',
  '12',
  '가',
  'İstanbul',
  'ẞ',
  "it's \\ \t\n%_",
  '😀',
  '2026-02-28T23:00:00Z',
]
const outlandish = [1e15, 1e300, -0, null, '', '1100', '\u1100\u1161', [1, 2], { b: 12 }]

const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...caseTexts) },
  { weight: 4, arbitrary: fc.constantFrom(...caseNumbers) },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 2, arbitrary: fc.constantFrom(...outlandish) },
  { weight: 1, arbitrary: fc.constantFrom(...caseInstants) },
)
const keyed = (keys: readonly string[]) =>
  fc.dictionary(fc.constantFrom(...keys), value as fc.Arbitrary<never>, { maxKeys: 4 })
const line = fc.record(
  {
    product_id: fc.constantFrom('12', 'VIP', '가', 12, null),
    name: fc.constantFrom('VIP', 'vip', '가'),
    category: fc.constantFrom('VIP', '', 3),
    price: fc.constantFrom(12, 12.5, '12', null, 0),
    quantity: fc.constantFrom(1, 12, 0),
  },
  { requiredKeys: [] },
)
const properties: fc.Arbitrary<JsonObject> = fc
  .tuple(
    keyed(['n', 'grade', 'a.b', 'product_id', 'value', 'revenue', 'total', 'query', 'order_id']),
    fc.option(fc.constantFrom('KRW', 'krw', 'USD', ''), { nil: undefined }),
    fc.option(fc.array(line, { maxLength: 3 }), { nil: undefined }),
    fc.option(value, { nil: undefined }),
  )
  .map(
    ([flat, currency, products, nested]) =>
      JSON.parse(
        JSON.stringify({
          ...flat,
          currency,
          products,
          ...(nested === undefined ? {} : { a: { b: nested } }),
        }),
      ) as JsonObject,
  )

/** Times that matter: window edges, the instants of conditions, a few equal ones, and up to 5 minutes ahead. */
const time = fc.oneof(
  fc
    .tuple(fc.constantFrom(...spanLengths), fc.integer({ min: -1, max: 1 }))
    .map(([ms, off]) => caseNow - ms + off),
  fc
    .tuple(fc.constantFrom(...caseInstants), fc.integer({ min: -1, max: 1 }))
    .map(([at, off]) => Date.parse(at) + off),
  fc.constantFrom(caseNow, caseNow - 1, caseNow + 1, caseNow + 4 * minuteMs, caseNow - hourMs),
  fc.integer({ min: caseNow - 8 * dayMs, max: caseNow }),
  gapTimes(caseNow),
  midnightTimes(caseNow),
)

const happening = fc.record({
  name: fc.constantFrom(...caseEvents),
  at: time,
  lateMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 * dayMs })),
  properties,
})

const traitValue = traitValues(value)

/**
 * A person with up to 14 happenings in the order of the log, processed as the line would. Histories are built to hurt: equal times,
 * window edges to the millisecond, late and future happenings, merges, wrong types, "12" beside 12, 10^15, Hangul in NFD, letters
 * whose lower case is disputed.
 */
export const casePerson: fc.Arbitrary<CasePerson> = fc
  .record({
    member: fc.boolean(),
    internal: fc.integer({ min: 0, max: 15 }).map((one) => one === 1),
    customer: fc.integer({ min: 1, max: 1_000_000 }),
    traits: fc.dictionary(
      fc.constantFrom('n', 'grade', 'a.b', 'born', 'value'),
      traitValue as fc.Arbitrary<never>,
      { maxKeys: 4 },
    ),
    facts: personFacts(traitValue),
    drafts: fc.array(happening, { maxLength: 14 }),
  })
  .map(({ customer, member, internal, traits, facts, drafts }) => {
    const arrivals = drafts
      .map((draft) => ({ ...draft, arrives: Math.min(caseNow, draft.at + draft.lateMs) }))
      .sort((a, b) => a.arrives - b.arrives)
    return {
      customer,
      member,
      internal,
      traits: JSON.parse(JSON.stringify(traits)) as JsonObject,
      facts,
      happenings: arrivals.map((one, index) => ({
        name: one.name,
        at: one.at,
        processedAt: one.arrives,
        position: index + 1,
        body: { properties: one.properties },
      })),
    }
  })
