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

const scores = (limits: { readonly asked: number; readonly told: number }, dies = false) =>
  nightlyScores({
    ...world,
    shops: { shop: async (id) => ({ ...standing, id }) },
    accept: {
      backlog: house.door.backlog,
      appendInTransaction: async (...told) => {
        const count = await house.door.appendInTransaction(...told)
        if (dies) throw new Error('the machine stops')
        return count
      },
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

const buy = async (who: number, times: number) => {
  for (let time = 0; time < times; time++) {
    const order_id = `o${who}-${world.clock.now()}-${time}`
    const products = [{ product_id: 'mug', price: 1_000 * who, quantity: 1 }]
    await house.door.accept(shop, [
      did(
        world,
        { anonymous: `p${who}` },
        {
          name: 'Order Completed',
          body: { properties: { order_id, revenue: 1_000 * who, currency: 'KRW', products } },
        },
      ),
    ])
  }
}
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
  // Who has the higher number buys later, oftener and for more.
  for (let who = 1; who <= people; who++) {
    await buy(who, who <= 10 ? 1 : 2)
    await house.line.drain(shop)
    world.clock.advance(hourMs * 12)
  }
  await house.settle(shop)
  await expect(scores({ asked: 8, told: 3 }, true).turn()).rejects.toThrow('the machine stops')
  expect(await written()).toEqual([])
  // The dead one's lease is over.
  world.clock.advance(10 * 60_000)
  const next = scores({ asked: 8, told: 3 })
  expect(await next.turn()).toBe(true)
  expect((await written()).length).toBe(8)
  while (await scores({ asked: 8, told: 3 }).turn());
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
  await buy(99, 1)
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
