import { afterAll, beforeAll, expect, test } from 'vitest'
import { customers } from '../customers/customers.service.ts'
import { keptResults } from '../jobs/kept-results.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs, hourMs } from '../lib/duration.ts'
import { shops } from '../shops/shops.service.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { buyersOf, insertShopLife, madeCustomers, madeOrders } from './insight-world.contract.ts'
import { values } from './value.service.ts'
import { readBuying } from './value.store.ts'
import { worthOf } from './value.ts'

let world: TestWorld
let shop: ShopId
let young: ShopId
const day0 = Date.UTC(2025, 2, 1)
const asOf = day0 + 365 * dayMs
const customersMade = madeCustomers('value', 500, day0)
const orders = madeOrders('value', { size: 2_400, people: 500, day0, days: 370 })
const question = { asOf, currency: 'KRW', zone: 'Asia/Seoul' }

beforeAll(async () => {
  world = await openTestWorld({ now: asOf })
  shop = await insertShop(world.db)
  young = await insertShop(world.db)
  await insertShopLife(world, shop, { customers: customersMade, orders })
  await insertShopLife(world, young, { customers: customersMade, orders: orders.slice(0, 40) })
})
afterAll(() => world.close())

const seoulDay = (at: number) => Math.floor((at + 9 * hourMs) / dayMs)
const today = seoulDay(asOf)

/** Every buyer by the day, counted plainly. */
function plainBuyers() {
  const life = { customers: customersMade, orders }
  return [...buyersOf(life, asOf)].map(([person, own]) => {
    const days = new Map<number, number>()
    for (const order of own) {
      const day = seoulDay(order.paidAt)
      days.set(day, (days.get(day) ?? 0) + order.gross - order.refunded)
    }
    return { person, days: [...days].sort(([a], [b]) => a - b) }
  })
}

/** As the models see them on a day: a line each, in an order of its own. */
function seenOn(day: number): readonly string[] {
  return plainBuyers().flatMap(({ days }) => {
    const before = days.filter(([one]) => one <= day)
    const [first, last] = [before[0], before.at(-1)]
    if (!first || !last) return []
    return [`${before.length - 1}/${last[0] - first[0]}/${day - first[0]}`]
  })
}

const unfolded = (
  groups: readonly { people: number; repeats: number; recency: number; age: number }[],
) =>
  groups.flatMap(({ people, repeats, recency, age }) =>
    Array.from({ length: Number(people) }, () => `${repeats}/${recency}/${age}`),
  )

test('what the models are fitted on is what a plain count of each buyer gives', async () => {
  const known = await readBuying(world.warehouse, shop, question)
  expect(unfolded(known.buyers).toSorted()).toEqual(seenOn(today).toSorted())
  expect(known.days).toBe(today - Math.min(...plainBuyers().map(({ days }) => days[0]?.[0] ?? 0)))

  const hidden = known.hidden.days
  expect(hidden).toBe(90)
  expect(unfolded(known.hidden.watched).toSorted()).toEqual(seenOn(today - hidden).toSorted())
  const later = plainBuyers()
    .filter(({ days }) => days.some(([day]) => day <= today - hidden))
    .map(({ days }) => days.filter(([day]) => day > today - hidden).length)
  expect(known.hidden.watched.reduce((all, one) => all + Number(one.later), 0)).toBe(
    later.reduce((all, one) => all + one, 0),
  )

  const means = plainBuyers().flatMap(({ days }) => {
    const spent = days.slice(1).reduce((all, [, amount]) => all + amount, 0)
    return days.length > 1 && spent > 0 ? [spent / (days.length - 1)] : []
  })
  const of = (pick: (row: (typeof known.spending)[number]) => number) =>
    known.spending.reduce((all, row) => all + Number(row.people) * pick(row), 0)
  const all = (pick: (mean: number) => number) => means.reduce((sum, one) => sum + pick(one), 0)
  expect(of(() => 1)).toBe(means.length)
  expect(of((row) => row.mean) / all((mean) => mean)).toBeCloseTo(1, 9)
  expect(of((row) => row.logMean) / all(Math.log)).toBeCloseTo(1, 9)
})

test('the parts of the report add up, and both lists are of the people they say', async () => {
  const room = values({
    ...world,
    shops: shops(world),
    customers: customers(world),
    fit: async ({ shop: id, ...asked }) => worthOf(await readBuying(world.warehouse, id, asked)),
    kept: keptResults({ db: world.db, clock: world.clock, patienceMs: 20_000 }),
  })
  const answer = await room.report(shop, { isFresh: false })
  if (answer.state !== 'ready') throw new Error('a first result is waited for')
  const report = answer.result
  const buyers = plainBuyers()
  expect(report).toMatchObject({
    people: buyers.length,
    repeaters: buyers.filter(({ days }) => days.length > 1).length,
    least: { repeaters: 0, days: 0 },
  })
  const said = report.said
  const stay = said?.aliveParts ?? []
  expect(stay.reduce((sum, one) => sum + one.people, 0)).toBe(buyers.length)
  const alive = stay.reduce((sum, one) => sum + one.alive.value, 0)
  expect(alive / (said?.alive.value ?? 0)).toBeCloseTo(1, 9)
  stay.forEach(({ people, alive: { value, low, high } }, at) => {
    expect(value).toBeGreaterThanOrEqual((people * at) / 10)
    expect(value).toBeLessThanOrEqual((people * (at + 1)) / 10)
    expect(low).toBeLessThanOrEqual(value)
    expect(high).toBeGreaterThanOrEqual(value)
    expect(high).toBeLessThanOrEqual(people)
  })
  expect(said?.tenths.reduce((sum, one) => sum + one.people, 0)).toBe(buyers.length)
  const year = said?.ahead.at(-1)
  const inTenths = (key: 'orders' | 'revenue') =>
    said?.tenths.reduce((sum, one) => sum + (one[key]?.value ?? 0), 0) ?? 0
  expect(inTenths('orders') / (year?.orders.value ?? 0)).toBeCloseTo(1, 9)
  expect(inTenths('revenue') / (year?.revenue?.value ?? 0)).toBeCloseTo(1, 9)
  // Parts are less sure than the whole of them, whose chances even out.
  const width = ({ low, high }: { low: number | null; high: number | null }) =>
    (high ?? Number.NaN) - (low ?? Number.NaN)
  const parts = said?.tenths.reduce((sum, one) => sum + (one.revenue ? width(one.revenue) : 0), 0)
  expect(parts).toBeGreaterThan(year?.revenue ? width(year.revenue) : Number.POSITIVE_INFINITY)
  expect(report.check?.actual).toBeGreaterThan(0)

  const top = await room.people(shop, { list: 'top', limit: 20 })
  const revenues = top.map((one) => one.revenue ?? 0)
  expect(top.length).toBe(20)
  expect(revenues).toEqual(revenues.toSorted((a, b) => b - a))
  expect(revenues[0]).toBeGreaterThanOrEqual(said?.tenths[0]?.least ?? 0)
  for (const { range } of top) expect(range.revenue?.low).toBeLessThan(range.revenue?.high ?? 0)
  for (const one of [...top, ...(await room.people(shop, { list: 'leaving', limit: 20 }))]) {
    const own = buyers.find(({ person }) => person === Number(one.person))
    expect(own?.days.length).toBe(one.repeats + 1)
    expect(own?.days.reduce((sum, [, amount]) => sum + amount, 0)).toBe(one.spentInAll)
    expect(Date.parse(one.lastDay)).toBe((own?.days.at(-1)?.[0] ?? 0) * dayMs)
  }
  const leaving = await room.people(shop, { list: 'leaving', limit: 20 })
  expect(leaving.every((one) => one.alive < 0.5)).toBe(true)
})

test('a shop with too few is told how many are missing, one without orders too', async () => {
  const few = worthOf(await readBuying(world.warehouse, young, question))
  expect(few.said).toBeNull()
  expect(few.least.repeaters).toBe(100 - few.repeaters)
  const none = await insertShop(world.db)
  const nobody = worthOf(await readBuying(world.warehouse, none, question))
  expect(nobody).toMatchObject({ people: 0, least: { repeaters: 100, days: 90 }, said: null })
})
