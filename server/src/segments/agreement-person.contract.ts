import * as fc from 'fast-check'
import type { JsonObject } from '../lib/json.ts'
import { lists, listTexts, type ValueTests } from './agreement-values.contract.ts'

/** Dates whose days come back: leap days, ends of years and months, before and after 1970, one in the future. */
const caseDates = [
  '1904-02-29',
  '1988-02-29T23:59:59.999Z',
  '2024-02-29',
  '1999-12-31T20:00:00-05:00',
  '2000-01-01',
  '1965-02-28',
  '1990-03-01T00:00:00+09:00',
  '2025-03-08',
  '2026-03-01',
  '2027-03-02',
] as const

const zones = ['Asia/Seoul', 'America/New_York', 'Pacific/Chatham', 'Africa/Cairo', 'UTC'] as const

/** An anniversary within a few days, or anywhere in a year and back. */
export const anniversaryTest = fc
  .tuple(
    fc.oneof(fc.integer({ min: -3, max: 8 }), fc.integer({ min: -365, max: 365 })),
    fc.oneof(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 365 })),
    fc.constantFrom(...zones),
  )
  .map(([from, days, zone]) => ({
    type: 'date' as const,
    op: 'anniversary' as const,
    inDays: { from, to: Math.min(365, from + days) },
    zone,
  }))

export const listTest = fc.oneof(
  fc.record({
    type: fc.constant('list' as const),
    op: fc.constantFrom('has-any' as const, 'has-all' as const, 'has-none' as const),
    values: fc.array(fc.constantFrom(...listTexts), { minLength: 1, maxLength: 3 }),
  }),
  fc.constant({ type: 'list' as const, op: 'exists' as const }),
)

/** A share of everybody; several seeds, whole and odd percentages. */
export const randomCondition = fc
  .tuple(
    fc.constantFrom('a', '봄 세일', "it's \\"),
    fc.constantFrom(0, 0.01, 12.34, 33.33, 50, 99.99),
    fc.constantFrom(0.01, 29, 50, 57.66, 100),
  )
  .map(([seed, from, wide]) => ({
    kind: 'random' as const,
    seed,
    from,
    to: Math.min(100, Math.round((from + wide) * 100) / 100),
  }))

/** Values of traits: those of properties, lists, and dates that come back. */
export function traitValues(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 4, arbitrary: value },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(...lists) },
    { weight: 1, arbitrary: fc.constantFrom(...caseDates) },
  )
}

/** Facts under the catalogue's paths, with values that hurt as those of traits do. */
export function personFacts(value: fc.Arbitrary<unknown>): fc.Arbitrary<JsonObject> {
  const some = { requiredKeys: [] }
  return fc
    .record(
      {
        member: fc.record({ joined_at: value, state: fc.constantFrom('member', 'anonymous') }),
        cart: fc.record({ value, items: value, sold_out: value, products: value }, some),
        stage: fc.record({ now: fc.constantFrom('visited', 'considered'), since: value }),
        lists: value,
      },
      some,
    )
    .map((facts) => JSON.parse(JSON.stringify(facts)) as JsonObject)
}

/** Conditions on facts, each asked as what the catalogue says it is. */
export function factCondition({ text, number, flag, date }: ValueTests) {
  const fact = <T>(paths: readonly [string, ...string[]], is: fc.Arbitrary<T>) =>
    fc.record({ kind: fc.constant('fact' as const), path: fc.constantFrom(...paths), is })
  return fc.oneof(
    fact(['cart.value', 'cart.items'], number),
    fact(['member.joined_at', 'stage.since'], fc.oneof(date, anniversaryTest)),
    fact(['stage.now', 'member.state'], text),
    fact(['cart.sold_out'], flag),
    fact(['cart.products', 'lists'], listTest),
  )
}
