import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { catalog } from '../catalog/catalog.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { shops } from '../shops/shops.service.ts'
import { openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { did, startWorker } from './line-world.contract.ts'
import { manyDrops, productNews } from './product-news.service.ts'
import { productWords } from './product-words.service.ts'

let world: TestWorld
let worker: ReturnType<typeof startWorker>
let news: ReturnType<typeof productNews>
let words: ReturnType<typeof productWords>
let shop: ShopId
beforeAll(async () => {
  world = await openTestWorld()
  worker = startWorker(world)
  const { db, warehouse, clock } = world
  words = productWords({ db, clock, accept: worker.door })
  news = productNews({
    warehouse,
    clock,
    accept: worker.door,
    words,
    catalog: catalog({ db }),
    completeTo: worker.history.completeTo,
  })
})
afterAll(() => world?.close())
beforeEach(async () => {
  shop = await shops({ db: world.db, clock: world.clock }).create('온샵', false)
  await say({ product_id: 'p', name: '셔츠', price: 10_000, stock: 5 })
})

async function settle(): Promise<void> {
  await worker.line.drain(shop)
  await worker.history.drain(shop)
}
async function say(...products: readonly JsonObject[]): Promise<void> {
  await words.tell(shop, { products, source: 'api' })
  await settle()
}
async function does(
  user: string,
  name = 'Product Viewed',
  properties: JsonObject = { product_id: 'p' },
) {
  world.clock.advance(1_000)
  await worker.door.accept(shop, [
    did(world, { user, verified: true }, { name, body: { properties } }),
  ])
  await settle()
  world.clock.advance(1_000)
}
/** Lets news settle and be told, and answers who was told what. */
async function told(name: string) {
  world.clock.advance(11 * minuteMs)
  for (let turns = 0; turns < 20 && (await news.turn()); turns++) await settle()
  const rows = await world.db<{ user: string; body: string }[]>`
    select i.value as user, l.body from log l
    join identities i on i.shop = l.shop and i.customer = (l.ids::jsonb->>'customer')::bigint and i.kind = 'user'
    where l.shop = ${shop} and l.name = ${name} order by l.position`
  return rows.map(({ user, body }) => ({ user, ...(JSON.parse(body).properties as JsonObject) }))
}

test('who looked at a product hears that it got cheaper, once, and who bought it since does not', async () => {
  await does('kim')
  await does('lee', 'Product Added')
  await does('park')
  await does('park', 'Order Completed', {
    order_id: 'o1',
    products: [{ product_id: 'p', price: 1 }],
  })
  world.clock.advance(2 * dayMs)
  await say({ product_id: 'p', price: 8_000 })
  const first = await told('Price Dropped')
  expect(first.toSorted((a, b) => (a.user < b.user ? -1 : 1))).toMatchObject([
    {
      user: 'kim',
      product_id: 'p',
      name: '셔츠',
      price: 8_000,
      old_price: 10_000,
      percent: 20,
      because: 'viewed',
      days_since: 2,
    },
    { user: 'lee', because: 'carted' },
  ])
  await news.turn()
  expect(await told('Price Dropped')).toHaveLength(2)
})

test('a price that went up and came down again did not drop', async () => {
  await does('kim')
  world.clock.advance(dayMs)
  await say({ product_id: 'p', price: 15_000 })
  world.clock.advance(dayMs)
  await say({ product_id: 'p', price: 10_000 })
  expect(await told('Price Dropped')).toEqual([])
  await say({ product_id: 'p', price: 9_000 })
  expect(await told('Price Dropped')).toMatchObject([{ old_price: 10_000, percent: 10 }])
})

test('who saw it as cheap as it is now hears of no drop', async () => {
  await say({ product_id: 'p', price: 7_000 })
  world.clock.advance(dayMs)
  await does('early')
  world.clock.advance(dayMs)
  await say({ product_id: 'p', price: 12_000 })
  world.clock.advance(21 * dayMs)
  await does('late')
  await say({ product_id: 'p', price: 9_000 })
  expect(await told('Price Dropped')).toMatchObject([{ user: 'late', old_price: 12_000 }])
})

test('a slip that is corrected before anybody was told is told to nobody', async () => {
  await does('kim')
  await say({ product_id: 'p', price: 100 })
  world.clock.advance(5 * minuteMs)
  await say({ product_id: 'p', price: 10_000 })
  expect(await told('Price Dropped')).toEqual([])
})

test('a sale that begins by time alone is a drop, without a word from the shop', async () => {
  await does('kim')
  await say({ product_id: 'p', sale_price: 7_500, sale_from: world.clock.now() + hourMs })
  expect(await told('Price Dropped')).toEqual([])
  world.clock.advance(hourMs)
  await news.turn()
  await settle()
  expect(await told('Price Dropped')).toMatchObject([{ price: 7_500, percent: 25 }])
})

test('a product that can be had again: who asked is told that they asked, who looked is told too, and flutter is no news', async () => {
  await say({ product_id: 'p', stock: 0 })
  await does('kim')
  await does('asker', 'Back In Stock Requested')
  world.clock.advance(30 * minuteMs)
  await say({ product_id: 'p', stock: 3 })
  expect(await told('Back In Stock')).toEqual([])
  await say({ product_id: 'p', stock: 0 })
  world.clock.advance(2 * hourMs)
  await say({ product_id: 'p', stock: 4 })
  const first = await told('Back In Stock')
  expect(first).toHaveLength(2)
  expect(first).toContainEqual(
    expect.objectContaining({ user: 'asker', requested: true, stock: 4 }),
  )
  expect(first).toContainEqual(expect.objectContaining({ user: 'kim', requested: false }))
  // Out and back within the week: nobody is told again, but who asks anew.
  await say({ product_id: 'p', stock: 0 })
  await does('kim', 'Back In Stock Requested')
  world.clock.advance(2 * hourMs)
  await say({ product_id: 'p', stock: 9 })
  expect((await told('Back In Stock')).slice(2)).toMatchObject([{ user: 'kim', requested: true }])
})

test('very many lowered prices at once are told only after somebody says so', async () => {
  const ids = Array.from({ length: manyDrops + 1 }, (_, at) => `m${at}`)
  await say(...ids.map((id) => ({ product_id: id, name: id, price: 1_000 })))
  await does('kim', 'Product Viewed', { product_id: 'm3' })
  await say(...ids.map((id) => ({ product_id: id, price: 10 })))
  expect(await told('Price Dropped')).toEqual([])
  const room = catalog({ db: world.db })
  expect((await room.heldNews(shop)).held).toBe(manyDrops + 1)
  // Only the one that matters here is told in this test; the others have nobody.
  await world.db`delete from product_news where shop = ${shop} and product <> 'm3'`
  await room.settleHeld(shop, { tell: true, now: world.clock.now() })
  expect(await told('Price Dropped')).toMatchObject([
    { user: 'kim', product_id: 'm3', percent: 99 },
  ])
})
