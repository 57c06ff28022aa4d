import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { TextFake } from '../../channels/text/fake-server.driver.ts'
import { fakeSolapiKeys, openFakeSolapi } from '../../channels/text/fake-solapi.driver.ts'
import { solapiText } from '../../channels/text/solapi.provider.ts'
import { contactKey } from '../../customers/contact.ts'
import type { CustomerId } from '../../lib/brand.ts'
import { minuteMs, secondMs } from '../../lib/duration.ts'
import { type MessageWorld, openMessageWorld, wish } from '../../testing/message-world.driver.ts'
import { outboxOf } from '../../testing/outbox.store.ts'

let world: MessageWorld
let fake: TextFake
let content: string
let sender: ReturnType<MessageWorld['sender']>
let made = 0

beforeAll(async () => {
  world = await openMessageWorld()
  fake = await openFakeSolapi()
  await world.shops.set(world.shop, 'text', {
    optOutNumber: '080-123-4567',
    senderNumber: '0212345678',
    smsWon: 20,
  })
  content = (
    await world.messages.publish(
      world.shop,
      { channel: 'sms', text: '{{ customer.name | nim }}, 다시 들어왔어요', subject: '' },
      { purpose: 'advertising' },
    )
  ).id
  const provider = solapiText(fakeSolapiKeys, {
    baseUrl: fake.url,
    now: world.clock.now,
    patience: fake.patience,
  })
  sender = world.sender({
    carry: (channel) => (channel === 'sms' ? (provider as never) : undefined),
  })
})
afterAll(async () => {
  fake?.close()
  await world?.close()
})
beforeEach(() => {
  fake.taken.splice(0)
  fake.requests.splice(0)
})

/** People with consent and a text queued for each. */
async function queued(count: number): Promise<readonly CustomerId[]> {
  const people: CustomerId[] = []
  for (let at = 0; at < count; at++) {
    made++
    const user = `text${made}`
    const customer = await world.member(user)
    const phone = contactKey(world.vault, 'phone', `+8210${20_000_000 + made}`)
    await world.say({ kind: 'identify', name: 'Identified', ids: { user, verified: true, phone } })
    await world.consented(user, 'grant', 'sms')
    await world.line.drain(world.shop)
    people.push(customer)
  }
  await ask(people)
  return people
}

const ask = (people: readonly CustomerId[]) =>
  world.ask(...people.map((customer) => wish(customer, content, { channel: 'sms' })))

async function drain(afterMs = 0): Promise<void> {
  world.clock.advance(afterMs)
  fake.clock.now = world.clock.now()
  await sender.settleLost()
  await sender.drain(world.shop)
}

const statesOf = async (people: readonly CustomerId[]) =>
  (await outboxOf(world, world.shop))
    .filter(({ customer }) => people.some((person) => person === customer))
    .map(({ state, reason }) => `${state} ${reason}`)

test('what the provider receives begins with (광고) and ends with the free way out, many in a call', async () => {
  const people = await queued(30)
  await drain()
  expect(fake.taken).toHaveLength(30)
  expect(fake.requests.length).toBeLessThanOrEqual(2)
  for (const { text, from, form } of fake.taken) {
    expect(text).toMatch(/^\(광고\)온샵 [\s\S]*무료(수신)?거부\s?080-?123-?4567$/)
    expect([from, form]).toEqual(['0212345678', 'SMS'])
  }
  expect(new Set(await statesOf(people))).toEqual(new Set(['sent sent']))
  for (const one of fake.taken) one.end = 'delivered'
  await drain(minuteMs)
  const [row] = await world.db<{ delivered: number }[]>`
    select count(*)::int as delivered from outbox
    where customer = any(${[...people]}::bigint[]) and delivered_at is not null`
  expect(row?.delivered).toBe(30)
})

test('an answer that is lost is looked up, and nobody gets the text twice', async () => {
  const people = await queued(3)
  fake.misbehave({ kind: 'lose', how: 'cut' })
  await drain()
  expect(new Set(await statesOf(people))).toEqual(new Set(['unconfirmed unconfirmed']))
  expect(fake.taken).toHaveLength(3)
  await drain(21 * secondMs)
  expect(new Set(await statesOf(people))).toEqual(new Set(['sent sent']))
  await drain(minuteMs)
  expect(fake.taken).toHaveLength(3)
})

test('what was never taken goes out once that is certain', async () => {
  const people = await queued(2)
  fake.misbehave({ kind: 'refuse', status: 500 })
  await drain()
  await drain(21 * secondMs)
  expect(new Set(await statesOf(people))).toEqual(new Set(['unconfirmed unconfirmed']))
  await drain(2 * minuteMs)
  await drain(minuteMs)
  expect(new Set(await statesOf(people))).toEqual(new Set(['sent sent']))
  expect(fake.taken).toHaveLength(2)
})

test('an empty account makes texts wait, and they go once there is money', async () => {
  const money = fake.account.money
  fake.account.money = 0
  const people = await queued(2)
  await drain()
  expect(fake.taken).toHaveLength(0)
  expect((await statesOf(people)).every((state) => state.startsWith('queued'))).toBe(true)
  fake.account.money = money
  for (let round = 0; round < 12 && fake.taken.length < 2; round++) await drain(10 * minuteMs)
  expect(new Set(await statesOf(people))).toEqual(new Set(['sent sent']))
})

test('whom the provider closes for having refused by 080 is not asked for again', async () => {
  const [person] = await queued(1)
  if (!person) throw new Error('nobody')
  const number = `010${20_000_000 + made}`
  fake.account.refused.push({ number, at: world.clock.now() })
  await drain()
  expect(fake.taken).toHaveLength(0)
  expect(await statesOf([person])).toEqual([expect.stringMatching(/^failed /)])
  world.clock.advance(48 * 60 * minuteMs)
  const [again] = await ask([person])
  expect(again).toMatchObject({ kind: 'refused' })
})
