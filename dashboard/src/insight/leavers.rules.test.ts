import { expect, test } from 'vitest'
import { Definition } from '../../../server/src/segments/definition.ts'
import { leaversOf } from './leavers.ts'

const asked = { days: 7, zone: 'Asia/Seoul', source: undefined, segment: undefined } as const
const nothing = { product: undefined, category: undefined } as const
const rolling = { kind: 'rolling', span: { amount: 7, unit: 'days' } }
const did = (event: string, more: object = {}) => ({
  ...{
    kind: 'event',
    event,
    window: rolling,
    measure: { of: 'count', is: { op: '>=', value: 1 } },
  },
  ...more,
})
const equals = (value: string) => ({ type: 'text', op: 'equals', value })

test('who left is narrowed by what the funnel is narrowed by: the channel, and orders of the product', () => {
  const made = leaversOf('visit', 'order', { ...asked, ...nothing, source: 'naver' })
  expect(made.where).toEqual({
    kind: 'all',
    of: [
      did('Visit Started', { where: { kind: 'property', path: 'source', is: equals('naver') } }),
      { kind: 'not', of: did('Order Completed') },
    ],
  })
  const later = leaversOf('checkout', 'order', {
    ...asked,
    ...nothing,
    product: 'mug',
    source: 'naver',
  })
  expect(later.where).toMatchObject({
    of: [
      { event: 'Visit Started', where: { path: 'source' } },
      { kind: 'any' },
      {
        of: did('Order Completed', {
          where: {
            ...{ kind: 'products', match: 'any' },
            where: [{ field: 'product_id', is: equals('mug') }],
          },
        }),
      },
    ],
  })
  for (const one of [made, later]) expect(Definition.parse(one)).toEqual(one)
})

test('of today it is the shop’s own day', () => {
  const { where } = leaversOf('visit', 'view', { ...asked, ...nothing, days: 0 })
  expect(where).toMatchObject({
    of: [{ window: { kind: 'calendar', unit: 'day', which: 'this', zone: 'Asia/Seoul' } }, {}],
  })
})
