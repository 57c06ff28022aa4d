import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Happening } from '../events/happening.ts'
import { did } from '../events/line-world.contract.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { openFacts } from './facts-world.contract.ts'

let world: TestWorld
let shop: ShopId
let facts: ReturnType<typeof openFacts>

beforeAll(async () => {
  world = await openTestWorld()
  shop = await insertShop(world.db)
  facts = openFacts(world)
})
afterAll(() => world.close())

let people = 0
/** A person of their own for one test: events by name, and what is known of them. */
function person(prefix = 'visitor') {
  const anonymous = `${prefix}-${++people}`
  const track = (name: string, properties: JsonObject = {}, more: Partial<Happening> = {}) =>
    did(world, { anonymous, verified: true }, { name, body: { properties }, ...more })
  return {
    anonymous,
    track,
    does: (...happenings: readonly Happening[]) => facts.happen(shop, happenings),
    known: () => facts.known(shop, anonymous),
  }
}

test('what a visitor does becomes facts, the same in memory and in the mirror', async () => {
  const kim = person()
  const at = new Date(world.clock.now()).toISOString()
  await kim.does(
    kim.track(
      'Page Viewed',
      {},
      {
        body: {
          properties: { url: 'https://shop.example/?utm_source=Kakao&utm_campaign=spring' },
          context: { campaign: { source: 'kakao', medium: 'social', name: 'spring' } },
        },
      },
    ),
    kim.track('Products Searched', { query: '  Winter 코트 ' }),
    kim.track('Product Added', { product_id: 'mug', price: 12000, quantity: 2, category: '주방' }),
  )
  expect(await kim.known()).toMatchObject({
    member: { state: 'anonymous' },
    stage: { now: 'considered', since: at },
    cart: { items: 1, value: 24000, products: ['mug'], categories: ['주방'], source: 'events' },
    orders: { count: 0, revenue: 0 },
    visits: { count: 1, last_at: at },
    search: { last: 'winter 코트' },
    inflow: { first: { source: 'kakao', medium: 'social', campaign: 'spring', landing: '/' } },
    reach: { email: false },
  })
  await facts.mirrorAgrees(shop, kim.anonymous)
})

test('an order counts as the room of orders has it, refund and all', async () => {
  const lee = person()
  await lee.does(
    lee.track('Product Added', { product_id: 'tea', price: 5000 }),
    lee.track('Order Completed', {
      order_id: 'o-lee-1',
      currency: 'KRW',
      products: [
        { product_id: 'tea', price: 5000, quantity: 2, category: '차', brand: '하동' },
        { product_id: 'cup', price: 20000, quantity: 1, category: '주방', variant: '흰색' },
      ],
    }),
  )
  expect(await lee.known()).toMatchObject({
    stage: { now: 'bought' },
    cart: { items: 0 },
    orders: { count: 1, revenue: 30000, average: 30000, first_products: ['tea', 'cup'] },
    favorite: {},
  })
  world.clock.advance(hourMs)
  await lee.does(
    lee.track('Order Refunded', {
      order_id: 'o-lee-1',
      products: [{ product_id: 'cup', quantity: 1 }],
    }),
    lee.track('Order Completed', {
      order_id: 'o-lee-2',
      products: [{ product_id: 'tea', price: 5000, quantity: 1, category: '차', brand: '하동' }],
    }),
  )
  expect(await lee.known()).toMatchObject({
    orders: { count: 2, revenue: 15000, average: 7500, products: ['tea'], categories: ['차'] },
    favorite: { category: '차', brand: '하동', price_band: '5000-10000' },
  })
  await lee.does(lee.track('Order Cancelled', { order_id: 'o-lee-2' }))
  const after = await lee.known()
  expect(after).toMatchObject({ orders: { count: 1, revenue: 10000 } })
  expect(after.favorite).toEqual({})
  await facts.mirrorAgrees(shop, lee.anonymous)
})

test('a favourite leaves at the instant its order is 365 days old', async () => {
  const han = person()
  const order = (id: string) =>
    han.track('Order Completed', {
      order_id: id,
      products: [{ product_id: id, price: 1000, quantity: 1, category: id }],
    })
  const first = world.clock.now()
  await han.does(order('han-a'))
  world.clock.advance(10 * dayMs)
  await han.does(order('han-b'))
  expect(await han.known()).toMatchObject({ favorite: { category: 'han-b' } })
  world.clock.advance(first + 365 * dayMs - 1 - world.clock.now())
  await facts.settle(shop)
  expect(await han.known()).toMatchObject({ favorite: { category: 'han-b' } })
  world.clock.advance(1)
  await facts.settle(shop)
  expect((await han.known()).favorite).toEqual({})
  await facts.mirrorAgrees(shop, han.anonymous)
})

test('who holds a product learns that it got cheaper and that it sold out', async () => {
  const [ahn, seo] = [person(), person()]
  const product = (properties: JsonObject) =>
    did(
      world,
      {},
      {
        kind: 'product',
        name: 'Product Updated',
        body: { properties: { product_id: 'lamp', name: '등', ...properties } },
      },
    )
  await facts.happen(shop, [product({ price: 50000, stock: 3, category: '조명' })])
  await ahn.does(ahn.track('Product Added', { product_id: 'lamp', price: 50000 }))
  await seo.does(seo.track('Product Added', { product_id: 'sofa', price: 90000 }))
  expect(await ahn.known()).toMatchObject({
    cart: { categories: ['조명'], price_dropped: false, sold_out: false },
  })
  const seen = await facts.revision(shop, seo.anonymous)
  await facts.happen(shop, [product({ price: 45000 })])
  expect(await ahn.known()).toMatchObject({ cart: { price_dropped: true, sold_out: false } })
  await facts.happen(shop, [product({ stock: 0 })])
  expect(await ahn.known()).toMatchObject({ cart: { price_dropped: true, sold_out: true } })
  await facts.mirrorAgrees(shop, ahn.anonymous)
  await facts.happen(shop, [product({ price: 60000, stock: 9 })])
  expect(await ahn.known()).toMatchObject({ cart: { price_dropped: false, sold_out: false } })
  expect(await facts.revision(shop, seo.anonymous)).toBe(seen)
})

test("a page's word about a price is a claim and makes nothing cheaper", async () => {
  const [noh, page] = [person(), person()]
  await noh.does(noh.track('Product Added', { product_id: 'desk', price: 70000 }))
  await page.does(page.track('Product Viewed', { product_id: 'desk', name: '책상', price: 10 }))
  expect(await noh.known()).toMatchObject({ cart: { price_dropped: false } })
})

test('two people who turn out to be one keep what both did', async () => {
  const guest = person('guest')
  const user = `user-${people}`
  const member = (name: string, properties: JsonObject = {}) =>
    did(world, { user, verified: true }, { name, body: { properties } })
  await facts.happen(shop, [
    member('Product Added', { product_id: 'a', price: 1000 }),
    member('Order Completed', { order_id: `m-${user}`, products: [{ product_id: 'x', price: 9 }] }),
  ])
  world.clock.advance(minuteMs)
  await guest.does(
    guest.track('Product Added', { product_id: 'b', price: 2000 }),
    guest.track('Order Completed', {
      order_id: `g-${user}`,
      products: [{ product_id: 'y', price: 7 }],
    }),
    guest.track('Products Searched', { query: '모자' }, { at: world.clock.now() + 1 }),
  )
  await facts.happen(shop, [
    did(world, { user, anonymous: guest.anonymous, verified: true }, { name: 'Signed In' }),
  ])
  expect(await guest.known()).toMatchObject({
    member: { state: 'member' },
    stage: { now: 'searched' },
    orders: { count: 2, revenue: 16 },
    search: { last: '모자' },
  })
  await facts.mirrorAgrees(shop, guest.anonymous)
})

test('a late event takes its place in time', async () => {
  const oh = person()
  await oh.does(oh.track('Products Searched', { query: 'now' }))
  const before = world.clock.now() - hourMs
  await oh.does(oh.track('Products Searched', { query: 'before' }, { at: before }))
  expect(await oh.known()).toMatchObject({
    search: { last: 'now' },
    stage: { now: 'searched', since: new Date(before).toISOString() },
  })
})

test('consent and a good address make a person reachable, an opt-out of a shared address nobody', async () => {
  const [jin, sister] = [person(), person()]
  const key = facts.email('jin@example.com')
  const consented = (anonymous: string, kind: string) =>
    did(
      world,
      { anonymous, verified: true },
      {
        kind: 'consent',
        name: 'Consent Changed',
        body: { properties: { channel: 'email', kind, scope: 'ad_day', source: 'api' } },
      },
    )
  for (const one of [jin, sister]) {
    await facts.happen(shop, [
      did(
        world,
        { anonymous: one.anonymous, email: key, verified: true },
        {
          kind: 'identify',
          name: 'Identified',
          body: { traits: {} },
        },
      ),
      consented(one.anonymous, 'grant'),
    ])
    expect(await one.known()).toMatchObject({
      reach: { email: true, sms: false },
      consent: { email: { ad_day: true, ad_night: false } },
    })
  }
  await facts.happen(shop, [consented(jin.anonymous, 'withdraw')])
  expect(await jin.known()).toMatchObject({
    reach: { email: false },
    consent: { email: { ad_day: false } },
  })
  expect(await sister.known()).toMatchObject({
    reach: { email: false },
    consent: { email: { ad_day: true } },
  })
  await facts.mirrorAgrees(shop, sister.anonymous)
})

test('lists and nightly scores come as edits', async () => {
  const min = person()
  await min.does(min.track('Page Viewed'))
  const customer = await facts.customer(shop, min.anonymous)
  const edit = (name: string, properties: JsonObject) =>
    did(world, { customer, verified: true }, { kind: 'edit', name, body: { properties } })
  await facts.happen(shop, [
    edit('List Changed', { list: 7, change: 'added' }),
    edit('List Changed', { list: 8, change: 'added' }),
    edit('List Changed', { list: 7, change: 'removed' }),
    edit('Facts Written', {
      facts: { 'rfm.cell': '5-4-5', 'rfm.at': '2026-03-01T18:00:00.000Z', 'cart.items': 99 },
    }),
  ])
  expect(await min.known()).toMatchObject({
    lists: ['8'],
    rfm: { cell: '5-4-5', at: '2026-03-01T18:00:00.000Z' },
    cart: { items: 0 },
  })
  await facts.mirrorAgrees(shop, min.anonymous)
})

test('an erased person has no facts left anywhere', async () => {
  const gone = person()
  await gone.does(gone.track('Product Added', { product_id: 'mug', price: 1 }))
  const customer = await facts.customer(shop, gone.anonymous)
  await facts.happen(shop, [
    did(
      world,
      { customer, verified: true },
      {
        kind: 'edit',
        name: 'Customer Erased',
        body: { properties: {} },
      },
    ),
  ])
  const rows =
    await world.db`select 1 from cart_lines where shop = ${shop} and customer = ${customer}`
  expect(rows).toHaveLength(0)
  expect(await facts.mirrored(shop, customer)).toMatchObject({ fact_numbers: {}, fact_texts: {} })
})

test('people who were there before the room are built from history, once, and end as if it had always been there', async () => {
  const before = await insertShop(world.db)
  const [yoo, moon] = ['yoo', 'moon']
  const did_ = (anonymous: string, name: string, properties: JsonObject = {}) =>
    did(world, { anonymous, verified: true }, { name, body: { properties } })
  await facts.happen(before, [
    did_(yoo, 'Products Searched', { query: '차' }),
    did_(yoo, 'Product Added', { product_id: 'p1', price: 300 }),
    did_(yoo, 'Product Added', { product_id: 'p2', price: 400 }),
    did_(yoo, 'Order Completed', {
      order_id: 'yoo-1',
      products: [{ product_id: 'p1', price: 300, quantity: 1, category: '차' }],
    }),
    did_(moon, 'Page Viewed'),
  ])
  world.clock.advance(minuteMs)
  await facts.happen(before, [did_(yoo, 'Product Viewed', { product_id: 'p9' })])
  const always = await facts.known(before, yoo)
  const revision = await facts.revision(before, yoo)
  await world.db`update customer_state set sections = '{}' where shop = ${before}`
  await world.db`delete from cart_lines where shop = ${before}`
  expect(await facts.known(before, yoo)).not.toEqual(always)

  for (let round = 0; round < 3; round++) {
    await facts.build.drain(before)
    await facts.settle(before)
  }
  expect(await facts.known(before, yoo)).toEqual(always)
  expect(await facts.revision(before, yoo)).toBeGreaterThan(0)
  expect(revision).toBeGreaterThan(0)
  await facts.mirrorAgrees(before, yoo)
  await facts.mirrorAgrees(before, moon)
  const held = await world.db`select product from cart_lines where shop = ${before}`
  expect(held.map((row) => row.product)).toEqual(['p2'])
  expect(await facts.build.step(before)).toBe('idle')
})

test('a crowd who hold a product is called bit by bit, and all of it', async () => {
  const crowded = await insertShop(world.db)
  const product = (stock: number) =>
    did(
      world,
      {},
      {
        kind: 'product',
        name: 'Product Updated',
        body: { properties: { product_id: 'hit', name: '인기', price: 10, stock } },
      },
    )
  await facts.happen(crowded, [product(5)])
  const crowd = Array.from({ length: 1_050 }, (_, index) =>
    did(
      world,
      { anonymous: `c${index}`, verified: true },
      {
        name: 'Product Added',
        body: { properties: { product_id: 'hit', price: 10 } },
      },
    ),
  )
  await facts.happen(crowded, crowd)
  await facts.happen(crowded, [product(0)])
  await facts.build.drain(crowded)
  await facts.settle(crowded)
  const [left] = await world.db<{ count: number }[]>`
    select count(*) filter (where not sold_out)::int as count from cart_lines where shop = ${crowded}`
  expect(left?.count).toBe(0)
  expect(await facts.known(crowded, 'c1049')).toMatchObject({ cart: { sold_out: true } })
})
