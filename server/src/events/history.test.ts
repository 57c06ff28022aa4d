import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShopId } from '../lib/brand.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { did, startWorker } from './line-world.contract.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

type Row = { readonly position: number; readonly name: string; readonly customer: number }

async function historyOf(shop: ShopId): Promise<readonly Row[]> {
  return await world.warehouse.query<Row>(
    'select position, name, customer from events where shop = {shop:UInt32} order by position',
    { shop },
  )
}

async function headOf(shop: ShopId): Promise<number> {
  const [row] = await world.db<{ head: number }[]>`select head from log_heads where shop = ${shop}`
  return row?.head ?? 0
}

async function everyPositionOnce(shop: ShopId): Promise<void> {
  const positions = (await historyOf(shop)).map((row) => row.position)
  expect(positions).toEqual(Array.from({ length: await headOf(shop) }, (_, index) => index + 1))
}

/** A warehouse that dies at one insert into a table, before or after ClickHouse took it. */
function dying(when: 'before' | 'after', table = 'events'): Warehouse {
  let alive = true
  const { warehouse } = world
  return {
    ...warehouse,
    insert: async (into, rows, options) => {
      const dies = alive && into === table
      if (dies) alive = false
      if (dies && when === 'before') throw new Error('killed before the insert')
      await warehouse.insert(into, rows, options)
      if (dies) throw new Error('killed after the insert')
    },
  }
}

async function fill(shop: ShopId, count: number) {
  const worker = startWorker(world)
  await worker.door.accept(
    shop,
    Array.from({ length: count }, (_, n) => did(world, { anonymous: `d${n % 7}` })),
  )
  await worker.line.drain(shop)
  return worker
}

test('every position of the log is one row of history, with the person it belongs to', async () => {
  const shop = await insertShop(world.db)
  const { door, line, history } = startWorker(world)
  await door.accept(shop, [
    did(
      world,
      { anonymous: 'd1' },
      {
        name: 'Product Added',
        body: {
          properties: { product_id: 'p1', price: 12.5, quantity: 2, 'a.b': 'Ä', a: { b: true } },
        },
      },
    ),
  ])
  await line.drain(shop)
  await door.accept(shop, [
    did(
      world,
      { anonymous: 'd1', user: 'kim', verified: true },
      {
        kind: 'identify',
        name: 'Identified',
        body: { traits: { name: '김하늘', born: '1990-05-03' } },
      },
    ),
  ])
  await line.drain(shop)
  await history.drain(shop)
  await everyPositionOnce(shop)
  expect(await history.completeTo(shop)).toBe(await headOf(shop))
  const [row] = await world.warehouse.query<Record<string, unknown>>(
    "select product_id, toString(quantity) as quantity, texts, folded, flags, properties, toString(numbers['price']) as price, message_id from events where shop = {shop:UInt32} and position = 1",
    { shop },
  )
  expect(row).toMatchObject({
    product_id: 'p1',
    quantity: '2',
    price: '12.5',
    texts: { 'a\\.b': 'Ä', product_id: 'p1' },
    folded: { 'a\\.b': 'ä' },
    flags: { 'a.b': true },
    properties: '{"product_id":"p1","price":12.5,"quantity":2,"a.b":"Ä","a":{"b":true}}',
  })
  const [mirror] = await world.warehouse.query<Record<string, unknown>>(
    "select customer, member, texts['name'] as name, times['born'] as born from customers final where shop = {shop:UInt32}",
    { shop },
  )
  expect(mirror).toMatchObject({ member: true, name: '김하늘' })
  expect(await world.db`select * from mirror_changes where shop = ${shop}`).toHaveLength(0)
})

test.each(['before', 'after'] as const)(
  'a writer killed %s the insert of its block leaves every position once',
  async (when) => {
    const shop = await insertShop(world.db)
    await fill(shop, 40)
    const dead = startWorker(world, { warehouse: dying(when) })
    await expect(dead.history.drain(shop)).rejects.toThrow('killed')
    world.clock.advance(60_000)
    await startWorker(world).history.drain(shop)
    await everyPositionOnce(shop)
  },
)

test('a block that lost its rows, or some of them, is found by counting and written again', async () => {
  const shop = await insertShop(world.db)
  const worker = await fill(shop, 30)
  await worker.history.drain(shop)
  await worker.door.accept(shop, [did(world, { anonymous: 'd1' }), did(world, { anonymous: 'd2' })])
  await worker.line.drain(shop)
  await worker.history.drain(shop)
  await everyPositionOnce(shop)
  const lose = (sql: string) =>
    world.warehouse.command(
      `alter table events delete where shop = {shop:UInt32} and ${sql}`,
      { shop },
      { settings: { mutations_sync: '2' } },
    )
  await lose('position > 37')
  await worker.history.recount(shop)
  await everyPositionOnce(shop)
  await lose('position in (3, 4)')
  await worker.history.recount(shop)
  await everyPositionOnce(shop)
})

test('two history writers do not write a block twice', async () => {
  const shop = await insertShop(world.db)
  const worker = await fill(shop, 20)
  const other = startWorker(world)
  await Promise.all([worker.history.drain(shop), other.history.drain(shop)])
  await worker.history.drain(shop)
  await everyPositionOnce(shop)
})

test('a row that ClickHouse refuses is set aside, its position and the others are kept', async () => {
  const shop = await insertShop(world.db)
  const { warehouse } = world
  // What no cleaning can foresee: the real server's refusal of a real row, a date that is none.
  const refusing: Warehouse = {
    ...warehouse,
    insert: (table, rows, options) =>
      warehouse.insert(
        table,
        rows.map((row) =>
          String(row.properties).includes('poison') ? { ...row, at: 'no time' } : row,
        ),
        options,
      ),
  }
  const worker = startWorker(world, { warehouse: refusing })
  const bad = did(world, { user: 'kim' }, { body: { properties: { note: 'poison' } } })
  await worker.door.accept(shop, [
    ...Array.from({ length: 20 }, () => did(world, { user: 'kim' })),
    bad,
  ])
  await worker.line.drain(shop)
  await worker.history.drain(shop)
  await everyPositionOnce(shop)
  const failures =
    await world.db`select room, first_position from line_failures where shop = ${shop}`
  expect(failures).toEqual([{ room: 'history', first_position: 21 }])
  await worker.history.recount(shop)
  await everyPositionOnce(shop)
})
