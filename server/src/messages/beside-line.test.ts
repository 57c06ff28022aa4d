import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  cartMail,
  type MessageWorld,
  openMessageWorld,
  wish,
} from '../testing/message-world.driver.ts'
import { outboxOf } from '../testing/outbox.store.ts'

let world: MessageWorld
let content: string

beforeAll(async () => {
  world = await openMessageWorld()
  content = (await world.messages.publish(world.shop, cartMail, { purpose: 'advertising' })).id
})
afterAll(() => world?.close())

const stateOf = async (message: number | undefined) =>
  (await outboxOf(world, world.shop)).find(({ id }) => id === message)?.state

test('a message leaves while the line is at work on its reader', async () => {
  const customer = await world.member('busy')
  const [outcome] = await world.ask(wish(customer, content))
  await world.db.begin(async (turn) => {
    await turn`select 1 from customers where shop = ${world.shop} and id = ${customer} for update`
    await world.sender().drain(world.shop)
    expect(await stateOf(outcome?.message)).toBe('sent')
  })
})

test('a refusal that is committed before the message is leased holds it, whatever the line is doing', async () => {
  const customer = await world.member('refuses')
  const [outcome] = await world.ask(wish(customer, content))
  await world.consented('refuses', 'withdraw')
  await world.line.drain(world.shop)
  await world.db.begin(async (turn) => {
    await turn`select 1 from customers where shop = ${world.shop} and id = ${customer} for update`
    await world.sender().drain(world.shop)
    expect(await stateOf(outcome?.message)).toBe('refused')
  })
})

test('two messages of one person are never leased by two senders at once: a cap would count neither', async () => {
  const customer = await world.member('two')
  const [one] = await world.ask(wish(customer, content))
  await world.db.begin(async (other) => {
    await other`select pg_advisory_xact_lock(hashtextextended('sender:' || ${String(world.shop)} || ':' || ${customer}::bigint, 0))`
    await world.sender().drain(world.shop)
    expect(await stateOf(one?.message)).toBe('queued')
  })
  await world.sender().drain(world.shop)
  expect(await stateOf(one?.message)).toBe('sent')
})
