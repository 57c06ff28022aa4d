import { describe, expect, test } from 'vitest'
import { lyingIn } from './lying-cart.ts'

const line = (product_id: string, price: number | null, quantity: number) => ({
  ...{ product_id, name: product_id, price, quantity },
})
const context = {
  cart: {
    items: [line('knit', 30_000, 1), line('shirt', 10_000, 2), line('bag', null, 1)],
    total: 90_000,
    url: 'https://shop.example/cart',
  },
}

describe('a reminder of a cart, as the shop says it is now', () => {
  test('stays as it was where nothing changed', () => {
    const lying = new Map([
      ['knit', 1],
      ['shirt', 2],
      ['bag', 1],
    ] as const)
    expect(lyingIn(context, lying)).toBe(context)
    expect(lyingIn({}, lying)).toEqual({})
  })

  test('shows neither what left the cart nor what it cost', () => {
    const { cart } = lyingIn(
      context,
      new Map([
        ['shirt', 1],
        ['bag', 1],
      ] as const),
    )
    expect(cart).toEqual({
      ...context.cart,
      items: [line('shirt', 10_000, 1), line('bag', null, 1)],
      total: 50_000,
    })
  })

  test('counts two variants of one product together', () => {
    const items = [line('knit', 30_000, 1), line('knit', 30_000, 2)]
    const cart = { items, total: 90_000 }
    expect(lyingIn({ cart }, new Map([['knit', 2]]))).toEqual({
      cart: { items: [line('knit', 30_000, 1), line('knit', 30_000, 1)], total: 60_000 },
    })
    expect(lyingIn({ cart }, new Map([['knit', 1]]))).toEqual({
      cart: { items: [line('knit', 30_000, 1)], total: 30_000 },
    })
    expect(lyingIn({ cart }, new Map([['knit', 5]]))).toMatchObject({
      cart: { items: [{ quantity: 1 }, { quantity: 4 }], total: 150_000 },
    })
  })
})
