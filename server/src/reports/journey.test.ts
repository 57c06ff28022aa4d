import { afterAll, beforeAll, expect, test } from 'vitest'
import { did, startWorker } from '../events/line-world.contract.ts'
import { openFacts } from '../facts/facts-world.contract.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs, hourMs } from '../lib/duration.ts'
import { seededRandom } from '../lib/random.ts'
import { orders } from '../orders/orders.service.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { readMoves, readPeople, readSizes } from './journey.store.ts'
import { columnsOf, flowsOf, movesDays, type StageSize } from './journey.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const order = (id: string) => ({
  order_id: id,
  revenue: 10_000,
  currency: 'KRW',
  products: [{ product_id: 'mug', price: 10_000, quantity: 1 }],
})

test('moves between stages are told from history, as if somebody had kept them', async () => {
  const shop = await insertShop(world.db)
  const worker = startWorker(world, { rooms: [orders().room] })
  const say = async (device: string, name: string, properties = {}) => {
    await worker.door.accept(shop, [
      did(world, { anonymous: device }, { name, body: { properties } }),
    ])
    await worker.line.drain(shop)
    world.clock.advance(1_000)
  }
  // Before the seven days: one who is considering, one who ordered.
  await say('thinks', 'Product Viewed')
  await say('bought', 'Product Viewed')
  await say('bought', 'Order Completed', order('o1'))
  world.clock.advance(8 * dayMs)
  await say('thinks', 'Products Searched')
  await say('thinks', 'Checkout Started')
  await say('bought', 'Page Viewed')
  await say('bought', 'Products Searched')
  world.clock.advance(3 * dayMs)
  await say('thinks', 'Order Completed', order('o2'))
  await say('new', 'Page Viewed')
  await say('new', 'Product Viewed')
  await say('new', 'Product Viewed')
  await say('new', 'Order Completed', order('o3'))
  await say('new', 'Order Completed', order('o4'))
  await worker.history.drain(shop)
  const moves = await readMoves(world.warehouse, shop as ShopId, world.clock.now() + hourMs)
  expect(
    flowsOf(moves)
      .map(({ from, to, moves: n }) => `${from}>${to} ${n}`)
      .sort(),
  ).toEqual([
    'bought>searched 1',
    'checkout>bought 1',
    'considered>bought 1',
    'considered>checkout 1',
    'null>visited 1',
    'visited>considered 1',
  ])
  expect(moves.every(({ day }) => day >= 0 && day < movesDays)).toBe(true)
  expect(new Set(moves.map(({ day }) => day)).size).toBe(2)
})

const ways = [
  'Page Viewed',
  'Products Searched',
  'Product Viewed',
  'Product Added',
  'Checkout Started',
]

test('what moved in and out of each stage is what its size changed by, as the line keeps the stage', async () => {
  const shop = await insertShop(world.db)
  const house = openFacts(world)
  const random = seededRandom('moves')
  const live = async (days: number, people: number) => {
    for (let step = 0; step < 60; step++) {
      world.clock.advance(Math.round((days * dayMs) / 60))
      const anonymous = `d${random.integer(people)}`
      const name = ways[random.integer(ways.length)] ?? 'Page Viewed'
      const happened = random.chance(0.2)
        ? did(
            world,
            { anonymous },
            { name: 'Order Completed', body: { properties: order(`r${days}-${step}`) } },
          )
        : did(world, { anonymous }, { name })
      await house.door.accept(shop, [happened])
      await house.line.drain(shop)
    }
    await house.settle(shop)
    return await readSizes(world.warehouse, shop, world.clock.now())
  }
  const before = await live(20, 12)
  const after = await live(movesDays, 20)
  const moves = await readMoves(world.warehouse, shop, world.clock.now())
  const sizeIn = (sizes: readonly StageSize[], stage: string) =>
    sizes.find((one) => one.stage === stage)?.people ?? 0
  expect(moves.length).toBeGreaterThan(8)
  for (const { stage, entered, left, people } of columnsOf(after, moves)) {
    expect(`${stage} ${entered - left}`).toBe(`${stage} ${people - sizeIn(before, stage)}`)
  }
})

test('who is marked as staff is in no stage, and moves through none', async () => {
  const shop = await insertShop(world.db)
  const house = openFacts(world)
  const see = async (device: string, office: boolean) => {
    const body = office ? { office: true } : {}
    await house.door.accept(shop, [
      did(world, { anonymous: device }, { name: 'Product Viewed', body }),
    ])
    await house.line.drain(shop)
    await house.settle(shop)
    const [row] = await world.db<{ internal: boolean }[]>`
      select internal from customers where shop = ${shop} order by id desc limit 1`
    return row?.internal
  }
  const told = async () => {
    const now = world.clock.now()
    const { warehouse } = world
    const page = { stage: 'considered', after: undefined, limit: 9 } as const
    return {
      sizes: await readSizes(warehouse, shop, now),
      moves: await readMoves(warehouse, shop, now + hourMs),
      people: (await readPeople(warehouse, shop, page)).length,
    }
  }
  expect(await see('customer', false)).toBe(false)
  const before = await told()
  expect(before).toMatchObject({ sizes: [{ stage: 'considered', people: 1 }], people: 1 })
  expect(await see('shop-floor', true)).toBe(true)
  expect(await told()).toEqual(before)
})
