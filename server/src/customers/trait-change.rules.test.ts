import { expect, test } from 'vitest'
import { traitChange } from './trait-change.ts'

test.each([
  [{ tier: { since: 2025 } }, 'tier.name', 'gold', { tier: { since: 2025, name: 'gold' } }],
  [{ tier: { since: 2025, name: 'old' } }, 'tier.name', null, { tier: { since: 2025 } }],
  [{}, 'a.b.c', 1, { a: { b: { c: 1 } } }],
  [{ a: 'text' }, 'a.b', 1, { a: { b: 1 } }],
  [{}, 'a\\.b', 1, { 'a.b': 1 }],
  [{ a: 1 }, 'a', null, { a: null }],
])('of %j, %s set to %j changes %j', (traits, trait, value, change) => {
  expect(traitChange(traits, { trait, value })).toEqual(change)
})
