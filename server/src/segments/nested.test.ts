import { afterAll, beforeAll, expect, test } from 'vitest'
import { did } from '../events/line-world.contract.ts'
import { dayMs } from '../lib/duration.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import type { Condition } from './definition.ts'
import {
  countedMembers,
  crossingsOf,
  defined,
  membersOf,
  openSegments,
} from './segments-world.contract.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const viewed = (times: number): Condition => ({
  kind: 'event',
  event: 'Product Viewed',
  window: { kind: 'rolling', span: { amount: 1, unit: 'days' } },
  measure: { of: 'count', is: { op: '>=', value: times } },
})
const inSegment = (segment: number): Condition => ({ kind: 'segment', segment })
const nobodyIn = (segment: number): Condition => ({ kind: 'not', of: inSegment(segment) })

async function openShop() {
  const shop = await insertShop(world.db)
  const room = openSegments(world)
  const owner = { shop, name: 'member:1' }
  const input = (name: string, where: Condition) => ({
    name,
    description: '',
    definition: defined(where),
  })
  return {
    shop,
    room,
    create: (name: string, where: Condition) => room.segments.create(owner, input(name, where)),
    change: (id: number, name: string, where: Condition) =>
      room.segments.change(owner, id, input(name, where)),
    remove: (id: number) => room.segments.remove(owner, id),
    views: async (...devices: readonly string[]) => {
      await room.door.accept(
        shop,
        devices.map((anonymous) => did(world, { anonymous }, { name: 'Product Viewed' })),
      )
      await room.line.drain(shop)
    },
  }
}

test('whoever enters or leaves a segment enters or leaves those that ask for it, at the same instant', async () => {
  const { shop, room, create, views } = await openShop()
  const { id: keen } = await create('열심히 보는 고객', viewed(2))
  const { id: both } = await create('그중에서', {
    kind: 'all',
    of: [inSegment(keen), { kind: 'member', is: 'anonymous' }],
  })
  const { id: rest } = await create('나머지', nobodyIn(both))
  await room.settle(shop)
  const first = world.clock.now()
  await views('d1', 'd1', 'd2')
  expect(await membersOf(world, shop, both)).toEqual(await membersOf(world, shop, keen))
  expect(await membersOf(world, shop, both)).toHaveLength(1)
  expect(await membersOf(world, shop, rest)).toHaveLength(1)
  world.clock.set(first + dayMs)
  await room.line.drain(shop)
  expect((await crossingsOf(world, shop, both)).at(-1)).toEqual(['Left Segment', first + dayMs])
  expect((await crossingsOf(world, shop, rest)).at(-1)).toEqual(['Entered Segment', first + dayMs])
  await room.settle(shop)
  const position = await room.history.completeTo(shop)
  expect(await membersOf(world, shop, rest)).toEqual(
    await countedMembers(world, shop, { definition: defined(nobodyIn(both)), position }),
  )
  const { count } = await room.segments.preview(shop, defined(inSegment(rest)))
  expect(count).toBe(2)
})

test('a changed segment changes those that ask for it, built anew with it', async () => {
  const { shop, room, create, change, views } = await openShop()
  const { id: keen } = await create('보는 고객', viewed(1))
  const { id: user } = await create('쓰는 세그먼트', inSegment(keen))
  const { id: through } = await create('거쳐 쓰는 세그먼트', { kind: 'not', of: nobodyIn(user) })
  const { id: other } = await create('다른 세그먼트', viewed(3))
  await room.settle(shop)
  await views('d1', 'd1', 'd2')
  expect(await membersOf(world, shop, through)).toHaveLength(2)
  await change(keen, '두 번 보는 고객', viewed(2))
  const states = async () =>
    (await room.segments.list(shop, { before: undefined, limit: 10 })).map(({ id, state }) => [
      id,
      state,
    ])
  expect(await states()).toEqual([
    [other, 'live'],
    [through, 'building'],
    [user, 'building'],
    [keen, 'building'],
  ])
  await room.settle(shop)
  expect(await membersOf(world, shop, keen)).toHaveLength(1)
  expect(await membersOf(world, shop, user)).toEqual(await membersOf(world, shop, keen))
  expect(await membersOf(world, shop, through)).toEqual(await membersOf(world, shop, keen))
})

test('a new name changes nothing in those that ask for the segment', async () => {
  const { shop, room, create, change } = await openShop()
  const { id: keen } = await create('보는 고객', viewed(1))
  await create('쓰는 세그먼트', inSegment(keen))
  await room.settle(shop)
  await change(keen, '다른 이름', viewed(1))
  expect(
    (await room.segments.list(shop, { before: undefined, limit: 10 })).map(({ state }) => state),
  ).toEqual(['live', 'live'])
})

test('segments that would contain each other, or one that is gone, are refused', async () => {
  const { shop, room, create, change } = await openShop()
  const { id: keen } = await create('A', viewed(1))
  const { id: user } = await create('B', inSegment(keen))
  await expect(change(keen, 'A', nobodyIn(user))).rejects.toThrow("'A' → 'B' → 'A'")
  await expect(change(keen, 'A', inSegment(keen))).rejects.toThrow("'A' → 'A'")
  await expect(create('C', inSegment(999))).rejects.toThrow('there is no segment 999')
  await expect(room.segments.preview(shop, defined(inSegment(999)))).rejects.toThrow(
    'there is no segment 999',
  )
  // A segment of another shop is not there.
  const stranger = await openShop()
  await expect(stranger.create('X', inSegment(keen))).rejects.toThrow(`no segment ${keen}`)
})

test('a change that would make a segment that asks for it too large is refused, naming that one', async () => {
  const { create, change } = await openShop()
  const many = (count: number): Condition => ({
    kind: 'any',
    of: Array.from({ length: count }, () => viewed(1)),
  })
  const { id: inner } = await create('작은 세그먼트', many(5))
  await create('큰 세그먼트', {
    kind: 'all',
    of: [inSegment(inner), inSegment(inner), inSegment(inner), many(20)],
  })
  await expect(change(inner, '작은 세그먼트', many(20))).rejects.toThrow(
    "The segment '큰 세그먼트' asks for this one, and then definition.where: with the segments it names in their place, it has 80 conditions",
  )
})

test('a segment that others ask for is not deleted, and they are named', async () => {
  const { room, shop, create, remove } = await openShop()
  const { id: keen } = await create('보는 고객', viewed(1))
  const { id: user } = await create('쓰는 세그먼트', inSegment(keen))
  await room.settle(shop)
  await expect(remove(keen)).rejects.toThrow("'쓰는 세그먼트'")
  expect(await room.segments.get(shop, keen)).toMatchObject({ state: 'live' })
  await remove(user)
  await remove(keen)
  expect(await room.segments.list(shop, { before: undefined, limit: 10 })).toEqual([])
})
