import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  cartMail,
  type MessageWorld,
  openMessageWorld,
  wish,
} from '../testing/message-world.driver.ts'

let world: MessageWorld
beforeAll(async () => {
  world = await openMessageWorld()
})
afterAll(() => world?.close())

test('a mail about a cart does not name what the shop calls sensitive, and what is kept of it neither', async () => {
  const { shop, db } = world
  const say = (properties: object) =>
    world.say({
      kind: 'product',
      name: 'Product Updated',
      ids: { verified: true },
      body: { properties: { ...properties } },
    })
  await say({ product_id: 'v', name: '다이어트 비타민', category: '식품/건강식품', price: 9_000 })
  await say({ product_id: 'm', name: '머그', category: '주방', price: 8_000 })
  const customer = await world.member('kim')
  const content = (await world.messages.publish(shop, cartMail, { purpose: 'advertising' })).id
  const line = (id: string, name: string) => ({
    product_id: id,
    name,
    price: 1,
    quantity: 1,
    url: `https://shop.example/${id}`,
    image_url: `https://shop.example/${id}.jpg`,
  })
  const context = {
    cart: {
      url: 'https://shop.example/cart',
      items: [line('v', '다이어트 비타민'), line('m', '머그')],
    },
  }
  const [outcome] = await world.ask(wish(customer, content, { context, products: ['v', 'm'] }))
  expect(outcome).toMatchObject({ kind: 'queued' })
  const [row] = await db<
    { kept: string }[]
  >`select content as kept from outbox where shop = ${shop}`
  expect(row?.kept).toContain('머그')
  expect(row?.kept).not.toMatch(/비타민|v\.jpg/)
})
