import { afterAll, beforeAll, expect, test } from 'vitest'
import { did } from '../events/line-world.contract.ts'
import { dayMs } from '../lib/duration.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import type { Condition } from './definition.ts'
import { defined, openSegments } from './segments-world.contract.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const within = (days: number, event = 'Product Viewed'): Condition => ({
  kind: 'event',
  event,
  window: { kind: 'rolling', span: { amount: days, unit: 'days' } },
  measure: { of: 'count', is: { op: '>=', value: 1 } },
})

async function openShop() {
  const shop = await insertShop(world.db)
  const room = openSegments(world)
  const actor = { shop, name: 'member:1' }
  const make = async (where: Condition) => {
    const input = { name: '이름', description: '', definition: defined(where) }
    const { id } = await room.segments.create(actor, input)
    await room.settle(shop)
    return id
  }
  const view = async (devices: readonly string[], name = 'Product Viewed') => {
    await room.door.accept(
      shop,
      devices.map((anonymous) => did(world, { anonymous }, { name })),
    )
    await room.settle(shop)
  }
  return { shop, room, actor, make, view }
}

test('members of each day are counted as they enter, leave, merge, are erased and built', async () => {
  const { clock, db } = world
  const { shop, room, actor, make, view } = await openShop()
  await view(['early'])
  const id = await make(within(2))
  const first = clock.now()
  await view(['a', 'b'])
  clock.advance(dayMs)
  await view(['b', 'c'])
  // Two devices sign in as one member: the survivor takes the place of both.
  const signsIn = (anonymous: string) =>
    did(world, { anonymous, user: 'kim', verified: true }, { kind: 'identify', name: 'Identified' })
  await room.door.accept(shop, [signsIn('b'), signsIn('c')])
  await room.settle(shop)
  clock.advance(dayMs)
  await room.settle(shop)
  const history = async () =>
    (await room.segments.history(shop, { segment: id, from: undefined, to: undefined })).days
  const now = async () =>
    (
      await db<{ n: number }[]>`
      select count(*) as n from memberships where shop = ${shop} and segment = ${id}`
    )[0]?.n
  expect((await history()).slice(-4)).toEqual([
    { day: '2026-02-28', members: 0, entered: 0, left: 0 },
    // The one from before, found by the backfill, and two more.
    { day: new Date(first).toISOString().slice(0, 10), members: 3, entered: 3, left: 0 },
    { day: '2026-03-02', members: 3, entered: 1, left: 1 },
    // "early" and "a" viewed two days ago.
    { day: '2026-03-03', members: 1, entered: 0, left: 2 },
  ])
  expect(await now()).toBe(1)
  const [row] = await db<{ customer: number }[]>`
    select customer from memberships where shop = ${shop} and segment = ${id}`
  await db.begin((tx) => room.segments.erase(tx, shop, [row?.customer ?? 0]))
  expect((await history()).at(-1)).toMatchObject({ members: 0, left: 3 })
  await expect(
    room.segments.history(shop, { segment: id, from: '2020-01-01', to: undefined }),
  ).rejects.toMatchObject({ code: 'invalid', field: 'from' })
  await room.segments.remove(actor, id)
  const sums = await db`
    select sum(entered) - sum(gone) as left from segment_sizes where shop = ${shop}`
  expect(sums).toEqual([{ left: '0' }])
})

test('segments laid over each other: each, every intersection and all together', async () => {
  const { shop, room, make, view } = await openShop()
  const viewers = await make(within(2))
  const searchers = await make(within(2, 'Products Searched'))
  const buyers = await make(within(2, 'Order Completed'))
  await view(['a', 'b', 'c'])
  await view(['b', 'c', 'd'], 'Products Searched')
  await view(['c'], 'Order Completed')
  expect(await room.segments.overlap(shop, [viewers, searchers, buyers])).toEqual({
    segments: [
      { id: viewers, name: '이름', members: 3, alone: 1 },
      { id: searchers, name: '이름', members: 3, alone: 1 },
      { id: buyers, name: '이름', members: 1, alone: 0 },
    ],
    intersections: [
      { segments: [viewers, searchers], members: 2 },
      { segments: [viewers, buyers], members: 1 },
      { segments: [searchers, buyers], members: 1 },
      { segments: [viewers, searchers, buyers], members: 1 },
    ],
    together: 4,
  })
  await expect(room.segments.overlap(shop, [viewers, viewers])).rejects.toMatchObject({
    code: 'invalid',
  })
})
