import { afterAll, beforeAll, expect, test } from 'vitest'
import { did } from '../events/line-world.contract.ts'
import { dayMs } from '../lib/duration.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import type { Condition } from './definition.ts'
import type { SegmentUser } from './segment.ts'
import { defined, membersOf, openSegments } from './segments-world.contract.ts'
import { keepSegments } from './upkeep.jobs.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const viewed: Condition = {
  kind: 'event',
  event: 'Product Viewed',
  window: { kind: 'ever' },
  measure: { of: 'count', is: { op: '>=', value: 1 } },
}
const ordered: Condition = { ...viewed, event: 'Order Completed' }

async function openShop(users: readonly SegmentUser[] = []) {
  const shop = await insertShop(world.db)
  const room = openSegments(world, { users: async () => users })
  const actor = { shop, name: 'member:1' }
  const made = await room.segments.create(actor, {
    name: '본 고객',
    description: '',
    definition: defined(viewed),
  })
  return { shop, room, actor, id: made.id }
}
const page = { before: undefined, limit: 50 }

test('every change is kept with who made it, and each can be had back', async () => {
  const { shop, room, actor, id } = await openShop()
  const change = (name: string, where: Condition) =>
    room.segments.change({ shop, name: 'member:2' }, id, {
      name,
      description: '',
      definition: defined(where),
    })
  const { updatedAt } = await change('주문한 고객', ordered)
  world.clock.advance(1_000)
  // Another name is no other segment: nobody's time in it begins anew.
  expect(await change('주문해 본 고객', ordered)).toMatchObject({ updatedAt })
  const versions = await room.segments.versions(shop, { segment: id, ...page })
  expect(versions.map(({ number, actor, act, name }) => [number, actor, act, name])).toEqual([
    [3, 'member:2', 'changed', '주문해 본 고객'],
    [2, 'member:2', 'changed', '주문한 고객'],
    [1, 'member:1', 'created', '본 고객'],
  ])
  const back = await room.segments.restore(actor, { segment: id, number: 1 })
  expect(back).toMatchObject({ name: '본 고객', definition: defined(viewed), version: 3 })
  const [newest] = await room.segments.versions(shop, { segment: id, ...page })
  expect(newest).toMatchObject({ number: 4, act: 'restored', actor: 'member:1' })
  await expect(room.segments.restore(actor, { segment: id, number: 9 })).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('a duplicate is a segment of its own under a name that says so', async () => {
  const { shop, room, actor, id } = await openShop()
  const copy = await room.segments.duplicate(actor, { segment: id, name: undefined })
  expect(copy).toMatchObject({ name: '본 고객 사본', definition: defined(viewed) })
  expect(copy.id).not.toBe(id)
  const named = await room.segments.duplicate(actor, { segment: id, name: '다른 이름' })
  expect(named.name).toBe('다른 이름')
  expect(await room.segments.list(shop, page)).toHaveLength(3)
  expect(room.audited).toEqual(['segment.created', 'segment.duplicated', 'segment.duplicated'])
})

test('a segment that a campaign uses is not deleted, and the refusal names the campaign', async () => {
  const user = { kind: 'campaign', id: 4, name: '장바구니 알림' } as const
  const { shop, room, actor, id } = await openShop([user])
  expect(await room.segments.usersOf(shop, id)).toEqual([user])
  await expect(room.segments.remove(actor, id)).rejects.toThrow(
    "The segment '본 고객' is used by campaign 4 '장바구니 알림'.",
  )
  expect(await room.segments.get(shop, id)).toMatchObject({ id })
})

test('a deleted segment comes back with its versions and its members, for thirty days', async () => {
  const { db, clock } = world
  const { shop, room, actor, id } = await openShop()
  await room.door.accept(shop, [did(world, { anonymous: 'd1' })])
  await room.settle(shop)
  expect(await membersOf(world, shop, id)).toHaveLength(1)
  await room.segments.remove(actor, id)
  const [deleted] = await room.segments.deleted(shop)
  expect(deleted).toMatchObject({ id, name: '본 고객', goneAt: clock.now() + 30 * dayMs })
  await room.door.accept(shop, [did(world, { anonymous: 'd2' })])
  await room.settle(shop)
  const back = await room.segments.undelete(actor, id)
  await room.settle(shop)
  expect(await membersOf(world, shop, back.id)).toHaveLength(2)
  expect(await room.segments.deleted(shop)).toEqual([])
  const versions = await room.segments.versions(shop, { segment: back.id, ...page })
  expect(versions.map(({ act }) => act)).toEqual(['undeleted', 'created'])
  await expect(room.segments.undelete(actor, id)).rejects.toMatchObject({ code: 'not-found' })

  await room.segments.remove(actor, back.id)
  clock.advance(30 * dayMs + 1)
  expect(await keepSegments({ db, clock })).toBe(1)
  expect(await room.segments.deleted(shop)).toEqual([])
  expect(await db`select 1 from segment_versions where shop = ${shop}`).toEqual([])
})
