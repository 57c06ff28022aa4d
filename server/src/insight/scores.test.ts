import { afterAll, beforeAll, expect, test } from 'vitest'
import { consent } from '../consent/consent.service.ts'
import { did } from '../events/line-world.contract.ts'
import { factsRoom } from '../facts/room.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs, hourMs } from '../lib/duration.ts'
import { orders } from '../orders/orders.service.ts'
import { defined, membersOf, openSegments } from '../segments/segments-world.contract.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { cellsOf, groupOf } from './rfm.ts'
import { nightlyScores } from './scores.service.ts'

let world: TestWorld
let house: ReturnType<typeof openSegments>
let shop: ShopId
beforeAll(async () => {
  world = await openTestWorld()
  shop = await insertShop(world.db)
  const order = orders()
  const facts = factsRoom({ orders: order, consent: consent({ db: world.db }) })
  house = openSegments(world, { before: [order.room, facts.room], facts, mirrored: facts })
})
afterAll(() => world.close())

type Death = 'the process' | 'the connection'
const scores = (limits: { readonly asked: number; readonly told: number }, dies?: Death) =>
  nightlyScores({
    ...world,
    shops: { shop: async (id) => ({ ...standing, id }) },
    accept: {
      backlog: house.door.backlog,
      appendInTransaction: async (...told) => {
        const count = await house.door.appendInTransaction(...told)
        if (dies === 'the process') throw new Error('the machine stops')
        // As PostgreSQL sees a kill -9: the connection is gone, whatever the code would still have done.
        if (dies) await told[0]`select pg_terminate_backend(pg_backend_pid())`
        return count
      },
    },
    head: async (id) => {
      const [row] = await world.db<
        { head: number }[]
      >`select head from log_heads where shop = ${id}`
      return row?.head ?? 0
    },
    completeTo: house.history.completeTo,
    rest: async () => undefined,
    limits,
  })
const standing = {
  name: '단골상점',
  url: '',
  timeZone: 'Asia/Seoul',
  currency: 'KRW',
  language: 'ko',
  sender: { legalName: '', fromEmail: '', contactEmail: '', phone: '', address: '' },
  settings: {},
  isDemo: false,
  createdAt: 0,
} as const

/** Orders of a person's, one after another from `at` on, as the door hears them. */
const bought = (who: string, at: number, times = 1) =>
  Array.from({ length: times }, (_, time) => {
    const order_id = `${who}-${at}-${time}`
    const price = 1_000 * (1 + who.length)
    const products = [{ product_id: 'mug', price, quantity: 1 }]
    const properties = { order_id, revenue: price, currency: 'KRW', products }
    return did(
      world,
      { anonymous: who },
      { name: 'Order Completed', at: at + time, body: { properties } },
    )
  })
const written = async (): Promise<readonly (readonly [customer: number, facts: object])[]> => {
  const rows = await world.db<{ ids: string; body: string }[]>`
    select ids, body from log where shop = ${shop} and name = 'Facts Written' order by position`
  return rows.map(({ ids, body }) => [JSON.parse(ids).customer, JSON.parse(body).properties.facts])
}
const facts = async (): Promise<Readonly<Record<number, string>>> => {
  const rows = await world.warehouse.query<{ customer: number; cell: string; percentile: number }>(
    `select customer, fact_texts['rfm.cell'] as cell, fact_numbers['value.percentile'] as percentile
     from customers final where shop = {shop:UInt32} and cell != ''`,
    { shop },
  )
  return Object.fromEntries(rows.map((row) => [row.customer, `${row.cell} ${row.percentile}`]))
}
const people = 20

test('a night tells everybody’s scores once, though the machine stops in the middle of it', async () => {
  // Who has the longer name buys later, oftener and for more.
  const first = world.clock.now() - 20 * dayMs
  const all = Array.from({ length: people }, (_, who) =>
    bought('p'.repeat(who + 1), first + who * 12 * hourMs, who < 10 ? 1 : 2),
  )
  await house.door.accept(shop, all.flat())
  await house.settle(shop)
  for (const death of ['the process', 'the connection'] as const) {
    await expect(scores({ asked: 12, told: 5 }, death).turn()).rejects.toThrow()
    expect(await written()).toEqual([])
    // The dead one's lease is over.
    world.clock.advance(10 * 60_000)
  }
  const next = scores({ asked: 12, told: 5 })
  expect(await next.turn()).toBe(true)
  expect((await written()).length).toBe(12)
  while (await scores({ asked: 12, told: 5 }).turn());
  const told = await written()
  expect(told.map(([customer]) => customer).toSorted((a, b) => a - b)).toEqual(
    [...new Set(told.map(([customer]) => customer))].sort((a, b) => a - b),
  )
  await house.settle(shop)
  const known = await facts()
  expect(Object.values(known).toSorted()).toContain('5-3-5 100')
  expect(Object.values(known).toSorted()).toContain('1-1-1 5')
  expect(Object.keys(known).length).toBe(told.length)
})

test('a segment of RFM cells holds who is in them, and who comes into them at night', async () => {
  const group = groupOf(5, 1)
  const made = await house.segments.create(
    { shop, name: 'member:1' },
    {
      name: '새 고객',
      description: '',
      definition: defined({
        kind: 'fact',
        path: 'rfm.cell',
        is: { type: 'text', op: 'any-of', values: cellsOf(group) },
      }),
    },
  )
  await house.settle(shop)
  const inGroup = async () =>
    Object.entries(await facts())
      .filter(([, cell]) => cellsOf(group).includes(cell.split(' ')[0] ?? ''))
      .map(([customer]) => Number(customer))
  expect(await membersOf(world, shop, made.id)).toEqual(await inGroup())
  const before = (await written()).length

  // The same night again tells nothing; the next one only of who changed.
  world.clock.advance(hourMs)
  while (await scores({ asked: 100, told: 10 }).turn());
  expect((await written()).length).toBe(before)
  await house.door.accept(shop, bought('newcomer', world.clock.now()))
  world.clock.advance(dayMs)
  await house.settle(shop)
  while (await scores({ asked: 100, told: 10 }).turn());
  const news = (await written()).slice(before)
  expect(news.length).toBeGreaterThan(0)
  expect(news.length).toBeLessThanOrEqual(people + 1)
  await house.settle(shop)
  const members = await membersOf(world, shop, made.id)
  expect(members).toEqual(await inGroup())
  const [newest] = await world.db<
    { id: number }[]
  >`select max(id) as id from customers where shop = ${shop}`
  expect(members).toContain(newest?.id)
})

test('who is a buyer no more loses the scores', async () => {
  const [first] = await written()
  const [row] = await world.db<{ value: string }[]>`
    select value from identities where shop = ${shop} and customer = ${first?.[0] ?? 0} and kind = 'anonymous'`
  const orderOf = await world.db<{ id: string }[]>`
    select id from orders where shop = ${shop} and customer = ${first?.[0] ?? 0}`
  for (const { id } of orderOf)
    await house.door.accept(shop, [
      did(
        world,
        { anonymous: row?.value ?? '', verified: true },
        {
          name: 'Order Refunded',
          body: { properties: { order_id: id } },
        },
      ),
    ])
  world.clock.advance(dayMs)
  await house.settle(shop)
  while (await scores({ asked: 100, told: 10 }).turn());
  await house.settle(shop)
  expect((await facts())[first?.[0] ?? 0]).toBeUndefined()
})

test('a shop whose first orders are imported by day is scored within the hour', async () => {
  const young = await insertShop(world.db)
  while (await scores({ asked: 100, told: 10 }).turn());
  const at = world.clock.now() - 2 * dayMs
  await house.door.accept(young, bought('first', at))
  await house.settle(young)
  const told = async () =>
    (await world.db`select 1 from log where shop = ${young} and name = 'Facts Written'`).length
  while (await scores({ asked: 100, told: 10 }).turn());
  expect(await told()).toBe(0)
  world.clock.advance(hourMs)
  while (await scores({ asked: 100, told: 10 }).turn());
  expect(await told()).toBe(1)
})
