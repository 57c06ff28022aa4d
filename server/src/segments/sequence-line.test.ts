import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { did } from '../events/line-world.contract.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import type { Condition } from './definition.ts'
import { sequenceItemsLimit } from './limits.ts'
import {
  countedMembers,
  crossingsOf,
  defined,
  membersOf,
  openSegments,
} from './segments-world.contract.ts'

// A busy machine may need longer; alone a test takes a second.
vi.setConfig({ testTimeout: 60_000 })
let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const searchedAndLeft: Condition = {
  kind: 'sequence',
  steps: [
    { event: 'Products Searched' },
    { event: 'Product Viewed', within: { amount: 1, unit: 'hours' } },
  ],
  not: { event: 'Order Completed', within: { amount: 24, unit: 'hours' } },
  window: { kind: 'rolling', span: { amount: 7, unit: 'days' } },
}

async function openShop(where: Condition) {
  const shop = await insertShop(world.db)
  const room = openSegments(world)
  const { id } = await room.segments.create(
    { shop, name: 'member:1' },
    { name: '찾아보고 사지 않은 고객', description: '', definition: defined(where) },
  )
  await room.settle(shop)
  return { shop, room, id }
}

type Act = { readonly name: string; readonly at?: number; readonly product?: string }
async function act(
  { shop, room }: { readonly shop: ShopId; readonly room: ReturnType<typeof openSegments> },
  acts: readonly Act[],
): Promise<void> {
  await room.door.accept(
    shop,
    acts.map(({ name, at = world.clock.now(), product }) =>
      did(
        world,
        { anonymous: 'd1' },
        { name, at, body: product ? { properties: { product_id: product } } : {} },
      ),
    ),
  )
  await room.line.drain(shop)
}

test('searched, viewed and did not order: in at the very millisecond the day has passed, out when the week has', async () => {
  const { clock } = world
  const { shop, room, id } = await openShop(searchedAndLeft)
  await act({ shop, room }, [{ name: 'Products Searched' }])
  clock.advance(hourMs)
  const viewed = clock.now()
  await act({ shop, room }, [{ name: 'Product Viewed' }])
  clock.set(viewed + dayMs - 1)
  await room.line.drain(shop)
  expect(await membersOf(world, shop, id)).toEqual([])
  clock.set(viewed + dayMs)
  await room.line.drain(shop)
  expect(await membersOf(world, shop, id)).toHaveLength(1)
  clock.set(viewed + 9 * dayMs)
  await room.line.drain(shop)
  expect(await crossingsOf(world, shop, id)).toEqual([
    ['Entered Segment', viewed + dayMs],
    ['Left Segment', viewed + 7 * dayMs],
  ])
})

test('an order within the day keeps the customer out, and one that arrives late takes them out again', async () => {
  const { clock } = world
  const { shop, room, id } = await openShop(searchedAndLeft)
  const start = clock.now()
  await act({ shop, room }, [{ name: 'Products Searched' }, { name: 'Product Viewed' }])
  clock.set(start + dayMs)
  await room.line.drain(shop)
  expect(await membersOf(world, shop, id)).toHaveLength(1)
  clock.advance(hourMs)
  await act({ shop, room }, [{ name: 'Order Completed', at: start + dayMs + 1 }])
  expect(await membersOf(world, shop, id)).toHaveLength(1)
  await act({ shop, room }, [{ name: 'Order Completed', at: start + dayMs }])
  expect(await membersOf(world, shop, id)).toEqual([])
  await act({ shop, room }, [{ name: 'Products Searched' }, { name: 'Product Viewed' }])
  await act({ shop, room }, [{ name: 'Order Completed' }])
  clock.advance(2 * dayMs)
  await room.settle(shop)
  expect(await membersOf(world, shop, id)).toEqual([])
})

test('of one product: putting another one into the cart is no step, and an order of it takes nothing back', async () => {
  const { clock } = world
  const { shop, room, id } = await openShop({
    kind: 'sequence',
    sameProduct: true,
    steps: [
      { event: 'Product Viewed' },
      { event: 'Product Added', within: { amount: 1, unit: 'days' } },
    ],
    not: { event: 'Order Completed', within: { amount: 2, unit: 'hours' } },
    window: { kind: 'rolling', span: { amount: 30, unit: 'days' } },
  })
  await act({ shop, room }, [
    { name: 'Product Viewed', product: 'p1' },
    { name: 'Product Added', product: 'p2' },
  ])
  clock.advance(2 * hourMs)
  await room.line.drain(shop)
  expect(await membersOf(world, shop, id)).toEqual([])
  await act({ shop, room }, [
    { name: 'Product Added', product: 'p1' },
    { name: 'Order Completed', product: 'p2' },
  ])
  clock.advance(2 * hourMs)
  await room.line.drain(shop)
  expect(await membersOf(world, shop, id)).toHaveLength(1)
})

test('a sequence made today finds who went through it before, and a person beyond the limit is read from history', async () => {
  const { clock } = world
  const shop = await insertShop(world.db)
  const room = openSegments(world)
  const browsed = Array.from({ length: sequenceItemsLimit + 200 }, (_, index) => ({
    name: index === 0 ? 'Products Searched' : 'Product Viewed',
    at: clock.now() - 40 * minuteMs + index * 1_000,
  }))
  for (let from = 0; from < browsed.length; from += 400)
    await act({ shop, room }, browsed.slice(from, from + 400))
  const { id } = await room.segments.create(
    { shop, name: 'member:1' },
    { name: '찾아본 고객', description: '', definition: defined(searchedAndLeft) },
  )
  await room.settle(shop)
  clock.advance(dayMs)
  await room.settle(shop)
  expect(await membersOf(world, shop, id)).toHaveLength(1)
  const position = await room.history.completeTo(shop)
  const definition = defined(searchedAndLeft)
  expect(await countedMembers(world, shop, { definition, position })).toEqual(
    await membersOf(world, shop, id),
  )
  clock.advance(7 * dayMs)
  await room.settle(shop)
  expect(await membersOf(world, shop, id)).toEqual([])
})
