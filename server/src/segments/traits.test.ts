import { afterAll, beforeAll, expect, test } from 'vitest'
import { did } from '../events/line-world.contract.ts'
import { dayMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
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

async function openShop() {
  const shop = await insertShop(world.db)
  const room = openSegments(world)
  const create = (where: Condition) =>
    room.segments.create(
      { shop, name: 'member:1' },
      { name: '특성', description: '', definition: defined(where) },
    )
  return {
    shop,
    room,
    create,
    /** Tells the shop's members about themselves. */
    told: async (members: Readonly<Record<string, JsonObject>>) => {
      await room.door.accept(
        shop,
        Object.entries(members).map(([user, traits]) =>
          did(
            world,
            { user, verified: true },
            { kind: 'identify', name: 'Identified', body: { traits } },
          ),
        ),
      )
      await room.line.drain(shop)
    },
    /** Members as the line keeps them, having seen that SQL counts the same. */
    agreed: async (id: number, where: Condition) => {
      await room.settle(shop)
      const members = await membersOf(world, shop, id)
      const position = await room.history.completeTo(shop)
      expect(await countedMembers(world, shop, { definition: defined(where), position })).toEqual(
        members,
      )
      return members.length
    },
  }
}

test('people enter and leave by what their list holds, in memory and in SQL alike', async () => {
  const { shop, room, create, told, agreed } = await openShop()
  const camping: Condition = {
    kind: 'trait',
    path: 'interests',
    is: { type: 'list', op: 'has-any', values: ['캠핑', '낚시'] },
  }
  const none: Condition = { ...camping, is: { ...camping.is, op: 'has-none' } as never }
  const { id } = await create(camping)
  const { id: without } = await create(none)
  await told({
    a: { interests: ['캠핑', '등산'] },
    b: { interests: ['등산'] },
    c: { interests: [] },
    d: { interests: '캠핑' },
  })
  expect(await agreed(id, camping)).toBe(1)
  expect(await agreed(without, none)).toBe(2)
  await told({
    a: { interests: ['등산'] },
    b: { interests: ['낚시', 3] },
    c: { interests: ['낚시'] },
  })
  expect(await agreed(id, camping)).toBe(2)
  expect(await agreed(without, none)).toBe(1)
  const { traits } = await room.segments.vocabulary(shop)
  expect(traits).toContainEqual(expect.objectContaining({ path: 'interests', type: 'list' }))
})

test('a birthday is entered and left at midnight in Seoul, with no event on that day', async () => {
  const { shop, room, create, told, agreed } = await openShop()
  const { clock } = world
  const today = new Date(clock.now() + 9 * 3_600_000)
  const born = new Date(Date.UTC(1990, today.getUTCMonth(), today.getUTCDate()) + 3 * dayMs)
  const soon: Condition = {
    kind: 'trait',
    path: 'birthday',
    is: {
      type: 'date',
      op: 'anniversary',
      inDays: { from: 0, to: 1 },
      zone: 'Asia/Seoul',
    },
  }
  const { id } = await create(soon)
  await room.settle(shop)
  await told({ a: { birthday: born.toISOString().slice(0, 10) }, b: { birthday: '생일' } })
  expect(await agreed(id, soon)).toBe(0)
  const midnight =
    Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate()) - 9 * 3_600_000
  clock.set(midnight + 2 * dayMs - 1)
  expect(await agreed(id, soon)).toBe(0)
  clock.advance(1)
  expect(await agreed(id, soon)).toBe(1)
  clock.set(midnight + 6 * dayMs)
  expect(await agreed(id, soon)).toBe(0)
  expect(await crossingsOf(world, shop, id)).toEqual([
    ['Entered Segment', midnight + 2 * dayMs],
    ['Left Segment', midnight + 4 * dayMs],
  ])
})

test('a random share is the same on the line and in SQL, and stays as more people come', async () => {
  const { shop, create, told, agreed } = await openShop()
  const half: Condition = { kind: 'random', seed: '가을 세일', from: 12.5, to: 62.5 }
  const { id } = await create(half)
  const people = (from: number, to: number) =>
    Object.fromEntries(Array.from({ length: to - from }, (_, n) => [`u${from + n}`, { n }]))
  await told(people(0, 60))
  expect(await agreed(id, half)).toBeGreaterThan(15)
  const before = await membersOf(world, shop, id)
  await told(people(40, 100))
  expect(await agreed(id, half)).toBeLessThan(75)
  expect(await membersOf(world, shop, id)).toEqual(expect.arrayContaining([...before]))
})
