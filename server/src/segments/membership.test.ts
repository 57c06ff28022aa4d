import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tx } from '../database/connection.store.ts'
import { did } from '../events/line-world.contract.ts'
import type { LineRoom, RoomTurn } from '../events/turn.ts'
import type { CustomerId, SegmentId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import type { Condition } from './definition.ts'
import { explainedParts } from './explain.ts'
import { defined, openSegments } from './segments-world.contract.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const viewedTwice: Condition = {
  kind: 'event',
  event: 'Product Viewed',
  window: { kind: 'rolling', span: { amount: 1, unit: 'days' } },
  measure: { of: 'count', is: { op: '>=', value: 2 } },
}
const quiet: Condition = {
  kind: 'event',
  event: 'Product Viewed',
  window: { kind: 'ever' },
  measure: { of: 'last', is: { op: 'at-least-ago', span: { amount: 1, unit: 'days' } } },
}

const idle: RoomTurn<Tx> = {
  nextDue: () => Infinity,
  fire: () => {},
  apply: () => {},
  discard: () => {},
  close: async () => {},
}

async function openShop(where: Condition) {
  const shop = await insertShop(world.db)
  const room = openSegments(world)
  const view = async (anonymous: string, times: number) => {
    await room.door.accept(
      shop,
      Array.from({ length: times }, () => did(world, { anonymous })),
    )
    await room.settle(shop)
  }
  const make = () =>
    room.segments.create(
      { shop, name: 'member:1' },
      { name: '자주 보는 고객', description: '', definition: defined(where) },
    )
  const idOf = async (anonymous: string): Promise<number> => {
    const [row] = await world.db<{ customer: number }[]>`
      select customer from identities where shop = ${shop} and value = ${anonymous}`
    return row?.customer ?? 0
  }
  return { shop, room, view, make, idOf }
}

test('who entered by an event is told which one, since when and what stands behind it', async () => {
  const { shop, room, view, make, idOf } = await openShop(viewedTwice)
  const { id } = await make()
  await room.settle(shop)
  await view('d1', 1)
  world.clock.advance(60_000)
  const second = world.clock.now()
  await view('d1', 1)
  const customer = await idOf('d1')
  const answer = await room.segments.membership(shop, { segment: id, customer })
  expect(answer).toMatchObject({
    customer,
    member: true,
    since: second,
    cause: { kind: 'event', name: 'Product Viewed', at: second },
    why: { holds: true, found: { kind: 'count', count: 2, lastAt: second } },
  })
  // A day after the first of the two views only one is left.
  expect(answer.why.nextFlipAt).toBe(second - 60_000 + dayMs)
  expect(await room.segments.segmentsOf(shop, customer)).toMatchObject([
    { segment: id, name: '자주 보는 고객', entered_at: second },
  ])
})

test('a room that opens beside segments of a worker that knows none of them yet hears who is a member', async () => {
  const { shop, room, view, make, idOf } = await openShop(viewedTwice)
  const { id } = await make()
  await room.settle(shop)
  await view('d1', 2)
  const customer = (await idOf('d1')) as CustomerId
  const heard: boolean[] = []
  // It has opened before segments have read a single definition.
  const asking: LineRoom<Tx> = {
    name: 'asking',
    open: async (_, turn) => {
      const members = fresh.segments.inTurn(turn)
      return { ...idle, apply: () => void heard.push(members.isMember(customer, id as SegmentId)) }
    },
  }
  await world.db`update lanes set until = 0 where shop = ${shop}`
  const fresh = openSegments(world, { more: [asking] })
  await fresh.door.accept(shop, [did(world, { anonymous: 'd1' })])
  await fresh.line.drain(shop)
  expect(heard).toContain(true)
  expect(heard).not.toContain(false)
})

test('the event that brought somebody in is found in history when the log no longer holds it', async () => {
  const { shop, room, view, make, idOf } = await openShop(viewedTwice)
  const { id } = await make()
  await room.settle(shop)
  await view('d1', 2)
  await world.db`delete from log where shop = ${shop}`
  const customer = await idOf('d1')
  expect(await room.segments.membership(shop, { segment: id, customer })).toMatchObject({
    cause: { kind: 'event', name: 'Product Viewed', at: world.clock.now() },
  })
})

test('time passing and the backfill are causes too, and who is not in is told why not', async () => {
  const { shop, room, view, make, idOf } = await openShop(quiet)
  await view('before', 1)
  world.clock.advance(2 * dayMs)
  const { id } = await make()
  await room.settle(shop)
  await view('later', 1)
  const before = await idOf('before')
  const later = await idOf('later')
  expect(await room.segments.membership(shop, { segment: id, customer: before })).toMatchObject({
    member: true,
    cause: { kind: 'backfill' },
  })
  const out = await room.segments.membership(shop, { segment: id, customer: later })
  expect(out).toMatchObject({ member: false, since: null, cause: null, why: { holds: false } })
  expect(out.why.nextFlipAt).toBe(world.clock.now() + dayMs)
  world.clock.advance(dayMs)
  await room.settle(shop)
  expect(await room.segments.membership(shop, { segment: id, customer: later })).toMatchObject({
    member: true,
    cause: { kind: 'time' },
  })
  await expect(
    room.segments.membership(shop, { segment: id, customer: 9_999 }),
  ).rejects.toMatchObject({ code: 'not-found' })
})

test('a segment that is not built yet explains people from history', async () => {
  const { shop, room, view, make, idOf } = await openShop(viewedTwice)
  await view('d1', 3)
  const { id } = await make()
  const customer = await idOf('d1')
  const answer = await room.segments.membership(shop, { segment: id, customer })
  expect(answer).toMatchObject({ member: false, why: { holds: true, found: { count: 3 } } })
})

test('a preview says why each of its five people is in, and how many have signed up', async () => {
  const { shop, room, view } = await openShop(viewedTwice)
  for (const device of ['d1', 'd2', 'd3', 'd4', 'd5', 'd6']) await view(device, 2)
  await room.door.accept(shop, [
    did(
      world,
      { anonymous: 'd1', user: 'u1', verified: true },
      { kind: 'identify', name: 'Identified', body: { traits: { name: '김하늘' } } },
    ),
  ])
  await room.settle(shop)
  const answer = await room.segments.preview(shop, defined(viewedTwice))
  expect(answer).toMatchObject({ count: 6, signedUp: 1, anonymous: 5 })
  expect(answer.sample).toHaveLength(5)
  for (const { why } of answer.sample) {
    expect(why && explainedParts(why)).toMatchObject([
      { holds: true, says: { en: expect.stringMatching(/^2 times, last/) } },
    ])
  }
})

test('a caller who goes away stops the count', async () => {
  const { shop, room, view } = await openShop(viewedTwice)
  await view('d1', 2)
  const gone = new AbortController()
  gone.abort()
  await expect(
    room.segments.preview(shop, defined(viewedTwice), gone.signal),
  ).rejects.toMatchObject({ code: 'conflict' })
})
