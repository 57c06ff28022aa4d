import { afterAll, beforeAll, expect, test } from 'vitest'
import { consent } from '../consent/consent.service.ts'
import { contactIdentity } from '../customers/contact.ts'
import { customers } from '../customers/customers.service.ts'
import type { CustomerId } from '../lib/brand.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Rooms } from './line-rooms.ts'
import { refusedThere } from './refusals.ts'

let world: MessageWorld
beforeAll(async () => {
  world = await openMessageWorld()
})
afterAll(() => world?.close())

function hearing() {
  const { db, clock, vault } = world
  const rooms = {
    safe: vault,
    ledger: consent({ db }),
    customer: customers({ db, vault }),
    door: { accept: world.accept },
  } as unknown as Rooms
  return refusedThere({ db, clock }, rooms)
}

const wordsOf = (customer: number) => world.db<{ kind: string; channel: string }[]>`
  select kind, channel from consent_events
  where shop = ${world.shop} and customer = ${customer} and source = 'provider' order by channel`

test('a refusal at the provider is heard once: the notice of it that is refused there too is no new word', async () => {
  const { clock, shop } = world
  const customer = await world.member('kim')
  const hear = hearing()
  for (const message of [71, 72, 73]) {
    await hear(shop, [{ message, customer, channel: 'sms', hash: null }])
    await world.line.drain(shop)
    clock.advance(1_000)
  }
  expect(await wordsOf(customer)).toEqual([
    { kind: 'withdraw', channel: 'kakao' },
    { kind: 'withdraw', channel: 'sms' },
  ])
})

test('a refusal at the provider is that of the number: of everybody who has it, by everything the number stands under', async () => {
  const { shop, vault } = world
  const hash = vault.hash('phone', contactIdentity('phone', '+821044445555'))
  const two = [await world.member('lee'), await world.member('lee-again')]
  for (const customer of two)
    await world.db`
      insert into contacts (shop, customer, channel, value_hash, sealed, masked, updated_at)
      values (${shop}, ${customer}, 'phone', decode(${Buffer.from(hash, 'base64url').toString('hex')}, 'hex'), 'x', 'x', 0)`
  const reader = two[0] as CustomerId
  await hearing()(shop, [{ message: 81, customer: reader, channel: 'kakao', hash }])
  await world.line.drain(shop)
  for (const customer of two) {
    const channels = (await wordsOf(customer)).map((word) => word.channel)
    expect(channels).toEqual(['kakao', 'sms'])
  }
  await hearing()(shop, [{ message: 82, customer: reader, channel: 'email', hash }])
  await world.line.drain(shop)
  expect(await wordsOf(reader)).toHaveLength(3)
  expect(await wordsOf(two[1] as CustomerId)).toHaveLength(2)
})
