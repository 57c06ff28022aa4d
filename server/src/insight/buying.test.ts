import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { seededRandom } from '../lib/random.ts'
import { readFigures } from '../segments/ready/figures.store.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import {
  buyersOf,
  insertShopLife,
  type MadeOrder,
  madeCustomers,
  madeOrders,
} from './insight-world.contract.ts'
import { readPairs } from './pairs.store.ts'
import { leastTogether, pairsOf } from './pairs.ts'
import { readAsOf, readTiming } from './timing.store.ts'
import { timingOf } from './timing.ts'

let world: TestWorld
let shop: ShopId
const day0 = Date.UTC(2025, 5, 1)
const asOf = day0 + 300 * dayMs
const life = {
  customers: madeCustomers('buying', 120, day0),
  orders: madeOrders('buying', { size: 900, people: 120, day0, days: 300 }),
}
const categoryOf = ({ product }: MadeOrder) => (product === 'tea' ? '차' : '생활')

beforeAll(async () => {
  world = await openTestWorld()
  shop = await insertShop(world.db)
  await insertShopLife(world, shop, life)
})
afterAll(() => world.close())

/** Purchases by person and name, in days, counted plainly; the money of an order plays no part. */
function plainGaps(nameOf: (order: MadeOrder) => string) {
  const abroad = { ...life, orders: life.orders.map((one) => ({ ...one, currency: 'KRW' })) }
  const found = new Map<string, { gaps: number[]; ends: number[]; people: number }>()
  for (const orders of buyersOf(abroad, asOf).values())
    for (const [name, own] of Map.groupBy(orders, nameOf)) {
      const times = [...new Set(own.map((one) => one.paidAt))].sort((a, b) => a - b)
      const gaps = times.slice(1).map((at, place) => (at - (times[place] ?? 0)) / dayMs)
      const known = found.get(name) ?? { gaps: [], ends: [], people: 0 }
      found.set(name, {
        gaps: [...known.gaps, ...gaps.filter((gap) => gap >= 1)],
        ends: [...known.ends, (asOf - (times.at(-1) ?? 0)) / dayMs],
        people: known.people + 1,
      })
    }
  return found
}

/** Kaplan and Meier one person at a time: of those still watched before each day, who bought again on it. */
function plainShare(
  { gaps, ends }: { gaps: readonly number[]; ends: readonly number[] },
  until: number,
) {
  let staying = 1
  for (let day = 0; day <= until; day++) {
    const on = gaps.filter((gap) => Math.floor(gap) === day).length
    const left = [...gaps, ...ends].filter((one) => Math.floor(one) >= day).length
    staying *= 1 - on / left
  }
  return 1 - staying
}

test('intervals of products, categories and the shop agree with a plain count, and so does who bought again', async () => {
  const read = (by: 'product' | 'category' | 'shop') =>
    readTiming(world.warehouse, shop, { by, asOf })
  const report = timingOf({
    asOf,
    product: await read('product'),
    category: await read('category'),
    shop: await read('shop'),
  })
  const kinds = [
    [report.products, (order: MadeOrder) => order.product],
    [report.categories, categoryOf],
    [[report.shop], () => ''],
  ] as const
  for (const [rows, nameOf] of kinds) {
    const plain = plainGaps(nameOf)
    expect(rows.map((row) => row.key).toSorted()).toEqual([...plain.keys()].toSorted())
    for (const row of rows) {
      const own = plain.get(row.key) ?? { gaps: [], ends: [], people: 0 }
      const sorted = own.gaps.toSorted((a, b) => a - b)
      expect([row.people, row.intervals]).toEqual([own.people, sorted.length])
      expect(row.median).toBe(sorted[Math.floor(sorted.length / 2)])
      // All have their thirty: each is due by its own.
      expect(row.due.days).toBe(Math.min(180, Math.max(7, Math.round(row.median ?? 0))))
      for (const again of row.again) expect(again.value).toBeCloseTo(plainShare(own, again.days), 9)
    }
  }
  // The ready segment and the playbook wait as long as the page says.
  const figures = await readFigures(world.warehouse, shop, { currency: 'KRW', now: asOf })
  expect(figures).toMatchObject({
    medianIntervalDays: report.shop.median,
    intervals: report.shop.intervals,
  })
})

test('products of one order: support, confidence and lift agree with a plain count of baskets', async () => {
  const other = await insertShop(world.db)
  const random = seededRandom('baskets')
  const baskets = Array.from({ length: 600 }, (_, at) => ({
    person: 1 + (at % 90),
    products: ['mug', 'soap', 'tea', 'rice'].filter(
      (product, place) => random.chance(0.3) || (product === 'tea' && place > 0 && at % 3 === 0),
    ),
  })).filter(({ products }) => products.length > 0)
  await world.warehouse.insert(
    'order_versions',
    baskets.map(({ person, products }, at) => ({
      shop: other,
      order_id: `b${at}`,
      version: at + 1,
      customer: person,
      status: 'paid',
      created_at: new Date(asOf - dayMs).toISOString(),
      paid_at: new Date(asOf - dayMs).toISOString(),
      sequence: at,
      currency: 'KRW',
      gross: 1,
      refunded: 0,
      lines: products.map((product) => ({
        product,
        name: `상품 ${product}`,
        category: '',
        quantity: 1,
        refunded_quantity: 0,
        net: 1,
        is_goods: true,
      })),
    })),
  )
  const { orders, pairs } = await readPairs(world.warehouse, other, { asOf, currency: 'KRW' })
  const report = pairsOf({ asOf, orders }, pairs, new Map([['tea', { name: '상품 tea' }]]))
  expect(report.orders).toBe(baskets.length)
  expect(report.pairs.length).toBe(6)
  for (const pair of report.pairs) {
    const having = (...ids: readonly string[]) =>
      baskets.filter(({ products }) => ids.every((id) => products.includes(id)))
    const [a, b] = [having(pair.one.id).length, having(pair.other.id).length]
    const both = having(pair.one.id, pair.other.id)
    expect([pair.orders, pair.people]).toEqual([
      both.length,
      new Set(both.map((one) => one.person)).size,
    ])
    expect(pair.support).toBeCloseTo(both.length / baskets.length, 12)
    expect([pair.afterOne, pair.afterOther]).toEqual([both.length / a, both.length / b])
    expect(pair.lift.value).toBeCloseTo((both.length * baskets.length) / (a * b), 12)
    expect(both.length).toBeGreaterThanOrEqual(leastTogether.orders)
  }
  const lows = report.pairs.map((pair) => pair.lift.low)
  expect(lows).toEqual(lows.toSorted((a, b) => b - a))
})

test('a shop whose orders have ended is looked at as of the last of them', async () => {
  const last = Math.max(
    ...life.orders.filter((one) => one.status === 'paid').map((one) => one.paidAt),
  )
  const asked = (now: number) => readAsOf(world.warehouse, shop, { now })
  expect(await asked(last + 29 * dayMs)).toBe(last + 29 * dayMs)
  expect(await asked(last + 900 * dayMs)).toBe(last)
  const later = await readTiming(world.warehouse, shop, { by: 'shop', asOf: last + 900 * dayMs })
  const then = await readTiming(world.warehouse, shop, { by: 'shop', asOf: last })
  expect(later.rows).toEqual(then.rows)
  expect(await readAsOf(world.warehouse, await insertShop(world.db), { now: 5 })).toBe(5)
})
