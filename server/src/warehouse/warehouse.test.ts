import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { survivorSql } from './survivor.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const event = (position: number, more: Readonly<Record<string, unknown>> = {}) => ({
  shop: 1,
  customer: 7,
  position,
  at: '2026-03-01T00:00:00.123Z',
  received_at: '2026-03-01T00:00:01.000Z',
  processed_at: '2026-03-01T00:00:01.000Z',
  kind: 'track',
  name: 'Product Viewed',
  ...more,
})

test('a block written twice under one token counts once', async () => {
  const rows = Array.from({ length: 100 }, (_, index) => event(index + 1))
  await world.warehouse.insert('events', rows, { token: '1:1' })
  await world.warehouse.insert('events', rows, { token: '1:1' })
  expect(await world.warehouse.query('select count() as n from events')).toEqual([{ n: 100 }])
  await world.warehouse.insert('events', rows, { token: '1:1:again' })
  expect(await world.warehouse.query('select count() as n from events')).toEqual([{ n: 200 }])
})

const ofCustomer = (customer: number, shop = 1) =>
  `(select ${survivorSql('customer')} from (select toUInt32(${shop}) as shop, toUInt64(${customer}) as customer))`

test('a customer merged twice is found under the last survivor, of another shop not', async () => {
  await world.warehouse.insert('aliases', [
    { shop: 1, from_customer: 5, to_customer: 7, position: 10 },
    { shop: 1, from_customer: 7, to_customer: 9, position: 11 },
  ])
  await world.warehouse.reloadAliases()
  const [row] = await world.warehouse.query<Record<string, number>>(`
    select
      ${ofCustomer(5)} as five,
      ${ofCustomer(7)} as seven,
      ${ofCustomer(8)} as eight,
      ${ofCustomer(5, 2)} as neighbour`)
  expect(row).toEqual({ five: 9, seven: 9, eight: 8, neighbour: 5 })
})

test('a dictionary finds its own server where nothing tells who localhost is', async () => {
  const made = await world.warehouse.query<{ address: string }>(`
    select extract(create_table_query, $$HOST '([^']*)'$$) as address
    from system.tables where database = currentDatabase() and engine = 'Dictionary'`)
  expect(made).toEqual([{ address: '127.0.0.1' }])
})

test('a shop stands in the database of this file only', async () => {
  const shop = await insertShop(world.db)
  expect(shop).toBe(1)
})
