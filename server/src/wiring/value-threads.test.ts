import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertShopLife, madeCustomers, madeOrders } from '../insight/insight-world.contract.ts'
import { readBuying } from '../insight/value.store.ts'
import { worthOf } from '../insight/value.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { fitInThreads } from './value-threads.ts'

let world: TestWorld
let shop: ShopId
const day0 = Date.UTC(2025, 2, 1)
const question = { asOf: day0 + 365 * dayMs, currency: 'KRW', zone: 'Asia/Seoul' }
beforeAll(async () => {
  world = await openTestWorld({ now: question.asOf })
  shop = await insertShop(world.db)
  await insertShopLife(world, shop, {
    customers: madeCustomers('thread', 200, day0),
    orders: madeOrders('thread', { size: 900, people: 200, day0, days: 360 }),
  })
})
afterAll(() => world.close())

test('the thread finds what the server itself would find', async () => {
  const fit = fitInThreads(world.warehouse)
  const found = await fit({ ...question, shop }, new AbortController().signal)
  expect(found).toEqual(worthOf(await readBuying(world.warehouse, shop, question)))
  expect(found.people).toBeGreaterThan(100)
})

test('whoever stops waiting ends the thread, and one that cannot read history says so', async () => {
  const leaving = new AbortController()
  const left = fitInThreads(world.warehouse)({ ...question, shop }, leaving.signal)
  leaving.abort(new Error('the page was left'))
  await expect(left).rejects.toThrow('the page was left')
  const nowhere = fitInThreads({ ...world.warehouse, database: 'nowhere' })
  await expect(nowhere({ ...question, shop }, new AbortController().signal)).rejects.toThrow()
})
