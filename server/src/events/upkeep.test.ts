import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayMs, epochDay } from '../lib/duration.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { did, startWorker } from './line-world.contract.ts'
import { keepLog } from './upkeep.jobs.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

test('the log keeps 48 hours and what history has not written; older days go', async () => {
  const { db, clock } = world
  const shop = await insertShop(db)
  const worker = startWorker(world, { rooms: [] })
  const rows = async () =>
    (await db<{ n: number }[]>`select count(*)::int as n from log where shop = ${shop}`)[0]?.n
  // Before the first run there is no partition: the rest takes the rows, and the day stays there.
  await worker.door.accept(shop, [did(world, { user: 'kim' })])
  expect((await keepLog(world)).created).toEqual(
    [1, 2].map((ahead) => epochDay(clock.now()) + ahead),
  )
  expect((await keepLog(world)).created).toEqual([])
  await worker.line.drain(shop)
  clock.advance(dayMs)
  await worker.door.accept(shop, [did(world, { user: 'kim' })])
  const [there] = await db<{ n: number }[]>`select count(*)::int as n from only log_rest`
  expect(there?.n).toBe(1)
  clock.advance(4 * dayMs)
  // An empty day may go; one that history has not written stays, however old.
  expect(await keepLog(world)).toMatchObject({ dropped: [epochDay(clock.now()) - 3], deleted: 0 })
  expect(await rows()).toBe(2)
  await worker.line.drain(shop)
  await worker.history.drain(shop)
  const kept = await keepLog(world)
  expect(kept.dropped).toEqual([epochDay(clock.now()) - 4])
  expect(await rows()).toBe(0)
  await worker.door.accept(shop, [did(world, { user: 'kim' })])
  await worker.line.drain(shop)
  await worker.history.drain(shop)
  const [history] = await world.warehouse.query<{ n: number }>(
    'select count() as n from events where shop = {shop:UInt32}',
    { shop },
  )
  expect(history?.n).toBe(3)
})

test('a message id is known for 30 days and then forgotten', async () => {
  const { db, clock } = world
  const shop = await insertShop(db)
  const { door } = startWorker(world)
  const event = did(world, { user: 'kim' })
  await door.accept(shop, [event])
  clock.advance(29 * dayMs)
  await keepLog(world)
  expect(await db`select 1 from message_ids where shop = ${shop}`).toHaveLength(1)
  clock.advance(2 * dayMs)
  await keepLog(world)
  expect(await db`select 1 from message_ids where shop = ${shop}`).toHaveLength(0)
})
