import { expect, test } from 'vitest'
import type { JsonObject } from '../lib/json.ts'
import { discreet, hushedFacts, productsSpokenOf } from './discreet.ts'
import type { MessageIntent } from './intent.ts'

const context: JsonObject = {
  cart: {
    items: [
      { product_id: 'v', name: '비타민' },
      { product_id: 'm', name: '머그' },
    ],
    total: 3,
  },
  event: {
    product_id: 'v',
    name: '비타민',
    image_url: 'https://i.example/v.jpg',
    url: '/v',
    category: '건강식품',
    price: 9_000,
    products: [
      { product_id: 'v', name: '비타민' },
      { product_id: 'm', name: '머그' },
    ],
  },
}
const wish = (channel: MessageIntent['channel']) => ({ channel, context }) as MessageIntent

test('a message off the site keeps nothing that tells of a sensitive product', () => {
  for (const channel of ['email', 'sms', 'kakao', 'web_push'] as const) {
    const said = JSON.stringify(discreet(wish(channel), new Set(['v'])).context)
    expect(said).not.toMatch(/비타민|건강|v\.jpg|"\/v"/)
    expect(said).toContain('머그')
    expect(said).toContain('9000')
  }
})

test('what stands on the shop’s own page, or goes to its server, speaks of it', () => {
  for (const channel of ['onsite', 'webhook'] as const) {
    expect(discreet(wish(channel), new Set(['v'])).context).toBe(context)
    expect(productsSpokenOf([wish(channel)])).toEqual([])
  }
})

test('the products that could be spoken of are found wherever they stand', () => {
  expect(productsSpokenOf([wish('email')]).toSorted()).toEqual(['m', 'v'])
  expect(productsSpokenOf([{ channel: 'email', context: {} }])).toEqual([])
  expect(discreet(wish('email'), new Set()).context).toBe(context)
})

test('what is known of a reader names no sensitive category either', () => {
  const facts: JsonObject = {
    favorite: { category: '식품/건강식품', brand: '온' },
    cart: { categories: ['주방', 'Adult/Toys'], items: 2 },
  }
  expect(hushedFacts(facts, ['건강', 'adult'])).toEqual({
    favorite: { brand: '온' },
    cart: { categories: ['주방'], items: 2 },
  })
  expect(hushedFacts(facts, [])).toEqual(facts)
})
