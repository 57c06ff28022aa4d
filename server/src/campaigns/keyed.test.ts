import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Ids } from '../customers/identity.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Actor } from '../web/route.ts'
import { Flow } from './campaign.ts'
import { type Campaigns, campaigns } from './campaigns.service.ts'

// Waits by key: a person with two carts has two waits, each with a life of its own.

let world: MessageWorld
let room: Campaigns
let live = 0
beforeAll(async () => {
  world = await openMessageWorld({
    rooms: (built) => {
      room = campaigns(built)
      return [room.room({ inTurn: () => ({ isMember: () => false }) })]
    },
  })
  const actor: Actor = { shop: world.shop, name: 'member:1', role: 'marketer' }
  await world.shops.set(world.shop, 'sending', { adsPerDay: 5, adsPerWeek: 20 })
  const made = await room.create(actor, { playbook: 'cart_abandonment' })
  const { draft } = made
  const trigger = { kind: 'event', event: 'Product Added', key: 'cart' }
  const flow = Flow.parse({ ...draft, trigger, holdoutShare: 0, reentry: { afterDays: 0 } })
  await room.change(actor, made.id, { draft: flow })
  live = (await room.start(actor, made.id)).id
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.db`update enrolments set state = 'exited', due = null where shop = ${world.shop}`
  await world.db`delete from timers where shop = ${world.shop}`
  world.clock.advance(8 * dayMs)
})

const goods = { product_id: 'mug', name: '머그컵', price: 12000 }
const tea = { product_id: 'tea', name: '녹차', price: 8000 }
const did = async (ids: Partial<Ids>, name: string, properties: JsonObject) => {
  await world.say({ name, ids: { verified: true, ...ids }, body: { properties } })
  await world.line.drain(world.shop)
}
const after = async (ms: number) => {
  world.clock.advance(ms)
  await world.line.drain(world.shop)
}
const ways = async () => {
  const since = world.clock.now() - 7 * dayMs
  return await world.db<{ entry_value: string; state: string; end_reason: string | null }[]>`
    select entry_value, state, end_reason from enrolments
    where shop = ${world.shop} and campaign = ${live} and entered_at > ${since} order by id`
}
const mailsTo = async (customer: number) => {
  await world.sender({ recheck: room.recheck }).drain(world.shop)
  const rows = await world.db<{ subject: string }[]>`
    select i.subject from inbox i join outbox o on o.shop = i.shop and o.id = i.message
    where o.shop = ${world.shop} and o.customer = ${customer} order by i.id`
  return rows.map((row) => row.subject)
}

test('the first cart is emptied and never spoken of; the second is, with what lies in it', async () => {
  const customer = await world.member('two')
  await did({ user: 'two' }, 'Product Added', { ...goods, cart_id: 'A' })
  await after(10 * minuteMs)
  await did({ user: 'two' }, 'Product Added', { ...tea, cart_id: 'B' })
  await did({ user: 'two' }, 'Product Removed', { product_id: 'mug', cart_id: 'A' })
  await after(2 * hourMs)
  expect(await ways()).toMatchObject([
    { entry_value: 'A', end_reason: 'cart_empty' },
    { entry_value: 'B', end_reason: 'completed' },
  ])
  expect(await mailsTo(customer)).toEqual(['(광고) 김하늘님, 담아두신 녹차'])
})

test('what is put into one cart lets the other’s wait run on', async () => {
  const customer = await world.member('own')
  await did({ user: 'own' }, 'Product Added', { ...goods, cart_id: 'A' })
  await did({ user: 'own' }, 'Product Added', { ...tea, cart_id: 'B' })
  for (let change = 0; change < 5; change++) {
    await after(20 * minuteMs)
    await did({ user: 'own' }, 'Product Added', { ...tea, cart_id: 'B', quantity: change + 2 })
  }
  expect(await ways()).toMatchObject([
    { entry_value: 'A', state: 'done' },
    { entry_value: 'B', state: 'active' },
  ])
  expect(await mailsTo(customer)).toEqual(['(광고) 김하늘님, 담아두신 머그컵'])
})

test('an order made as a guest ends the waits of both carts as soon as it is known whose it was', async () => {
  const customer = await world.member('guest')
  await did({ user: 'guest' }, 'Product Added', { ...goods, cart_id: 'A' })
  await did({ user: 'guest' }, 'Product Added', { ...tea, cart_id: 'B' })
  await after(minuteMs)
  const order = { order_id: 'G9', revenue: 12000, currency: 'KRW', products: [goods] }
  await did({ anonymous: 'phone-9', verified: false }, 'Order Completed', order)
  await did({ anonymous: 'phone-9', user: 'guest' }, 'Signed In', {})
  await after(2 * hourMs)
  expect((await ways()).map((way) => way.end_reason)).toEqual(['ordered', 'ordered'])
  expect(await mailsTo(customer)).toEqual([])
})

test('carts of a visitor and of the member they turn out to be stay two waits', async () => {
  const customer = await world.member('both')
  await did({ user: 'both' }, 'Product Added', { ...goods, cart_id: 'A' })
  await did({ anonymous: 'phone-8', verified: false }, 'Product Added', { ...tea, cart_id: 'B' })
  await did({ anonymous: 'phone-8', verified: false }, 'Product Added', { ...tea, cart_id: 'A' })
  await did({ anonymous: 'phone-8', user: 'both' }, 'Signed In', {})
  expect(await ways()).toMatchObject([
    { entry_value: 'A', state: 'active' },
    { entry_value: 'B', state: 'active' },
    { entry_value: 'A', end_reason: 'merged' },
  ])
  await after(2 * hourMs)
  expect(await mailsTo(customer)).toHaveLength(2)
})
