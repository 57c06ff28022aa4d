import { afterAll, beforeAll, expect, test } from 'vitest'
import { did } from '../events/line-world.contract.ts'
import { openFacts } from '../facts/facts-world.contract.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs, hourMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { readStanding } from './suggestions.store.ts'

let world: TestWorld
let shop: ShopId
let say: (device: string, name: string, properties?: JsonObject) => Promise<void>
let settle: () => Promise<void>

beforeAll(async () => {
  world = await openTestWorld()
  shop = await insertShop(world.db)
  const facts = openFacts(world)
  say = async (device, name, properties: JsonObject = {}) => {
    await facts.door.accept(shop, [
      did(world, { anonymous: device }, { name, body: { properties } }),
    ])
  }
  settle = () => facts.settle(shop)
})
afterAll(() => world.close())

const mug = { product_id: 'mug', name: '머그컵', price: 12_000, quantity: 2, currency: 'KRW' }
const order = (id: string) => ({ order_id: id, revenue: 24_000, currency: 'KRW', products: [mug] })
const standing = async () => {
  const { warehouse, clock } = world
  const signal = AbortSignal.timeout(dayMs)
  const rows = await readStanding(warehouse, shop, { now: clock.now(), dueDays: 30, signal })
  return Object.fromEntries(rows.map(({ kind, people, amount }) => [kind, [people, amount]]))
}

test('people are counted where they left, each at one step; who is still at it and who ordered are not', async () => {
  await say('buyer', 'Order Completed', order('o1'))
  await settle()
  world.clock.advance(40 * dayMs)
  await say('carted', 'Product Added', mug)
  await say('paying', 'Product Added', mug)
  await say('paying', 'Checkout Started')
  await say('looker', 'Product Viewed', mug)
  await say('asker', 'Products Searched', { query: '머그' })
  await say('done', 'Product Added', mug)
  await say('done', 'Order Completed', order('o2'))
  await settle()
  const nobody = { checkout: [0, null], cart: [0, 0], viewed: [0, null], searched: [0, null] }
  expect(await standing()).toMatchObject({ ...nobody, due: [1, null] })
  world.clock.advance(2 * hourMs)
  expect(await standing()).toEqual({
    checkout: [1, null],
    cart: [1, 240_000_000],
    due: [1, null],
    joined: [0, null],
    viewed: [1, null],
    searched: [1, null],
  })
  world.clock.advance(8 * dayMs)
  expect(await standing()).toMatchObject(nobody)
})
