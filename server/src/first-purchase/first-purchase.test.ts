import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { kaplanMeier, meanCumulative } from '../statistics/survival.ts'
import { openTestWorld, type TestWorld } from '../testing/world.store.ts'
import type { Asked } from './buys.store.ts'
import { leftOut, productCounts, tableCounts, totalCounts } from './counts.store.ts'
import { refreshLives } from './lives.store.ts'
import { buyersOf, cohortsOf } from './people.store.ts'
import { refundsOf } from './refunds.store.ts'

// The reference table of six customers and twelve orders; a line is [product, price, quantity, refunded].
type Line = readonly [product: string, price: number, quantity: number, refunded?: number]
const orders: readonly (readonly [
  id: string,
  customer: number,
  day: number,
  status: string,
  lines: readonly Line[],
])[] = [
  ['o1', 1, 0, 'paid', [['A', 10_000, 1]]],
  [
    'o2',
    1,
    20,
    'paid',
    [
      ['A', 10_000, 1],
      ['B', 20_000, 1],
    ],
  ],
  ['o3', 1, 50, 'paid', [['C', 5_000, 1]]],
  [
    'o4',
    2,
    1,
    'paid',
    [
      ['A', 10_000, 2],
      ['B', 20_000, 1],
    ],
  ],
  ['o5', 2, 1.2, 'paid', [['C', 5_000, 1]]],
  ['o6', 3, 2, 'cancelled', [['C', 5_000, 1]]],
  ['o7', 3, 5, 'paid', [['B', 20_000, 1]]],
  ['o8', 4, 3, 'refunded', [['A', 10_000, 1, 1]]],
  [
    'o9',
    4,
    10,
    'paid',
    [
      ['B', 20_000, 1],
      ['A', 10_000, 1, 1],
    ],
  ],
  ['o10', 4, 40, 'paid', [['B', 20_000, 1]]],
  ['o11', 5, 60, 'paid', [['A', 10_000, 1]]],
  ['o12', 6, 85, 'paid', [['A', 10_000, 1]]],
]
const shop = 1 as ShopId
const day0 = Date.UTC(2026, 0, 1)
let completeTo = 12

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
  await world.warehouse.insert('order_versions', orders.map(rowOf))
  await world.warehouse.reloadAliases()
})
afterAll(() => world.close())

const rules = { currency: 'KRW', variants: ['A-red'], parents: ['A'] }

async function asked(question: Partial<Asked> = {}): Promise<Asked & { readonly limit: number }> {
  return {
    ...(await refreshLives(world.warehouse, shop, { rules, completeTo })),
    asOf: day0 + 90 * dayMs,
    minGapDays: 0,
    credit: 'full',
    mode: 'first_order',
    withoutRenewals: false,
    limit: 100,
    ...question,
  }
}

async function tell(...rows: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  const told = rows.map((row) => ({ ...row, version: ++completeTo }))
  await world.warehouse.insert('order_versions', told)
}

function rowOf([id, customer, day, status, lines]: (typeof orders)[number], index: number) {
  const at = new Date(day0 + day * dayMs).toISOString()
  const made = lines.map(([product, price, quantity, refunded = 0]) => ({
    product,
    name: `상품 ${product}`,
    category: '',
    quantity,
    refunded_quantity: refunded,
    net: price * (quantity - refunded),
    is_goods: true,
  }))
  const gross = lines.reduce((sum, [, price, quantity]) => sum + price * quantity, 0)
  return {
    shop,
    order_id: id,
    version: index + 1,
    customer,
    status,
    created_at: at,
    paid_at: at,
    sequence: 0,
    currency: 'KRW',
    gross,
    refunded: 0,
    lines: made,
  }
}

async function products(question: Partial<Asked> = {}) {
  const rows = await productCounts(world.warehouse, shop, await asked(question))
  return Object.fromEntries(rows.map((row) => [row.product, row]))
}

async function table(question: Partial<Asked> = {}) {
  return Object.fromEntries(
    Object.values(await products(question)).map((row) => [
      row.product,
      [
        row.firstBuyers,
        row.repeatOrders,
        row.repeatSameOrders,
        row.repeatOtherOrders,
        row.repeatSameItems,
        row.repeatOtherItems,
        row.repeaters,
        row.repeatRevenue,
      ],
    ]),
  )
}

describe('first-purchase products', () => {
  test('count first buyers and what they ordered afterwards', async () => {
    expect(await table()).toEqual({
      A: [4, 3, 1, 3, 1, 3, 2, 40_000],
      B: [3, 2, 1, 1, 1, 1, 2, 25_000],
    })
  })

  test('with a horizon count only people followed for all of it', async () => {
    expect(await table({ horizonDays: 30 })).toEqual({
      A: [3, 2, 1, 2, 1, 2, 2, 35_000],
      B: [3, 2, 1, 1, 1, 1, 2, 25_000],
    })
    const { A } = await products({ horizonDays: 60 })
    expect(A).toMatchObject({
      firstBuyers: 2,
      repeatOrders: 3,
      repeaters: 2,
      repeatRevenue: 40_000,
    })
    expect(A).toMatchObject({ buyersSoFar: 4, exposureDays: 60 + 60 + 30 + 5 })
  })

  test('can leave out an order right after the first', async () => {
    expect(await table({ minGapDays: 1 })).toEqual({
      A: [4, 2, 1, 2, 1, 2, 1, 35_000],
      B: [3, 1, 1, 0, 1, 0, 1, 20_000],
    })
  })

  test('are followed for as long as each buyer is: who came back by when, and how often', async () => {
    const { A, B } = await products()
    const back = (row: typeof A) => kaplanMeier(row?.followed ?? nobody, 1)
    const often = (row: typeof A) => meanCumulative(row?.followed ?? nobody, 1)
    expect([1, 20].map((day) => back(A)[day]?.value)).toEqual([0.25, 0.625])
    expect(often(A)[1]?.value).toBe(0.25)
    expect(often(A)[20]?.value).toBeCloseTo(0.5833, 4)
    expect(often(A)[50]?.value).toBeCloseTo(1.0833, 4)
    for (const curve of [back(B), often(B)]) {
      expect(curve[1]?.value).toBeCloseTo(0.3333, 4)
      expect(curve[30]?.value).toBeCloseTo(0.6667, 4)
    }
  })

  test('are called by their names, with what they brought first and what came back', async () => {
    const { A } = await products()
    expect(A).toMatchObject({ name: '상품 A', firstRevenue: 50_000 })
    const refunds = await refundsOf(world.warehouse, shop, await asked())
    expect(refunds.get(A?.code ?? '')).toBeCloseTo(1 / 5, 12)
  })

  test('share a first order of several by fractions when told so', async () => {
    const { A, B } = await products({ credit: 'fractional' })
    expect(A).toMatchObject({ firstBuyers: 3.5, repeatOrders: 2.5, repeaters: 1.5 })
    expect(B).toMatchObject({ firstBuyers: 2.5, repeatOrders: 1.5 })
  })

  test('count whoever buys a product for the first time when told so', async () => {
    const { A, B, C } = await products({ mode: 'first_time_of_product' })
    expect(A).toMatchObject({ firstBuyers: 4, repeatOrders: 3 })
    // B for the first time: c1 on day 20 (then C), c2, c3, c4.
    expect(B).toMatchObject({ firstBuyers: 4, repeatOrders: 3, firstRevenue: 80_000 })
    expect(C).toMatchObject({ firstBuyers: 2, repeatOrders: 0, repeaters: 0 })
  })

  test('have a total that counts each customer once', async () => {
    const total = await totalCounts(world.warehouse, shop, await asked())
    expect(total).toMatchObject({ firstBuyers: 6, repeatOrders: 4, repeaters: 3 })
    const none = await totalCounts(world.warehouse, 2 as ShopId, await asked())
    expect(none).toMatchObject({ firstBuyers: 0 })
  })

  test('are counted with the shop as a whole in one reading, which says the same as one by itself', async () => {
    for (const question of [
      {},
      { credit: 'fractional' as const },
      { horizonDays: 30 },
      { mode: 'first_time_of_product' as const },
    ]) {
      const both = await tableCounts(world.warehouse, shop, {
        ...(await asked(question)),
        limit: 2,
      })
      expect(both.total).toEqual(await totalCounts(world.warehouse, shop, await asked(question)))
      expect(both.counts).toHaveLength(2)
      expect(both.counts[0]).not.toHaveProperty('whole')
    }
  })

  test('lead to their first buyers, page by page, and to their months', async () => {
    const question = { ...(await asked()), product: 'A', limit: 3 }
    const page = await buyersOf(world.warehouse, shop, { ...question, after: undefined })
    expect(page.map(({ customer }) => customer)).toEqual([6, 5, 2])
    expect(page[2]).toMatchObject({ repeatOrders: 1, backAt: day0 + 1.2 * dayMs })
    const last = page.at(-1)
    const rest = await buyersOf(world.warehouse, shop, { ...question, after: last })
    expect(rest).toMatchObject([{ customer: 1, repeatRevenue: 35_000 }])
    const months = await cohortsOf(world.warehouse, shop, { ...question, zone: 'Asia/Seoul' })
    expect(months.map(({ month, buyers, repeaters }) => [month, buyers, repeaters])).toEqual([
      ['2026-01-01', 2, 2],
      ['2026-03-01', 2, 0],
    ])
  })
})

const nobody = { people: 0, followed: [], first: [], events: [], followedOfRepeaters: [] }

describe('when more is told', () => {
  test('a late refund changes who bought what first', async () => {
    const back = rowOf(['o4', 2, 1, 'refunded', [['A', 10_000, 2, 2]]], 0)
    await tell(back)
    // c2 begins with C on day 1.2 now, and did not come back.
    expect(await table()).toEqual({
      A: [3, 2, 1, 2, 1, 2, 1, 35_000],
      B: [2, 1, 1, 0, 1, 0, 1, 20_000],
      C: [1, 0, 0, 0, 0, 0, 0, 0],
    })
  })

  test('a customer who was merged into another is one', async () => {
    await world.warehouse.insert('aliases', [
      { shop, from_customer: 5, to_customer: 6, position: ++completeTo },
    ])
    await world.warehouse.reloadAliases()
    expect((await table()).A?.slice(0, 2)).toEqual([2, 3])
  })

  test('the replacement of an exchange, a gift and what is no product are no purchase', async () => {
    await tell(
      rowOf(['o20', 8, 10, 'paid', [['A', 10_000, 1]]], 0),
      rowOf(['o21', 8, 11, 'paid', [['A', 0, 1]]], 0),
      rowOf(
        [
          'o22',
          8,
          12,
          'paid',
          [
            ['B', 20_000, 1],
            ['GIFT', 0, 1],
          ],
        ],
        0,
      ),
    )
    const { A, GIFT } = await products({ from: day0 + 10 * dayMs, to: day0 + 11 * dayMs })
    expect(A).toMatchObject({ firstBuyers: 1, repeatOrders: 1, repeatOtherItems: 1 })
    expect(GIFT).toBeUndefined()
  })

  test('renewals can be left out, and a variant counts as its product', async () => {
    await tell(rowOf(['o30', 9, 12, 'paid', [['A-red', 10_000, 1]]], 0), {
      ...rowOf(['o31', 9, 42, 'paid', [['A', 10_000, 1]]], 0),
      renewal: true,
    })
    const period = { from: day0 + 12 * dayMs, to: day0 + 13 * dayMs }
    expect((await products(period)).A).toMatchObject({ firstBuyers: 1, repeatSameOrders: 1 })
    const { A } = await products({ ...period, withoutRenewals: true })
    expect(A).toMatchObject({ firstBuyers: 1, repeatOrders: 0, repeatSameItems: 0 })
  })

  test('of two orders at one moment the one with the smaller number was first', async () => {
    await tell(
      { ...rowOf(['o41', 10, 14, 'paid', [['A', 10_000, 1]]], 0), sequence: 2 },
      { ...rowOf(['o42', 10, 14, 'paid', [['B', 20_000, 1]]], 0), sequence: 1 },
    )
    const period = { from: day0 + 14 * dayMs, to: day0 + 15 * dayMs }
    expect(await table(period)).toEqual({ B: [1, 1, 0, 1, 0, 1, 1, 10_000] })
  })

  test('the visit before the order tells the channel, the order whether it was discounted', async () => {
    const visit = (source: string, day: number, position: number) => ({
      ...{ shop, customer: 11, position, kind: 'derived', name: 'Visit Started' },
      ...{ message_id: `v${position}`, texts: { source, medium: 'cpc' } },
      ...{ at: new Date(day0 + day * dayMs).toISOString(), received_at: 0, processed_at: 0 },
    })
    await world.warehouse.insert('events', [visit('google', 10, 901), visit('naver', 15.9, 902)])
    await tell({ ...rowOf(['o50', 11, 16, 'paid', [['A', 10_000, 1]]], 0), discounted: true })
    const period = { from: day0 + 16 * dayMs, to: day0 + 17 * dayMs }
    const from = async (more: Partial<Asked>) =>
      (await products({ ...period, ...more })).A?.firstBuyers
    expect(await from({ channel: 'naver / cpc', discounted: true })).toBe(1)
    expect(await from({ channel: 'google / cpc' })).toBeUndefined()
    expect(await from({ discounted: false })).toBeUndefined()
  })

  test('what is left out is said', async () => {
    await tell(
      { ...rowOf(['o13', 0, 5, 'paid', [['A', 1, 1]]], 20), customer: 0 },
      { ...rowOf(['o14', 7, 5, 'paid', [['A', 1, 1]]], 21), currency: 'USD' },
    )
    await world.warehouse.insert('customers', [
      { shop, customer: 1, version: 1, created_at: new Date(day0 - 40 * dayMs).toISOString() },
      { shop, customer: 9, version: 1, internal: true, created_at: new Date(day0).toISOString() },
    ])
    const question = await asked({ ordersKnownSince: day0 })
    expect(await leftOut(world.warehouse, shop, { ...question, currency: 'KRW' })).toEqual({
      ordersWithoutCustomer: 1,
      ordersInOtherCurrency: 1,
      joinedBefore: 1,
    })
    const { A } = await products({ from: day0, to: day0 + 13 * dayMs, ordersKnownSince: day0 })
    // Without c1, who joined before, and c9, who is of the house: c8 alone.
    expect(A).toMatchObject({ firstBuyers: 1 })
  })
})
