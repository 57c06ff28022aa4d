import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShopId } from '../../lib/brand.ts'
import { dayMs } from '../../lib/duration.ts'
import { openTestWorld, type TestWorld } from '../../testing/world.store.ts'
import { readFigures } from './figures.store.ts'

const shop = 1 as ShopId
const now = Date.UTC(2026, 5, 1)

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

test('a shop without orders has no figures of its own', async () => {
  await world.warehouse.reloadAliases()
  expect(await readFigures(world.warehouse, shop, { currency: 'KRW', now })).toEqual({
    currency: 'KRW',
    medianIntervalDays: null,
    intervals: 0,
    bestBuyersSpent: null,
    buyers: 0,
  })
})

test('the interval is the median of all intervals, the best tenth is of last year’s buyers', async () => {
  // Ten buyers who ordered twice, 10, 20 ... 100 days apart, and spent 1,000 to 10,000 each time; one of two years ago.
  const orders = Array.from({ length: 10 }, (_, at) => at + 1).flatMap((person) => [
    orderOf(person, now - 120 * dayMs, person * 1_000),
    orderOf(person, now - (120 - person * 10) * dayMs, person * 1_000),
  ])
  const refunded = { ...orderOf(3, now - dayMs, 900_000), status: 'refunded' }
  await world.warehouse.insert('order_versions', [
    ...orders,
    orderOf(11, now - 700 * dayMs, 5_000_000),
    refunded,
  ])
  const figures = await readFigures(world.warehouse, shop, { currency: 'KRW', now })
  expect(figures).toMatchObject({ intervals: 10, buyers: 10, currency: 'KRW' })
  expect(figures.medianIntervalDays).toBeCloseTo(60)
  expect(figures.bestBuyersSpent).toBe(20_000)
})

let made = 0
function orderOf(customer: number, at: number, amount: number) {
  made++
  return {
    shop,
    order_id: `o${made}`,
    version: made,
    customer,
    status: 'paid',
    created_at: new Date(at).toISOString(),
    paid_at: new Date(at).toISOString(),
    sequence: 0,
    currency: 'KRW',
    gross: amount,
    refunded: 0,
    lines: [
      {
        product: 'mug',
        name: '머그컵',
        category: '',
        quantity: 1,
        refunded_quantity: 0,
        net: amount,
        is_goods: true,
      },
    ],
  }
}
