import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../lib/json.ts'
import { foldOrder, isEffective, type Order, type OrderSource } from './order.ts'
import { orderWord } from './order-word.ts'
import { spread } from './spread.ts'

const shirt = { product_id: 'A', name: '셔츠', price: 10_000, quantity: 2 }
const shoes = { product_id: 'B', name: '신발', price: 30_000, quantity: 1 }

function told(name: string, properties: JsonObject, source: OrderSource = 'server') {
  const word = orderWord({
    name,
    at: 1_000,
    properties: { order_id: 'o-1', ...properties },
    source,
    currency: 'KRW',
  })
  if (!word) throw new Error('no word')
  return word
}

function folded(...words: readonly ReturnType<typeof told>[]): Order {
  const order = words.reduce<Order | undefined>(
    (before, word) => foldOrder(before, word),
    undefined,
  )
  if (!order) throw new Error('no order')
  return order
}

describe('an order', () => {
  test('is a purchase when it is completed', () => {
    const order = folded(told('Order Completed', { products: [shirt, shoes] }))
    expect(order).toMatchObject({ status: 'paid', paidAt: 1_000, gross: 500_000_000n })
    expect(isEffective(order)).toBe(true)
  })

  test('that awaits a bank transfer is no purchase until it is paid', () => {
    const created = told('Order Created', { products: [shirt] })
    expect(isEffective(folded(created))).toBe(false)
    expect(isEffective(folded(created, told('Order Completed', { products: [shirt] })))).toBe(true)
  })

  test('told twice is one order', () => {
    const completed = told('Order Completed', { products: [shirt] })
    const once = folded(completed)
    expect(foldOrder(once, completed)).toBe(once)
  })

  test('loses the lines that went back, and is refunded when all did', () => {
    const completed = told('Order Completed', { products: [shirt, shoes] })
    const one = folded(
      completed,
      told('Order Refunded', { products: [{ product_id: 'A', quantity: 1 }] }),
    )
    expect(one).toMatchObject({ status: 'paid', refunded: 100_000_000n })
    expect(one.lines[0]).toMatchObject({ refundedQuantity: 1, net: 100_000_000n })
    const all = folded(completed, told('Order Refunded', {}))
    expect(all).toMatchObject({ status: 'refunded', refunded: all.gross })
    expect(isEffective(all)).toBe(false)
  })

  test('that is cancelled stays cancelled whatever is told later', () => {
    const order = folded(
      told('Order Completed', { products: [shirt] }),
      told('Order Cancelled', {}),
      told('Order Updated', { products: [shoes] }),
    )
    expect(order.status).toBe('cancelled')
  })

  test('told by a page gives way to what the server tells of it', () => {
    const page = told('Order Completed', { products: [{ ...shirt, price: 1 }] }, 'browser')
    const server = told('Order Completed', { products: [shirt] })
    expect(folded(page, server)).toMatchObject({ source: 'server', gross: 200_000_000n })
    expect(folded(server, page)).toEqual(folded(server))
  })

  test('with a discount on the whole spreads it over its lines to the last unit', () => {
    const order = folded(told('Order Completed', { products: [shirt, shoes], discount: 9_999 }))
    expect(order.gross).toBe(400_010_000n)
    expect(order.lines.reduce((sum, line) => sum + line.net, 0n)).toBe(order.gross)
  })

  test('of which only shipping is left is no purchase', () => {
    const order = folded(told('Order Completed', { products: [{ ...shirt, is_goods: false }] }))
    expect(isEffective(order)).toBe(false)
  })

  test('keeps refunds within what was paid, whatever comes in whatever order', () => {
    const names = [
      'Order Created',
      'Order Completed',
      'Order Updated',
      'Order Cancelled',
      'Order Refunded',
    ]
    const word = fc.record({
      name: fc.constantFrom(...names),
      products: fc.array(fc.constantFrom(shirt, shoes, { ...shirt, quantity: 1 }), {
        maxLength: 3,
      }),
      total: fc.option(fc.integer({ min: 0, max: 80_000 }), { nil: undefined }),
      source: fc.constantFrom<OrderSource>('server', 'browser', 'import'),
    })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        const order = folded(
          ...words.map(({ name, source, total, products }) =>
            told(name, total === undefined ? { products } : { products, total }, source),
          ),
        )
        expect(order.refunded).toBeGreaterThanOrEqual(0n)
        expect(order.refunded <= order.gross).toBe(true)
        for (const line of order.lines) {
          expect(line.refundedQuantity).toBeLessThanOrEqual(line.quantity)
          expect(line.net >= 0n).toBe(true)
        }
      }),
      { numRuns: 3_000 },
    )
  })

  test('takes a small amount back from lines that are still there, never from one sent back whole', () => {
    const order = folded(
      told('Order Created', { products: [shirt, { ...shirt, quantity: 1 }, shoes] }),
      told('Order Refunded', { products: [shoes] }),
      told('Order Refunded', { total: 1 }),
    )
    expect(order.lines.map((line) => line.net)).toEqual([199_993_334n, 99_996_666n, 0n])
  })

  test('spreads any amount so that the parts add up', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 12n),
        fc.array(fc.bigInt(0n, 10n ** 10n), { minLength: 1 }),
        (total, weights) => {
          const sum = weights.reduce((a, b) => a + b, 0n)
          const parts = spread(total, weights)
          const given = parts.reduce((a, b) => a + b, 0n)
          expect(given === total || given === sum).toBe(true)
          expect(given <= total && given <= sum).toBe(true)
          for (const [index, part] of parts.entries())
            expect(part >= 0n && part <= (weights[index] ?? 0n)).toBe(true)
        },
      ),
    )
  })
})

describe('an order of a platform', () => {
  const fee = {
    product_id: 'delivery',
    name: '배송비',
    price: 3_000,
    quantity: 1,
    is_goods: false,
  }
  const bought = told('Order Completed', { products: [shirt, shoes, fee] })
  const nets = (order: Order) => order.lines.map(({ net }) => Number(net) / 10_000)

  test('loses what was given back, from the lines that came back', () => {
    const one = { products: [{ ...shirt, quantity: 1 }], refund_amount: 10_000 }
    const order = folded(bought, told('Order Refunded', one))
    expect(order).toMatchObject({ status: 'paid', refunded: 100_000_000n })
    expect(nets(order)).toEqual([10_000, 30_000, 3_000])
  })

  test('keeps what the shop kept for taking a piece back, and gives more where more went back', () => {
    const piece = [{ ...shirt, quantity: 1 }]
    const less = folded(bought, told('Order Refunded', { products: piece, refund_amount: 7_000 }))
    expect(nets(less)).toEqual([13_000, 30_000, 3_000])
    const more = folded(
      bought,
      told('Order Refunded', { products: [shirt], refund_amount: 23_000 }),
    )
    expect(nets(more).reduce((sum, net) => sum + net, 0)).toBe(30_000)
  })

  test('is the same whether the money went back before or after it was cancelled', () => {
    const back = told('Order Refunded', { products: [], refund_amount: 53_000 })
    const cancelled = told('Order Cancelled', {})
    const after = folded(bought, cancelled, back)
    expect(after).toMatchObject({ status: 'cancelled', refunded: 530_000_000n })
    expect(folded(bought, back, cancelled)).toEqual(after)
  })

  test('told whole is the order told step by step', () => {
    const refund = { products: [{ ...shirt, quantity: 1 }], refund_amount: 10_000 }
    const stepwise = folded(bought, told('Order Refunded', refund))
    const whole = told('Order Updated', {
      products: [shirt, shoes, fee],
      restated: true,
      ...{ ordered_at: 1_000, paid_at: 1_000, cancelled_at: null },
      refunds: [{ ...refund, refunded_at: 2_000 }],
    })
    expect(folded(whole)).toEqual(stepwise)
    expect(folded(told('Order Completed', { products: [shoes] }), whole)).toEqual(stepwise)
  })
})
