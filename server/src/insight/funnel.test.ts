import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShopId } from '../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { seededRandom } from '../lib/random.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { type FunnelQuestion, funnelRows, goodsLookedAt } from './funnel.store.ts'
import { type FunnelCounts, funnelOf, periodsOf } from './funnel.ts'
import { insertShopLife, type MadeOrder, madeCustomers } from './insight-world.contract.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const midnight = Date.UTC(2026, 3, 1)
const days = 7
const periods = periodsOf({ now: midnight + hourMs, midnight }, days)
const today = periodsOf({ now: midnight + 13 * hourMs, midnight }, 0)
const asOf = midnight + 2 * dayMs

type Deed = {
  readonly customer: number
  readonly at: number
  readonly name: string
  readonly product: string
}
type Visit = {
  readonly customer: number
  readonly from: number
  readonly to: number
  readonly source: string
}

const names = [
  'Page Viewed',
  'Products Searched',
  'Product Viewed',
  'Product Added',
  'Checkout Started',
]

/** Visits with what was done in them, and orders at their end or some time later; visits begin 30 quiet minutes apart. */
function madeHistory(seed: string, people: number) {
  const random = seededRandom(seed)
  const visits: Visit[] = []
  const deeds: Deed[] = []
  const orders: MadeOrder[] = []
  for (let customer = 1; customer <= people; customer++) {
    let at = periods.start - 2 * dayMs + Math.floor(random.next() * 3 * dayMs)
    while (at < asOf) {
      const from = at
      const source = random.pick(['naver', 'kakao', ''])
      const eager = Math.sqrt(random.next())
      for (let step = 0; step < 6 && random.chance(0.8); step++) {
        // Often in the same millisecond, often in the order of the way, not always.
        at += random.integer(3) * minuteMs
        const name = random.chance(eager) ? names[Math.min(step, 4)] : random.pick(names)
        deeds.push({
          customer,
          at,
          name: name ?? 'Page Viewed',
          product: random.pick(['mug', 'soap']),
        })
      }
      visits.push({ customer, from, to: at, source })
      if (random.chance(0.3))
        orders.push({
          id: `${seed}${orders.length}`,
          customer,
          status: random.chance(0.1) ? 'cancelled' : 'paid',
          paidAt: at + (random.chance(0.2) ? 5 * hourMs : 0),
          currency: 'KRW',
          gross: 100,
          refunded: 0,
          product: random.pick(['mug', 'soap']),
          quantity: 1,
          back: 0,
        })
      at += hourMs + Math.floor(random.next() * 5 * dayMs)
    }
  }
  return { visits, deeds, orders }
}

async function insertHistory(shop: ShopId, { visits, deeds }: ReturnType<typeof madeHistory>) {
  let position = 0
  const row = (customer: number, at: number, kind: string, name: string) => {
    const time = new Date(at).toISOString()
    return {
      shop,
      customer,
      position: ++position,
      at: time,
      received_at: time,
      processed_at: time,
      kind,
      name,
    }
  }
  await world.warehouse.insert('events', [
    ...visits.map((one) => ({
      ...row(one.customer, one.from, 'derived', 'Visit Started'),
      texts: one.source ? { source: one.source } : {},
    })),
    ...visits.map((one) => row(one.customer, one.to + 30 * minuteMs, 'derived', 'Visit Ended')),
    ...deeds.map((one) => ({
      ...row(one.customer, one.at, 'event', one.name),
      product_id: one.product,
    })),
  ])
}

const stepOf: Readonly<Record<string, number>> = {
  'Products Searched': 1,
  'Product Viewed': 2,
  'Product Added': 3,
  'Checkout Started': 4,
}
type Did = { readonly at: number; readonly step: number }

/** The plain reading: walk through what was done in order of time and take each next step when it comes. */
function walk(done: readonly Did[], path: 'any' | 'search') {
  const inOrder = done.toSorted((a, b) => a.at - b.at || a.step - b.step)
  const way = path === 'search' ? [1, 2, 3, 4, 5] : [2, 3, 4, 5]
  let reached = 0
  for (const { step } of inOrder) if (step === way[reached]) reached++
  const steps = way.slice(0, reached)
  const has = (step: number) => inOrder.some((one) => one.step === step)
  return { steps, searched: has(1), ordered: has(5) }
}

function plainFunnel(
  history: ReturnType<typeof madeHistory>,
  asked: Pick<FunnelQuestion, 'windowMs' | 'path' | 'product' | keyof typeof periods>,
  survivor: (customer: number) => number,
) {
  const mine = (product: string) => asked.product === undefined || product === asked.product
  const doneBy = (person: number): readonly Did[] => [
    ...history.deeds
      .filter((one) => survivor(one.customer) === person && stepOf[one.name])
      .filter((one) => !['Product Viewed', 'Product Added'].includes(one.name) || mine(one.product))
      .map((one) => ({ at: one.at, step: stepOf[one.name] ?? 0 })),
    ...history.orders
      .filter(
        (one) =>
          survivor(one.customer) === person &&
          one.status === 'paid' &&
          one.paidAt <= asOf &&
          mine(one.product),
      )
      .map((one) => ({ at: one.paidAt, step: 5 })),
  ]
  const counts = { now: zero(), before: zero() }
  for (const person of new Set(history.visits.map((one) => survivor(one.customer)))) {
    const visits = history.visits
      .filter((one) => survivor(one.customer) === person)
      .toSorted((a, b) => a.from - b.from)
    const done = doneBy(person)
    for (const side of ['before', 'now'] as const) {
      const [from, to] = side === 'now' ? [asked.from, asked.to] : [asked.start, asked.until]
      const begun = visits.filter((one) => one.from >= from && one.from < to)
      const spans =
        asked.windowMs === undefined
          ? begun.map((one) => [one.from, one.to + 30 * minuteMs - 1] as const)
          : begun.slice(0, 1).map((one) => [one.from, one.from + (asked.windowMs ?? 0)] as const)
      for (const [since, until] of spans) {
        const { steps, searched, ordered } = walk(
          done.filter((one) => one.at >= since && one.at <= until),
          asked.path,
        )
        const add = counts[side]
        add.visit++
        if (searched) add.search++
        for (const step of steps) if (step > 1) add[keys[step - 2] ?? 'view']++
        if (ordered && !steps.includes(5)) add.offPath++
        if (!steps.includes(5) && asked.windowMs !== undefined && since + asked.windowMs > asOf)
          add.open++
      }
    }
  }
  return counts
}
const keys = ['view', 'cart', 'checkout', 'order'] as const
type Counting = { -readonly [Key in keyof FunnelCounts]: number }
const zero = (): Counting => ({
  visit: 0,
  search: 0,
  view: 0,
  cart: 0,
  checkout: 0,
  order: 0,
  offPath: 0,
  open: 0,
})

const questions = [
  { ...periods, windowMs: undefined, path: 'any', product: undefined },
  { ...periods, windowMs: undefined, path: 'search', product: undefined },
  { ...periods, windowMs: 3 * dayMs, path: 'any', product: undefined },
  { ...periods, windowMs: 3 * dayMs, path: 'search', product: 'mug' },
  { ...today, windowMs: undefined, path: 'any', product: undefined },
  { ...today, windowMs: 3 * dayMs, path: 'any', product: undefined },
] as const

for (const seed of ['a', 'b'])
  test(`each step of random histories (${seed}) counts as a walk through them does`, async () => {
    const shop = await insertShop(world.db)
    const history = madeHistory(seed, 40)
    // Visits of two people who became one may overlap, which no line derives: merges are told apart below.
    const customers = madeCustomers(seed, 40, midnight).map((one) => ({ ...one, survivor: one.id }))
    await insertShopLife(world, shop, { customers, orders: history.orders })
    await insertHistory(shop, history)
    const own = customers.find((one) => one.internal)?.id
    const outside = {
      visits: history.visits.filter((one) => one.customer !== own),
      deeds: history.deeds.filter((one) => one.customer !== own),
      orders: history.orders.filter((one) => one.customer !== own),
    }
    for (const asked of questions) {
      const rows = await funnelRows(world.warehouse, shop, {
        ...asked,
        asOf,
        currency: 'KRW',
        category: undefined,
        among: undefined,
      })
      const { now, before } = funnelOf(rows)
      const plain = plainFunnel(outside, asked, (customer) => customer)
      expect({ asked, now, before }).toEqual({ asked, ...plain })
      expect(now.visit).toBeGreaterThan(asked.from === today.from ? 2 : 20)
      if (asked.path === 'any' && asked.from === periods.from)
        expect(now.order + before.order).toBeGreaterThan(2)
    }
  })

test('who was merged is one person; sources add up to the whole; a segment narrows it', async () => {
  const shop = await insertShop(world.db)
  const history = madeHistory('c', 30)
  const customers = madeCustomers('c', 30, midnight)
  await insertShopLife(world, shop, { customers, orders: history.orders })
  await insertHistory(shop, history)
  const ask = async (more: Partial<FunnelQuestion>) =>
    funnelOf(
      await funnelRows(world.warehouse, shop, {
        ...periods,
        windowMs: 3 * dayMs,
        path: 'any',
        product: undefined,
        asOf,
        currency: 'KRW',
        category: undefined,
        among: undefined,
        ...more,
      }),
    )
  const outside = customers.filter((one) => !customers[one.survivor - 1]?.internal)
  const begins = (from: number, to: number, whose: (survivor: number) => boolean = () => true) =>
    new Set(
      history.visits
        .filter((one) => one.from >= from && one.from < to)
        .map((one) => outside.find(({ id }) => id === one.customer)?.survivor ?? 0)
        .filter((one) => one > 0 && whose(one)),
    ).size
  expect(customers.some((one) => one.survivor !== one.id)).toBe(true)
  const whole = await ask({})
  expect(whole.now.visit).toBe(begins(periods.from, periods.to))
  expect(whole.before.visit).toBe(begins(periods.start, periods.from))
  expect(new Set(whole.channels.map((one) => one.source))).toEqual(new Set(['naver', 'kakao', '']))
  expect(whole.channels.reduce((sum, one) => sum + one.now.view, 0)).toBe(whole.now.view)
  const sql =
    'select customer from customers where shop = {shop:UInt32} and customer <= {last:UInt64}'
  const few = await ask({ among: { sql, params: { last: 10 } } })
  expect(few.now.visit).toBe(begins(periods.from, periods.to, (one) => one <= 10))
})

test('told apart by product, each says what the funnel narrowed to it says', async () => {
  const shop = await insertShop(world.db)
  const history = madeHistory('d', 30)
  const customers = madeCustomers('d', 30, midnight)
  await insertShopLife(world, shop, { customers, orders: history.orders })
  await insertHistory(shop, history)
  const names = await goodsLookedAt(world.warehouse, shop, { ...periods, of: 'product' })
  expect(names.toSorted()).toEqual(['mug', 'soap'])
  for (const windowMs of [undefined, 3 * dayMs]) {
    const question = {
      ...{ ...periods, windowMs, asOf, path: 'any' as const, currency: 'KRW' },
      ...{ product: undefined, category: undefined, among: undefined },
    }
    const rows = await funnelRows(world.warehouse, shop, {
      ...question,
      goods: { of: 'product', names },
    })
    for (const product of names) {
      const own = funnelOf(rows.filter((row) => row.good === product))
      const narrowed = funnelOf(await funnelRows(world.warehouse, shop, { ...question, product }))
      for (const side of ['now', 'before'] as const)
        for (const step of ['view', 'cart', 'checkout', 'order', 'offPath'] as const)
          expect({ step, n: own[side][step] }).toEqual({ step, n: narrowed[side][step] })
      expect(own.now.view).toBeGreaterThan(0)
    }
  }
})
