import { afterAll, beforeAll, expect, test } from 'vitest'
import { consent } from '../consent/consent.service.ts'
import { customers } from '../customers/customers.service.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Rooms } from './line-rooms.ts'
import { refusedThere } from './refusals.ts'

let world: MessageWorld
beforeAll(async () => {
  world = await openMessageWorld()
})
afterAll(() => world?.close())

test('a refusal at the provider is heard once: the notice of it that is refused there too is no new word', async () => {
  const { db, clock, shop, vault } = world
  const customer = await world.member('kim')
  const rooms = {
    safe: vault,
    ledger: consent({ db }),
    customer: customers({ db, vault }),
    door: { accept: world.accept },
  } as unknown as Rooms
  const hear = refusedThere({ db, clock }, rooms)
  for (const message of [71, 72, 73]) {
    await hear(shop, [{ message, customer, channel: 'sms' }])
    await world.line.drain(shop)
    clock.advance(1_000)
  }
  const words = await db`
    select kind from consent_events where shop = ${shop} and customer = ${customer} and source = 'provider'`
  expect(words).toMatchObject([{ kind: 'withdraw' }])
})
