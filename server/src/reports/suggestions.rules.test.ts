import { expect, test } from 'vitest'
import { type Standing, suggestionsOf } from './suggestions.ts'

const standing: readonly Standing[] = [
  { kind: 'searched', people: 900, reachable: 5, amount: null },
  { kind: 'cart', people: 412, reachable: 5, amount: 123_000_000_000 },
  { kind: 'checkout', people: 31, reachable: 5, amount: null },
  { kind: 'joined', people: 88, reachable: 5, amount: null },
  { kind: 'due', people: 9, reachable: 5, amount: null },
]

test('the three nearest to an order are suggested, each with its ready-made campaign', () => {
  expect(suggestionsOf(standing, []).map(({ kind, playbook }) => [kind, playbook])).toEqual([
    ['checkout', 'checkout_abandonment'],
    ['cart', 'cart_abandonment'],
    ['joined', 'promo_first_purchase'],
  ])
})

test('what a campaign serves already is not suggested; a draft is gone on with', () => {
  const campaigns = [
    { id: 9, playbook: 'cart_abandonment', state: 'draft', isForChosenGoods: false },
    { id: 8, playbook: 'cart_abandonment', state: 'draft', isForChosenGoods: false },
    { id: 7, playbook: 'checkout_abandonment', state: 'live', isForChosenGoods: false },
    { id: 6, playbook: 'promo_first_purchase', state: 'stopped', isForChosenGoods: false },
  ] as const
  expect(suggestionsOf(standing, campaigns).map(({ kind, draft }) => [kind, draft])).toEqual([
    ['cart', 9],
    ['joined', null],
    ['searched', null],
  ])
})

test('fewer than ten people are no reason to write a campaign', () => {
  const few = suggestionsOf([{ kind: 'due', people: 9, reachable: 5, amount: null }], [])
  expect(few).toEqual([])
  expect(suggestionsOf([{ kind: 'due', people: 10, reachable: 5, amount: null }], [])).toHaveLength(
    1,
  )
})
