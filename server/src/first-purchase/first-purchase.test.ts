import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { openTestWorld, type TestWorld } from '../testing/world.store.ts'
import {
  firstPurchaseNotes,
  firstPurchaseRows,
  firstPurchaseTotal,
} from './first-purchase.store.ts'

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
const asked = { asOf: day0 + 90 * dayMs, currency: 'KRW', minGapDays: 0, limit: 100 }

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
  await world.warehouse.insert('order_versions', orders.map(rowOf))
  await world.warehouse.reloadAliases()
})
afterAll(() => world.close())

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

async function table(question: { horizonDays?: number; minGapDays?: number } = {}) {
  const rows = await firstPurchaseRows(world.warehouse, shop, { ...asked, ...question })
  return Object.fromEntries(
    rows.map((row) => [
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
    expect((await table({ horizonDays: 60 })).A).toEqual([2, 3, 1, 3, 1, 3, 2, 40_000])
  })

  test('can leave out an order right after the first', async () => {
    expect(await table({ minGapDays: 1 })).toEqual({
      A: [4, 2, 1, 2, 1, 2, 1, 35_000],
      B: [3, 1, 1, 0, 1, 0, 1, 20_000],
    })
  })

  test('have rates a buyer, and a total that counts each customer once', async () => {
    const [a] = await firstPurchaseRows(world.warehouse, shop, asked)
    expect(a).toMatchObject({
      name: '상품 A',
      repeatPerBuyer: 0.75,
      repurchaseRate: 0.5,
      repeatRevenuePerBuyer: 10_000,
    })
    const total = await firstPurchaseTotal(world.warehouse, shop, asked)
    expect(total).toMatchObject({ firstBuyers: 6, repeatOrders: 4, repeaters: 3 })
    const nobody = await firstPurchaseTotal(world.warehouse, 2 as ShopId, asked)
    expect(nobody).toMatchObject({ firstBuyers: 0, repurchaseRate: 0 })
  })

  test('follow a customer who was merged into another', async () => {
    await world.warehouse.insert('aliases', [
      { shop, from_customer: 5, to_customer: 6, position: 50 },
    ])
    await world.warehouse.reloadAliases()
    expect((await table()).A?.slice(0, 2)).toEqual([3, 4])
  })

  test('say what they leave out', async () => {
    const guest = { ...rowOf(['o13', 0, 5, 'paid', [['A', 1, 1]]], 20), customer: 0 }
    const abroad = { ...rowOf(['o14', 7, 5, 'paid', [['A', 1, 1]]], 21), currency: 'USD' }
    await world.warehouse.insert('order_versions', [guest, abroad])
    const notes = await firstPurchaseNotes(world.warehouse, shop, asked)
    expect(notes).toEqual({ ordersWithoutCustomer: 1, ordersInOtherCurrency: 1 })
  })
})
