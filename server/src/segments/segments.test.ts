import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tx } from '../database/connection.store.ts'
import { did } from '../events/line-world.contract.ts'
import type { LineRoom } from '../events/turn.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs, minuteMs } from '../lib/duration.ts'
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

const viewedTwice: Condition = {
  kind: 'event',
  event: 'Product Viewed',
  window: { kind: 'rolling', span: { amount: 1, unit: 'days' } },
  measure: { of: 'count', is: { op: '>=', value: 2 } },
}
const neverOrdered: Condition = {
  kind: 'event',
  event: 'Order Completed',
  window: { kind: 'ever' },
  measure: { of: 'count', is: { op: '=', value: 0 } },
}

async function openShop(sizes?: { readonly slice: number; readonly chunk: number }) {
  const shop = await insertShop(world.db)
  const room = openSegments(world, sizes ? { sizes } : {})
  const create = (where: Condition) =>
    room.segments.create(
      { shop, name: 'member:1' },
      { name: '자주 보는 고객', description: '', definition: defined(where) },
    )
  return { shop, room, create }
}

async function happened(
  { shop, room }: { readonly shop: ShopId; readonly room: ReturnType<typeof openSegments> },
  names: readonly (readonly [device: string, name: string])[],
): Promise<void> {
  await room.door.accept(
    shop,
    names.map(([anonymous, name]) => did(world, { anonymous }, { name })),
  )
  await room.line.drain(shop)
}

test('a customer enters by the event and leaves at the very millisecond the window lets go', async () => {
  const { db, clock } = world
  const { shop, room, create } = await openShop()
  const { id } = await create(viewedTwice)
  await room.settle(shop)
  const first = clock.now()
  await happened({ shop, room }, [['d1', 'Product Viewed']])
  clock.advance(minuteMs)
  const second = clock.now()
  await happened({ shop, room }, [['d1', 'Product Viewed']])
  expect(await membersOf(world, shop, id)).toHaveLength(1)
  expect(await crossingsOf(world, shop, id)).toEqual([['Entered Segment', second]])
  const due = async () =>
    (await db<{ at: number }[]>`select at from due where shop = ${shop}`)[0]?.at
  clock.set(first + dayMs - 1)
  await room.line.drain(shop)
  expect(await membersOf(world, shop, id)).toHaveLength(1)
  expect(await due()).toBe(first + dayMs)
  clock.advance(1)
  await room.line.drain(shop)
  expect(await membersOf(world, shop, id)).toEqual([])
  expect((await crossingsOf(world, shop, id)).at(-1)).toEqual(['Left Segment', first + dayMs])
})

test('a server that was down wakes people as of the time they were due', async () => {
  const { clock } = world
  const { shop, room, create } = await openShop()
  const { id } = await create({
    kind: 'event',
    event: 'Order Completed',
    window: { kind: 'ever' },
    measure: { of: 'last', is: { op: 'at-least-ago', span: { amount: 30, unit: 'days' } } },
  })
  await room.settle(shop)
  const ordered = clock.now()
  await happened({ shop, room }, [['d1', 'Order Completed']])
  clock.advance(45 * dayMs)
  await room.line.drain(shop)
  expect(await membersOf(world, shop, id)).toHaveLength(1)
  expect(await crossingsOf(world, shop, id)).toEqual([['Entered Segment', ordered + 30 * dayMs]])
})

test('a new segment finds those who qualified before it, without a happening, and misses nothing meanwhile', async () => {
  const { shop, room, create } = await openShop()
  await happened({ shop, room }, [
    ['d1', 'Product Viewed'],
    ['d2', 'Product Viewed'],
    ['d1', 'Product Viewed'],
    ['d3', 'Order Completed'],
  ])
  const made = await create(viewedTwice)
  expect(made).toMatchObject({ state: 'building', progress: 0, members: 0 })
  // History has not come so far: the build waits, the line does not.
  expect(await room.segments.build.step(shop)).toBe('waiting')
  await happened({ shop, room }, [['d2', 'Product Viewed']])
  await room.settle(shop)
  expect(await room.segments.get(shop, made.id)).toMatchObject({
    state: 'live',
    progress: 1,
    members: 2,
  })
  expect(await crossingsOf(world, shop, made.id)).toEqual([])
  const never = await create({
    kind: 'all',
    of: [neverOrdered, { kind: 'member', is: 'anonymous' }],
  })
  await room.settle(shop)
  expect(await membersOf(world, shop, never.id)).toHaveLength(2)
})

test('a build that is cut off goes on where it stopped and counts nobody twice', async () => {
  const { db } = world
  const { shop, room, create } = await openShop({ slice: 20, chunk: 10 })
  const names = Array.from({ length: 70 }, (_, n) => [`p${n}`, 'Order Completed'] as const)
  await happened({ shop, room }, [...names, ...names.slice(0, 30)])
  await room.history.drain(shop)
  const { id } = await create({
    ...neverOrdered,
    measure: { of: 'count', is: { op: '>=', value: 2 } },
  } as Condition)
  await room.segments.build.step(shop)
  const half = await room.segments.get(shop, id)
  expect(half.progress).toBeGreaterThan(0.2)
  expect(half.progress).toBeLessThan(0.5)
  // Another process takes over: it knows only what the databases say.
  const again = openSegments(world, { sizes: { slice: 20, chunk: 10 } })
  await again.door.accept(shop, [did(world, { anonymous: 'p5' }, { name: 'Order Completed' })])
  await again.settle(shop)
  expect(await again.segments.get(shop, id)).toMatchObject({ state: 'live', members: 30 })
  const slices = await db`select * from segment_builds where shop = ${shop} and segment = ${id}`
  expect(slices.length).toBeGreaterThanOrEqual(4)
})

test('what somebody did before signing in counts after it', async () => {
  const { shop, room, create } = await openShop()
  const { id } = await create({ kind: 'all', of: [viewedTwice, { kind: 'member', is: 'member' }] })
  await room.settle(shop)
  await happened({ shop, room }, [
    ['phone', 'Product Viewed'],
    ['desk', 'Product Viewed'],
  ])
  const signsIn = (anonymous: string) =>
    did(world, { anonymous, user: 'kim', verified: true }, { kind: 'identify', name: 'Identified' })
  await room.door.accept(shop, [signsIn('phone')])
  await room.line.drain(shop)
  expect(await membersOf(world, shop, id)).toEqual([])
  await room.door.accept(shop, [signsIn('desk')])
  await room.line.drain(shop)
  expect(await membersOf(world, shop, id)).toHaveLength(1)
  expect(await crossingsOf(world, shop, id)).toHaveLength(1)
})

test('an edited segment keeps its members until it is built anew, and one deleted is forgotten', async () => {
  const { db } = world
  const { shop, room, create } = await openShop()
  await happened({ shop, room }, [
    ['d1', 'Product Viewed'],
    ['d1', 'Product Viewed'],
    ['d2', 'Product Viewed'],
  ])
  const { id } = await create(viewedTwice)
  await room.settle(shop)
  const before = await membersOf(world, shop, id)
  expect(before).toHaveLength(1)
  const actor = { shop, name: 'member:1' }
  const once = { ...viewedTwice, measure: { of: 'count', is: { op: '=', value: 1 } } } as Condition
  const edited = await room.segments.change(actor, id, {
    name: '한 번',
    description: '',
    definition: defined(once),
  })
  expect(edited).toMatchObject({ version: 2, state: 'building', name: '한 번' })
  expect(await membersOf(world, shop, id)).toEqual(before)
  await room.settle(shop)
  const position = await room.history.completeTo(shop)
  const now = await membersOf(world, shop, id)
  expect(now).toEqual(await countedMembers(world, shop, { definition: defined(once), position }))
  expect(now).not.toEqual(before)
  await room.segments.remove(actor, id)
  expect(await membersOf(world, shop, id)).toEqual([])
  expect(await db`select * from segment_leaves where shop = ${shop}`).toEqual([])
  await expect(room.segments.get(shop, id)).rejects.toThrow('There is no segment')
  expect(room.audited).toEqual(['segment.created', 'segment.changed', 'segment.deleted'])
})

test('a person with more happenings than the line keeps is asked from history, at most once a minute', async () => {
  const { db, clock } = world
  const { shop, room, create } = await openShop()
  const { id } = await create({
    kind: 'event',
    event: 'Order Completed',
    window: { kind: 'rolling', span: { amount: 2, unit: 'hours' } },
    measure: { of: 'sum', path: 'value', is: { op: '>=', value: 1_100 } },
  })
  await room.settle(shop)
  for (let batch = 0; batch < 3; batch++) {
    await room.door.accept(
      shop,
      Array.from({ length: 400 }, () =>
        did(
          world,
          { anonymous: 'busy' },
          { name: 'Order Completed', body: { properties: { value: 1 } } },
        ),
      ),
    )
    await room.line.drain(shop)
    clock.advance(30 * minuteMs)
  }
  expect(await membersOf(world, shop, id)).toHaveLength(1)
  expect(await db`select at from due where shop = ${shop}`).toHaveLength(1)
  // 30 minutes later the first 400 are older than two hours: what the line dropped must not count for ever.
  clock.advance(31 * minuteMs)
  await room.settle(shop)
  expect(await membersOf(world, shop, id)).toEqual([])
})

test('a definition beyond the limits is refused with the part at fault', async () => {
  const { room, shop } = await openShop()
  const refused = (definition: unknown) =>
    expect(room.segments.preview(shop, definition)).rejects.toMatchObject({ code: 'invalid' })
  await refused({ format: 1 })
  await refused({ format: 1, where: { kind: 'all', of: [] } })
  await expect(
    room.segments.preview(shop, {
      format: 1,
      where: {
        kind: 'any',
        of: [{ ...viewedTwice, window: { kind: 'rolling', span: { amount: 401, unit: 'days' } } }],
      },
    }),
  ).rejects.toThrow('definition.where.of.0.window.span: must be at most 400 days')
})

test('counting and listing what really arrived works over history', async () => {
  const { shop, room } = await openShop()
  await room.door.accept(shop, [
    did(
      world,
      { anonymous: 'a' },
      {
        name: 'Order Completed',
        body: { properties: { value: 1_000, coupon: 'SPRING', order: { gift: true } } },
      },
    ),
    did(world, { anonymous: 'b' }),
  ])
  await room.settle(shop)
  const counted = await room.segments.preview(shop, defined(neverOrdered))
  expect(counted).toMatchObject({ count: 1, sample: [{ name: null, member: false }] })
  expect(counted.position).toBe(await room.history.completeTo(shop))
  const { events } = await room.segments.vocabulary(shop)
  const order = events.find(({ name }) => name === 'Order Completed')
  expect(order?.properties.map(({ path, type }) => `${path}:${type}`).sort()).toEqual([
    'coupon:text',
    'order.gift:boolean',
    'value:number',
  ])
})

test('a person whose rules threw in another room is made whole from history, and counts nothing twice', async () => {
  const shop = await insertShop(world.db)
  let breaks = true
  const fragile: LineRoom<Tx> = {
    name: 'fragile',
    open: async () => ({
      nextDue: () => Infinity,
      fire: () => {},
      apply: () => {
        if (breaks) throw new Error('a rule that throws')
      },
      discard: () => {},
      close: async () => {},
    }),
  }
  const room = openSegments(world, { more: [fragile] })
  const { id } = await room.segments.create(
    { shop, name: 'member:1' },
    {
      name: '한 번',
      description: '',
      definition: defined({
        ...viewedTwice,
        measure: { of: 'count', is: { op: '=', value: 3 } },
      } as Condition),
    },
  )
  breaks = false
  await happened({ shop, room }, [['d1', 'Product Viewed']])
  breaks = true
  await happened({ shop, room }, [['d1', 'Product Viewed']])
  breaks = false
  await happened({ shop, room }, [['d1', 'Product Viewed']])
  expect(await membersOf(world, shop, id)).toEqual([])
  await room.settle(shop)
  // Who was set aside is not woken until somebody has them run again.
  const [failure] = await world.db<
    { id: number }[]
  >`select id from line_failures where shop = ${shop}`
  await room.line.retry(shop, failure?.id ?? 0)
  await room.settle(shop)
  expect(await membersOf(world, shop, id)).toHaveLength(1)
  expect(await crossingsOf(world, shop, id)).toHaveLength(1)
})
