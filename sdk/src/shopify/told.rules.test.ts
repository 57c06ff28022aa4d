import { expect, test } from 'vitest'
import { toldOf } from './told.ts'

const variant = {
  id: '45737128657113',
  title: '200g',
  price: { amount: 12_000, currencyCode: 'KRW' },
  product: {
    id: '8950526378201',
    title: '원두',
    vendor: '온샵',
    type: '커피',
    url: '/products/bean',
  },
  image: { src: 'https://cdn.shop.example/bean.jpg' },
}
const event = (name: string, data: unknown) =>
  toldOf({ id: 'e1', name, clientId: 'c1', timestamp: '2026-03-02T01:00:00Z', data })

test('a product that is seen or put into the cart is told as the shop knows it', () => {
  const product = {
    ...{
      product_id: '8950526378201',
      name: '원두',
      brand: '온샵',
      category: '커피',
      variant: '200g',
    },
    ...{ url: '/products/bean', image_url: 'https://cdn.shop.example/bean.jpg' },
    ...{ price: 12_000, currency: 'KRW' },
  }
  expect(event('product_viewed', { productVariant: variant })).toEqual({
    event: 'Product Viewed',
    properties: product,
  })
  expect(
    event('product_added_to_cart', { cartLine: { merchandise: variant, quantity: 2 } }),
  ).toEqual({ event: 'Product Added', properties: { ...product, quantity: 2 } })
})

test('an order is told under the id by which the shop tells of it', () => {
  const data = {
    checkout: {
      ...{ token: 't1', currencyCode: 'KRW', totalPrice: { amount: 27_000 } },
      order: { id: 'gid://shopify/Order/1001' },
      lineItems: [{ variant, quantity: 2 }],
    },
  }
  expect(event('checkout_completed', data)).toMatchObject({
    event: 'Order Completed',
    properties: { order_id: '1001', revenue: 27_000, products: [{ quantity: 2 }] },
  })
  expect(event('payment_info_submitted', data)?.event).toBe('Payment Info Entered')
})

test('what is missing is left out, and what nobody asked for is not told', () => {
  expect(event('product_viewed', { productVariant: null })).toEqual({
    event: 'Product Viewed',
    properties: {},
  })
  expect(event('clicked', {})).toBeUndefined()
})
