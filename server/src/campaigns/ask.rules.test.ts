import { expect, test } from 'vitest'
import type { Cart } from '../facts/cart.ts'
import { messageContext } from './ask.ts'

test('a message names the address of a product whose event named only its path', () => {
  const line = { productId: 'p1', name: '접시', price: 120_000_000, quantity: 1, at: 0 }
  const cart = {
    id: 'cart',
    lines: [
      { ...line, url: '/products/p1', image: '/pictures/p1.svg' },
      { ...line, productId: 'p2', url: 'https://cdn.example/p2', image: null },
    ],
  } as unknown as Cart
  const { cart: shown } = messageContext(
    cart,
    { cartUrl: '/cart' },
    'https://shop.example',
  ) as unknown as {
    cart: { items: { url: string | null; image_url: string | null }[]; url: string }
  }
  expect(shown.url).toBe('https://shop.example/cart')
  expect(shown.items.map(({ url, image_url }) => [url, image_url])).toEqual([
    ['https://cdn.example/p2', null],
    ['https://shop.example/products/p1', 'https://shop.example/pictures/p1.svg'],
  ])
})
