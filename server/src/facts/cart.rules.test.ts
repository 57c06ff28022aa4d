import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventOf } from '../events/sample.ts'
import type { JsonObject } from '../lib/json.ts'
import { type Cart, cartLimits, cartValue, foldCarts, mergeCarts, wholeCart } from './cart.ts'

const mug = {
  product_id: 'mug',
  name: '머그컵',
  price: 12000,
  image_url: 'https://shop.example/mug.png',
}
const tea = { product_id: 'tea', name: 'Tea', price: 4.5 }

function told(...events: readonly (readonly [string, JsonObject])[]): readonly Cart[] {
  return events.reduce<readonly Cart[]>(
    (carts, [name, properties], at) =>
      foldCarts(
        carts,
        eventOf({ name, properties, at: 1_000 * (at + 1), position: at + 1, customer: 1 }),
      ),
    [],
  )
}

function quantities(carts: readonly Cart[]): JsonObject {
  return Object.fromEntries(
    (wholeCart(carts)?.lines ?? []).map((line) => [line.productId, line.quantity]),
  )
}

describe('a cart', () => {
  it('holds what was added, with name, price and picture', () => {
    const [cart] = told(['Product Added', { ...mug, quantity: 2 }], ['Product Added', mug])
    expect(cart?.lines).toMatchObject([
      { productId: 'mug', name: '머그컵', price: 120_000_000, quantity: 3, image: mug.image_url },
    ])
    expect(cart && cartValue(cart)).toBe(360_000_000)
  })
  it('gives up a whole line when the removal says no quantity', () => {
    const carts = told(
      ['Product Added', { ...mug, quantity: 3 }],
      ['Product Removed', { product_id: 'mug' }],
    )
    expect(quantities(carts)).toEqual({})
  })
  it('keeps what a removal leaves', () => {
    const carts = told(
      ['Product Added', { ...mug, quantity: 3 }],
      ['Product Removed', { ...mug, quantity: 1 }],
    )
    expect(quantities(carts)).toEqual({ mug: 2 })
  })
  it('is what the shop shows when it is viewed', () => {
    const carts = told(
      ['Product Added', mug],
      ['Cart Viewed', { products: [{ ...tea, quantity: 5 }] }],
    )
    expect(quantities(carts)).toEqual({ tea: 5 })
  })
  it('is not changed by a late snapshot', () => {
    const carts = told(['Product Added', mug])
    const late = eventOf({
      name: 'Cart Viewed',
      properties: { products: [] },
      at: 999,
      position: 9,
      customer: 1,
    })
    expect(foldCarts(carts, late)).toBe(carts)
  })
  it('does not change by being looked at', () => {
    const carts = told(['Product Added', mug])
    const look = eventOf({
      name: 'Cart Viewed',
      properties: { products: [mug] },
      at: 5_000,
      position: 9,
      customer: 1,
    })
    expect(foldCarts(carts, look)).toBe(carts)
  })
  it('loses what was ordered and keeps the rest', () => {
    const carts = told(
      ['Product Added', mug],
      ['Product Added', tea],
      ['Order Completed', { products: [mug] }],
    )
    expect(quantities(carts)).toEqual({ tea: 1 })
  })
  it('is empty after an order that names no products', () => {
    expect(
      quantities(told(['Product Added', mug], ['Order Completed', { order_id: 'A' }])),
    ).toEqual({})
  })
  it('follows a shopper who signs in: of the same product the newer quantity counts', () => {
    const member = told(['Product Added', { ...mug, quantity: 5 }])
    const visitor = told(
      ['Search', {}],
      ['Product Added', { ...mug, quantity: 1 }],
      ['Product Added', tea],
    )
    expect(quantities(mergeCarts(member, visitor))).toEqual({ mug: 1, tea: 1 })
    expect(quantities(mergeCarts(visitor, member))).toEqual({ mug: 1, tea: 1 })
  })
  it('takes no address that a mail must not carry', () => {
    const [cart] = told([
      'Product Added',
      { ...tea, url: 'javascript:alert(1)', image_url: 'data:x' },
    ])
    expect(cart?.lines).toMatchObject([{ url: null, image: null }])
    const [elsewhere] = told([
      'Product Added',
      { ...tea, url: '//evil.example/x', image_url: '/\\evil.example/x' },
    ])
    expect(elsewhere?.lines).toMatchObject([{ url: null, image: null }])
  })
  it('keeps the paths by which shops name their own pages', () => {
    const paths = { url: '/products/tea', image_url: '/pictures/tea.svg' }
    const [cart] = told(['Product Added', { ...tea, ...paths }])
    expect(cart?.lines).toMatchObject([{ url: paths.url, image: paths.image_url }])
  })
  it('stays within its bounds whatever happens to it', () => {
    const product = fc.record(
      {
        product_id: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
        name: fc.anything(),
        price: fc.anything(),
        quantity: fc.oneof(fc.double(), fc.anything()),
        cart_id: fc.oneof(fc.string(), fc.anything()),
        products: fc.anything(),
      },
      { requiredKeys: [] },
    )
    const name = fc.constantFrom(
      'Product Added',
      'Product Removed',
      'Cart Viewed',
      'Order Completed',
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(name, product), { maxLength: 30 }), (events) => {
        const carts = told(...(events as unknown as readonly [string, JsonObject][]))
        expect(carts.length).toBeLessThanOrEqual(cartLimits.carts)
        for (const cart of carts) {
          expect(cart.lines.length).toBeLessThanOrEqual(cartLimits.lines)
          for (const line of cart.lines) expect(line.quantity).toBeGreaterThan(0)
          expect(new Set(cart.lines.map((line) => line.productId)).size).toBe(cart.lines.length)
          expect(Number.isFinite(cartValue(cart))).toBe(true)
        }
      }),
    )
  })
  it('forgets its oldest line rather than grow', () => {
    const many = Array.from(
      { length: 150 },
      (_, at) => ['Product Added', { product_id: `p${at}` }] as const,
    )
    const [cart] = told(...many)
    expect(cart?.lines.length).toBe(100)
    expect(cart?.lines[0]?.productId).toBe('p50')
  })
})
