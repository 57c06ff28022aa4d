import { expect, test } from 'vitest'
import { isForChosenGoods, readForChosenGoods } from './chosen-goods.ts'
import { gallery } from './playbooks/gallery.ts'
import { madeFor } from './playbooks/sample.contract.ts'
import { Trigger } from './trigger.ts'

const soap = {
  kind: 'products',
  match: 'any',
  where: [{ field: 'product_id', is: { type: 'text', op: 'equals', value: 'soap' } }],
} as const
const looked = {
  kind: 'property',
  path: 'category',
  is: { type: 'text', op: 'equals', value: '비누' },
} as const
const dear = {
  kind: 'products',
  match: 'any',
  where: [{ field: 'price', is: { type: 'number', op: 'any-of', values: [10] } }],
} as const
const ordered = (filter: object) => ({ kind: 'event', event: 'Order Completed', filter })
const onPage = (...when: readonly object[]) => ({ kind: 'page', when })
const carted = { kind: 'event', event: 'Product Added', filter: soap }

test.each([
  ['one product', ordered(soap), true],
  ['a category that was looked at', ordered(looked), true],
  ['a product and more', ordered({ kind: 'all', of: [dear, soap] }), true],
  ['either of two', ordered({ kind: 'any', of: [soap, looked] }), true],
  ['a product or something else', ordered({ kind: 'any', of: [soap, dear] }), false],
  ['all but a product', ordered({ kind: 'not', of: soap }), false],
  ['a price', ordered(dear), false],
  ['everything', { kind: 'event', event: 'Order Completed' }, false],
  ['a product put in the cart', onPage(carted), true],
  ['a product put in the cart, or a while on the page', onPage(carted, { kind: 'now' }), false],
  ['a time', { kind: 'api' }, false],
])('a campaign whose trigger asks for %s', (_, trigger, isChosen) => {
  expect(isForChosenGoods(Trigger.parse(trigger))).toBe(isChosen)
  expect(readForChosenGoods(JSON.stringify(trigger))).toBe(isChosen)
})

test('no playbook is for chosen goods as it stands; a trigger that can’t be read chooses nothing', () => {
  expect(
    gallery
      .filter((one) => isForChosenGoods(one.flow('ko', madeFor(one)).trigger))
      .map(({ id }) => id),
  ).toEqual([])
  expect([null, '{"kind":"gone"}'].map(readForChosenGoods)).toEqual([false, false])
})
