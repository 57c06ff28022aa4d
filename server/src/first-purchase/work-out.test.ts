import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { refreshLives } from './lives.store.ts'
import { FirstPurchaseAsked, FirstPurchaseReport } from './report.ts'
import { workOut } from './work-out.service.ts'

const shop = 1 as ShopId
const asOf = Date.UTC(2026, 6, 1)
const ago = (days: number) => new Date(asOf - days * dayMs).toISOString()

// Two products of 100 first buyers each. With a discount one in five comes back, without one half do, whatever the product; but 80
// of A's first buyers had a discount and 20 of B's.
function orders(): readonly Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = []
  let customer = 0
  for (const [product, reduced] of [
    ['A', 80],
    ['B', 20],
  ] as const) {
    for (let n = 0; n < 100; n++) {
      customer++
      const discounted = n < reduced
      const among = discounted ? n : n - reduced
      const isBack = among % 10 < (discounted ? 2 : 5)
      rows.push(row({ customer, day: 120, product, discounted }))
      if (isBack) rows.push(row({ customer, day: 100, product, discounted: false }))
    }
  }
  for (let n = 0; n < 5; n++) rows.push(row({ customer: 500 + n, day: 110, product: 'C' }))
  return rows.map((one, at) => ({ ...one, order_id: `o${at}`, version: at + 1 }))
}

function row(of: {
  readonly customer: number
  readonly day: number
  readonly product: string
  readonly discounted?: boolean
}) {
  const line = { product: of.product, name: of.product, category: '', quantity: 1, net: 1_000 }
  return {
    ...{ shop, customer: of.customer, status: 'paid', created_at: ago(of.day) },
    ...{ paid_at: ago(of.day), sequence: 0, currency: 'KRW', gross: 1_000, refunded: 0 },
    discounted: of.discounted ?? false,
    lines: [{ ...line, refunded_quantity: 0, is_goods: true }],
  }
}

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
  await world.warehouse.insert('order_versions', orders())
  await world.warehouse.reloadAliases()
})
afterAll(() => world.close())

const product = (id: string, isSellable = true) => ({
  ...{ id, name: `상품 ${id}`, category: '옷', imageUrl: null, parent: null, isSellable },
})

async function report(query: object = {}): Promise<FirstPurchaseReport> {
  const lives = await refreshLives(world.warehouse, shop, {
    rules: { currency: 'KRW', variants: [], parents: [] },
    completeTo: 1_000,
  })
  const made = await workOut(
    world.warehouse,
    {
      shop: {
        ...{ id: shop, name: '', url: '', timeZone: 'Asia/Seoul', currency: 'KRW', language: 'ko' },
        sender: { legalName: '', fromEmail: '', contactEmail: '', phone: '', address: '' },
        ...{ settings: {}, isDemo: false, createdAt: 0 },
      },
      listed: [product('A'), product('B'), product('C'), product('D'), product('E', false)],
      completeTo: 1_000,
      settings: { ordersKnownSince: null },
      asked: {
        ...{ ...lives, asOf, horizonDays: 60, minGapDays: 0, withoutRenewals: false },
        ...{ credit: 'full', mode: 'first_order' },
      },
    },
    FirstPurchaseAsked.parse({ horizon_days: '60', ...query }),
  )
  return FirstPurchaseReport.parse(made)
}

test('products with enough first buyers have a place; what nobody began with is listed apart', async () => {
  const { rows, neverFirst, total } = await report()
  expect(rows.map(({ product, rank }) => [product, rank])).toEqual([
    ['A', 2],
    ['B', 1],
    ['C', null],
  ])
  expect(neverFirst).toEqual([{ product: 'D', name: '상품 D', category: '옷' }])
  expect(total).toMatchObject({ firstBuyers: 205, repeaters: 70 })
  const [a] = rows
  expect(a).toMatchObject({ name: '상품 A', firstBuyers: 100, repeaters: 26, refundRate: 0 })
  // Everybody is followed for 120 days: both curves say what was counted, and the interval that of an ordinary mean.
  expect(a?.meanBy).toMatchObject({ day: 60, value: 0.26 })
  const error = Math.sqrt((0.26 * 0.74) / 100)
  expect(a?.meanBy?.low).toBeCloseTo(0.26 * Math.exp((-1.96 * error) / 0.26), 4)
  expect(a?.backBy?.value).toBeCloseTo(0.26, 10)
  expect(a?.adjLow).toBeLessThan(0.26)
})

test('compared like with like, products that only differ in their discounts do not differ', async () => {
  const { rows } = await report({ compare: '1' })
  const [a, b] = rows
  expect(a?.repurchaseRate).toBeCloseTo(0.26, 10)
  expect(b?.repurchaseRate).toBeCloseTo(0.44, 10)
  expect(a?.comparedRate).toBeCloseTo(b?.comparedRate ?? 0, 10)
  expect(a?.covered).toBe(1)
})
