import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayMs } from '../lib/duration.ts'
import {
  cartMail,
  type MessageWorld,
  openMessageWorld,
  wish,
} from '../testing/message-world.driver.ts'
import { readKept } from './kept.ts'

let world: MessageWorld
let content: string
beforeAll(async () => {
  world = await openMessageWorld()
  content = (await world.messages.publish(world.shop, cartMail, { purpose: 'advertising' })).id
})
afterAll(() => world?.close())

async function buyer(user: string) {
  const customer = await world.member(user, { consents: false })
  await world.say({
    name: 'Order Completed',
    ids: { user, verified: true },
    body: {
      properties: {
        order_id: `order-${user}`,
        currency: 'KRW',
        products: [{ product_id: 'p1', name: '비누', price: 9000, quantity: 1 }],
      },
    },
  })
  await world.line.drain(world.shop)
  return customer
}

test('a customer of the last six months gets advertising only where somebody answers for it, and never after a refusal', async () => {
  const customer = await buyer('recent')
  const paidAt = world.clock.now()
  const [before] = await world.ask(wish(customer, content))
  expect(before).toMatchObject({ kind: 'refused', reason: 'no_consent' })
  const answered = { by: '김담당', sentence: '같은 종류의 우리 상품만 알려요.', at: 1 }
  await world.shops.set(world.shop, 'consent', { existingCustomers: answered })
  const [sent] = await world.ask(wish(customer, content))
  expect(sent?.kind).toBe('queued')
  const [row] = await world.db<{ kept: string }[]>`
    select content as kept from outbox where id = ${sent?.message ?? 0}`
  expect(readKept(row?.kept ?? '{}').basis).toMatchObject({
    kind: 'existing_customer_6m',
    order: 'order-recent',
    endedAt: paidAt,
  })
  await world.consented('recent', 'withdraw')
  await world.line.drain(world.shop)
  world.clock.advance(8 * dayMs)
  const [after] = await world.ask(wish(customer, content))
  expect(after).toMatchObject({ kind: 'refused', reason: 'opted_out' })
})

test('the relation ends six months after the order, and who never bought has none', async () => {
  const customer = await buyer('old')
  const stranger = await world.member('stranger', { consents: false })
  const [none] = await world.ask(wish(stranger, content))
  expect(none).toMatchObject({ kind: 'refused', reason: 'no_consent' })
  world.clock.advance(184 * dayMs)
  const [ended] = await world.ask(wish(customer, content))
  expect(ended).toMatchObject({ kind: 'refused', reason: 'no_consent' })
})
