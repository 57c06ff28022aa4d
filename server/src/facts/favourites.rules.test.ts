import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayMs } from '../lib/duration.ts'
import type { Order, OrderLine } from '../orders/order.ts'
import { favouriteFacts, favouritesOf, favouriteWindowMs, priceBand } from './favourites.ts'
import { boughtIn, orderFacts } from './orders-summary.ts'

const line = (more: Partial<OrderLine> = {}): OrderLine => ({
  product: 'p',
  name: 'p',
  category: null,
  brand: null,
  variant: null,
  quantity: 1,
  refundedQuantity: 0,
  price: 100_000_000n,
  net: 100_000_000n,
  isGoods: true,
  ...more,
})
const order = (
  id: string,
  paidAt: number,
  lines: readonly OrderLine[],
  more: Partial<Order> = {},
): Order => ({
  id,
  status: 'paid',
  createdAt: paidAt,
  paidAt,
  sequence: 0,
  currency: 'KRW',
  gross: lines.reduce((sum, one) => sum + one.net, 0n),
  refunded: 0n,
  coupon: null,
  renewal: false,
  source: 'server',
  lines,
  ...more,
})
const nothing = () => undefined
const now = 1_000 * dayMs
const favourite = (orders: readonly Order[], at = now) =>
  favouriteFacts(favouritesOf(orders, { now: at, described: nothing }))

test('a favourite is the largest share of kept items of two orders or more in 365 days', () => {
  const tea = line({ category: '차', quantity: 3 })
  const cup = line({ category: '주방', quantity: 2, brand: '온' })
  expect(favourite([order('a', now - dayMs, [tea])])).toEqual({})
  expect(favourite([order('a', now - 2 * dayMs, [tea]), order('b', now - dayMs, [cup])])).toEqual({
    category: '차',
    brand: '온',
    price_band: '10000-20000',
  })
  const back = { ...tea, refundedQuantity: 2 }
  expect(
    favourite([order('a', now - 2 * dayMs, [back]), order('b', now - dayMs, [cup])]),
  ).toMatchObject({ category: '주방' })
})

test('what is no order, no good or sent back counts nothing; of equal shares the later one wins', () => {
  const [tea, cup] = [line({ category: '차' }), line({ category: '주방' })]
  const orders = [
    order('a', now - 3 * dayMs, [cup]),
    order('b', now - 2 * dayMs, [tea]),
    order('c', now - dayMs, [line({ category: '배송', quantity: 9, isGoods: false })]),
    order('d', now - dayMs, [line({ category: '취소', quantity: 9 })], { status: 'cancelled' }),
  ]
  expect(favourite(orders)).toMatchObject({ category: '차' })
})

test('the catalogue says category and brand where the order does not', () => {
  const orders = [order('a', now - 2, [line()]), order('b', now - 1, [line()])]
  const described = () => ({ category: '차', brand: '하동' })
  expect(favouritesOf(orders, { now, described })).toMatchObject({ category: '차', brand: '하동' })
})

test('favourites change by time only at the times they say', () => {
  const paid = fc.integer({ min: now - favouriteWindowMs - 3, max: now })
  const category = fc.constantFrom('a', 'b', 'c')
  fc.assert(
    fc.property(fc.array(fc.tuple(paid, category), { maxLength: 8 }), fc.nat(400), (made, days) => {
      const orders = made.map(([at, of], index) => order(`o${index}`, at, [line({ category: of })]))
      const later = now + days * dayMs
      let at = now
      for (let step = 0; step <= made.length; step++) {
        const { due, ...shown } = favouritesOf(orders, { now: at, described: nothing })
        const until = Math.min(due ?? Infinity, later + 1) - 1
        expect(favourite(orders, until)).toEqual(shown)
        if (due === null || due > later) break
        expect(due).toBeGreaterThan(at)
        at = due
      }
    }),
  )
})

test.each([
  [99_990_000n, '5000-10000'],
  [100_000_000n, '10000-20000'],
  [199_999_999n, '10000-20000'],
  [200_000_000n, '20000-50000'],
  [500_000_000n, '50000-100000'],
  [45_000n, '2-5'],
  [1n, '0.0001-0.0002'],
  [0n, undefined],
])('a price of %s ten-thousandths lies in the band %s', (price, band) => {
  expect(priceBand(price)).toBe(band)
})

test('orders add up as the reports count them: net of refunds, in the currency of the shop', () => {
  const orders = [
    order('b', 20, [line({ product: 'y', category: '차' })], { refunded: 40_000_000n }),
    order('a', 20, [line({ product: 'x' })], { sequence: 1, currency: 'USD' }),
    order('c', 10, [line({ product: 'z', refundedQuantity: 1 }), line({ product: 'x' })]),
    order('d', 30, [line({ product: 'w' })], { status: 'created', paidAt: null }),
  ]
  const shop = { now, currency: 'KRW', described: nothing }
  expect(orderFacts(boughtIn(orders, shop))).toEqual({
    count: 3,
    revenue: 26_000,
    average: 13_000,
    first_at: '1970-01-01T00:00:00.010Z',
    last_at: '1970-01-01T00:00:00.020Z',
    first_products: ['x'],
    products: ['x', 'y'],
    categories: ['차'],
  })
  expect(orderFacts(boughtIn([], shop))).toEqual({ count: 0, revenue: 0 })
})
