import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TextFake } from '../../channels/text/fake-server.driver.ts'
import { fakeSolapiKeys, openFakeSolapi } from '../../channels/text/fake-solapi.driver.ts'
import { texts, textTurns } from '../../channels/text/text.service.ts'
import { contactIdentity, contactKey } from '../../customers/contact.ts'
import { customers } from '../../customers/customers.service.ts'
import type { CustomerId } from '../../lib/brand.ts'
import { hourMs, minuteMs } from '../../lib/duration.ts'
import { type MessageWorld, openMessageWorld } from '../../testing/message-world.driver.ts'
import { textWatch } from './text-watch.service.ts'

let world: MessageWorld
let fake: TextFake
let watch: ReturnType<typeof textWatch>
let turns: ReturnType<typeof textTurns>
let account: ReturnType<typeof texts>

beforeAll(async () => {
  world = await openMessageWorld()
  fake = await openFakeSolapi()
  fake.account.refused.splice(0)
  const needs = { ...world, world: { baseUrl: fake.url, patience: fake.patience } }
  account = texts(needs)
  turns = textTurns(needs)
  watch = textWatch({
    ...world,
    texts: turns,
    customers: customers({ db: world.db, vault: world.vault }),
  })
  await account.change(world.shop, 'member:1', {
    provider: 'solapi',
    account: fakeSolapiKeys.apiKey,
    secret: fakeSolapiKeys.apiSecret,
    senderNumber: '',
    optOutNumber: '0801234567',
    smsWon: 20,
    lmsWon: 50,
    mmsWon: 110,
    warnBelowWon: 10_000,
    certified: false,
  })
})
afterAll(async () => {
  fake?.close()
  await world?.close()
})

/** A member who may be sent texts. */
async function member(user: string, phone: string): Promise<CustomerId> {
  await world.say({
    kind: 'identify',
    name: 'Identified',
    ids: { user, verified: true, phone: contactKey(world.vault, 'phone', phone) },
    body: { traits: {} },
  })
  await world.consented(user, 'grant', 'sms')
  await world.line.drain(world.shop)
  const [row] = await world.db<{ customer: number }[]>`
    select customer from identities where shop = ${world.shop} and kind = 'user' and value = ${user}`
  return row?.customer as CustomerId
}

async function stateOf(customer: CustomerId) {
  await world.line.drain(world.shop)
  return (await world.consent.of(world.shop, customer)).get('sms')
}

const hashOf = (phone: string) => world.vault.hash('phone', contactIdentity('phone', phone))

async function isClosed(phone: string, channel = 'sms'): Promise<boolean> {
  const [row] = await world.db`
    select 1 from suppressions where shop = ${world.shop} and channel = ${channel}
      and contact_hash = decode(${Buffer.from(hashOf(phone), 'base64url').toString('hex')}, 'hex')`
  return row !== undefined
}

const withdrawals = async (customer: CustomerId, channel = 'sms') =>
  await world.db<{ at: number; source: string; evidence: string }[]>`
    select at, source, evidence from consent_events
    where shop = ${world.shop} and customer = ${customer} and kind = 'withdraw'
      and channel = ${channel} order by id`

test('who calls the 080 number is withdrawn within the hour, once, with the day it was said', async () => {
  const kim = await member('kim', '+821011110001')
  const lee = await member('lee', '+821011110002')
  expect(await stateOf(kim)).toMatchObject({ adDay: true })
  expect(await watch.look(world.shop)).toBe(true)
  world.clock.advance(30 * minuteMs)
  const told = world.clock.now() - 10 * minuteMs
  fake.account.refused.push({ number: '01011110001', at: told })
  // Not its turn yet.
  expect(await watch.look(world.shop)).toBe(false)
  world.clock.advance(31 * minuteMs)
  for (let round = 0; round < 3; round++) {
    await watch.turn()
    world.clock.advance(hourMs)
  }
  expect(await stateOf(kim)).toMatchObject({ adDay: false })
  expect(await stateOf(lee)).toMatchObject({ adDay: true })
  expect(await withdrawals(kim)).toMatchObject([{ at: told, source: '080' }])
  expect(await isClosed('+821011110001')).toBe(true)
  // The number stands under Brand Messages too.
  expect(await withdrawals(kim, 'kakao')).toMatchObject([{ at: told, source: '080' }])
  expect(await isClosed('+821011110001', 'kakao')).toBe(true)
  expect(await isClosed('+821011110002')).toBe(false)
})

test('a number nobody has yet is closed before its owner comes', async () => {
  fake.account.refused.push({ number: '01011110003', at: world.clock.now() - minuteMs })
  await watch.turn()
  expect(await isClosed('+821011110003')).toBe(true)
})

test('a new consent after the call stands; calling again refuses again', async () => {
  const park = await member('park', '+821011110004')
  const first = world.clock.now()
  fake.account.refused.push({ number: '01011110004', at: first })
  world.clock.advance(hourMs)
  await watch.turn()
  expect(await stateOf(park)).toMatchObject({ adDay: false })
  world.clock.advance(hourMs)
  await world.consented('park', 'grant', 'sms')
  expect(await stateOf(park)).toMatchObject({ adDay: true })
  world.clock.advance(hourMs)
  // Still listed with the old call.
  await watch.turn()
  expect(await stateOf(park)).toMatchObject({ adDay: true })
  const listed = fake.account.refused.find((one) => one.number === '01011110004')
  if (listed) listed.at = world.clock.now()
  world.clock.advance(hourMs)
  await watch.turn()
  expect(await stateOf(park)).toMatchObject({ adDay: false })
  expect(await withdrawals(park)).toHaveLength(2)
})

test('a refusal found only now counts even against a later consent', async () => {
  const choi = await member('choi', '+821011110005')
  fake.account.refused.push({ number: '01011110005', at: Date.UTC(2024, 0, 1) })
  world.clock.advance(hourMs)
  await watch.turn()
  expect(await stateOf(choi)).toMatchObject({ adDay: false })
  const [said] = await withdrawals(choi)
  expect(JSON.parse(said?.evidence ?? '{}')).toMatchObject({ said: '2024-01-01T00:00:00.000Z' })
})

test('an outage hides nothing: it is told, asked again later and later, and made up for', async () => {
  const jung = await member('jung', '+821011110006')
  world.clock.advance(hourMs)
  fake.account.refused.push({ number: '01011110006', at: world.clock.now() - minuteMs })
  for (const _ of [1, 2, 3]) fake.misbehave({ kind: 'refuse', status: 503 })
  const before = await account.page(world.shop)
  expect(await watch.look(world.shop)).toBe(true)
  const after = await account.page(world.shop)
  expect(after.state).toMatchObject({
    failures: 1,
    error: expect.stringContaining('503'),
    balanceWon: before.state?.balanceWon,
  })
  expect(await watch.look(world.shop)).toBe(false)
  world.clock.advance(5 * minuteMs)
  expect(await watch.look(world.shop)).toBe(true)
  world.clock.advance(9 * minuteMs)
  expect(await watch.look(world.shop)).toBe(false)
  world.clock.advance(minuteMs)
  expect(await watch.look(world.shop)).toBe(true)
  expect(await stateOf(jung)).toMatchObject({ adDay: true })
  world.clock.advance(20 * minuteMs)
  expect(await watch.look(world.shop)).toBe(true)
  expect((await account.page(world.shop)).state).toMatchObject({ failures: 0, error: null })
  expect(await stateOf(jung)).toMatchObject({ adDay: false })
})

test('of two processes one asks', async () => {
  world.clock.advance(2 * hourMs)
  const asked = await Promise.all([watch.look(world.shop), watch.look(world.shop)])
  expect(asked.filter(Boolean)).toHaveLength(1)
})

test('what money is left is looked at by the way, and little of it is marked', async () => {
  fake.account.money = 4_000
  world.clock.advance(hourMs)
  await watch.turn()
  const { section, state } = await account.page(world.shop)
  expect(state).toMatchObject({ balanceWon: 4_000, optOuts: fake.account.refused.length })
  expect(state && state.balanceWon !== null && state.balanceWon < section.warnBelowWon).toBe(true)
})

test('when a message says that money was short it is looked at soon, not at each of thousands', async () => {
  world.clock.advance(2 * minuteMs)
  await turns.askSoon(world.shop)
  expect(await watch.look(world.shop)).toBe(false)
  world.clock.advance(4 * minuteMs)
  await turns.askSoon(world.shop)
  fake.account.money = 10
  expect(await watch.look(world.shop)).toBe(true)
  await turns.askSoon(world.shop)
  expect(await watch.look(world.shop)).toBe(false)
  expect((await account.page(world.shop)).state).toMatchObject({ balanceWon: 10 })
})
