import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Placed } from '../events/happening.ts'
import { eventOf } from '../events/sample.ts'
import type { Json } from '../lib/json.ts'
import type { Shelf } from './cart-facts.ts'
import {
  factsDiffer,
  factsOf,
  foldKnown,
  type Known,
  mergeKnown,
  readKnown,
  stranger,
  writeKnown,
} from './person.ts'

const shelf: Shelf = (product) =>
  product === 'a' ? { category: '차', told: { price: 10_000, gone: true } } : undefined

const id = fc.constantFrom('a', 'b', 'c')
const happening = fc
  .record({
    at: fc.integer({ min: 1, max: 60 }),
    what: fc.oneof(
      fc.record({
        name: fc.constantFrom('Product Added', 'Product Removed', 'Product Viewed'),
        properties: fc.record({ product_id: id, price: fc.constantFrom(1, 2.5) }),
      }),
      fc.record({
        name: fc.constant('Cart Viewed'),
        properties: fc.record({
          products: fc.array(fc.record({ product_id: id }), { maxLength: 2 }),
        }),
      }),
      fc.record({
        name: fc.constantFrom('Products Searched', 'Checkout Started', 'Page Viewed', 'Signed Up'),
        properties: fc.record({ query: fc.constantFrom('모자', 'x', '') }),
      }),
      fc.record({
        name: fc.constant('Visit Started'),
        kind: fc.constant('derived' as const),
        properties: fc.record({ source: fc.constantFrom('naver', 'kakao') }),
      }),
      fc.record({
        name: fc.constant('List Changed'),
        kind: fc.constant('edit' as const),
        properties: fc.record({ list: id, change: fc.constantFrom('added', 'removed') }),
      }),
    ),
  })
  .map(({ at, what }) => ({ kind: 'event' as const, ...what, at }))

const story = fc.array(happening, { maxLength: 40 }).map((told) =>
  told.map(
    (one, index): Placed => ({
      ...eventOf({ ...one, position: index + 1, customer: 1 }),
      kind: one.kind,
    }),
  ),
)
const folded = (from: Known, happenings: readonly Placed[]) =>
  happenings.reduce((known, one) => foldKnown(known, one, shelf), from)
/** What a turn leaves and the next one reads. */
const kept = (known: Known) => readKnown(JSON.parse(JSON.stringify(writeKnown(known))) as Json)

test('a person folded in turns, stored between them, is the person folded at once', () => {
  fc.assert(
    fc.property(story, fc.nat(40), (happenings, cut) => {
      const turns = kept(
        folded(kept(folded(stranger, happenings.slice(0, cut))), happenings.slice(cut)),
      )
      expect(factsOf(turns)).toEqual(factsOf(folded(stranger, happenings)))
    }),
  )
})

test('two people who become one have the searches, stages, touches and lists of one who did everything', () => {
  fc.assert(
    fc.property(story, fc.array(fc.boolean(), { maxLength: 40 }), (happenings, whose) => {
      const lists = (one: Placed) =>
        one.name === 'List Changed' && one.body.properties?.change !== 'added'
      // What one of them was taken off, the other may still be on.
      const all = happenings.filter((one) => !lists(one))
      const mine = all.filter((_, index) => whose[index] === true)
      const theirs = all.filter((_, index) => whose[index] !== true)
      const merged = mergeKnown(folded(stranger, mine), folded(stranger, theirs))
      const one = factsOf(folded(stranger, all))
      const both = factsOf(merged)
      for (const group of ['member', 'stage', 'inflow', 'visits', 'search'])
        expect(both[group]).toEqual(one[group])
      expect([...(both.lists as string[])].sort()).toEqual([...(one.lists as string[])].sort())
    }),
  )
})

test('facts differ exactly when what is told differs', () => {
  fc.assert(
    fc.property(story, fc.nat(40), (happenings, cut) => {
      const before = folded(stranger, happenings.slice(0, cut))
      const after = folded(before, happenings.slice(cut))
      const told = JSON.stringify(factsOf(before)) !== JSON.stringify(factsOf(after))
      expect(factsDiffer(before, after)).toBe(told)
    }),
  )
})

test('what says nothing of a person leaves the very same state', () => {
  const known = folded(stranger, [
    eventOf({ name: 'Page Viewed', at: 5, position: 1, customer: 1 }),
  ])
  const again = eventOf({ name: 'Page Viewed', at: 9, position: 2, customer: 1 })
  expect(foldKnown(known, again, shelf)).toBe(known)
})

test('a section of another format is a stranger', () => {
  expect(readKnown({ format: 99, revision: 7 })).toBe(stranger)
  expect(readKnown(undefined)).toBe(stranger)
})
