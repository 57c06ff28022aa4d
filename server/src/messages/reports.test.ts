import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DeliveryReport } from '../channels/carrier.ts'
import { contactKey } from '../customers/contact.ts'
import type { CustomerId } from '../lib/brand.ts'
import { dayMs, minuteMs, secondMs } from '../lib/duration.ts'
import { type MessageWorld, openMessageWorld, wish } from '../testing/message-world.driver.ts'
import { accepted, idOf, toldProvider } from '../testing/told-provider.driver.ts'
import type { RefusedThere } from './record.service.ts'
import { applyReports } from './reports.service.ts'

let world: MessageWorld
let ad: string
let notice: string
let made = 0
const refused: RefusedThere[] = []

beforeAll(async () => {
  world = await openMessageWorld()
  await world.shops.set(world.shop, 'text', {
    optOutNumber: '080-123-4567',
    smsWon: 18,
    lmsWon: 45,
    mmsWon: 110,
  })
  const text = { channel: 'sms', text: '{{ customer.name | nim }}, 안내예요', subject: '' } as const
  const published = [
    await world.messages.publish(world.shop, text, { purpose: 'advertising' }),
    await world.messages.publish(world.shop, text, { purpose: 'informational', because: 'order' }),
  ]
  ad = published[0]?.id ?? ''
  notice = published[1]?.id ?? ''
})
afterAll(() => world?.close())

async function person(): Promise<CustomerId> {
  const user = `text${++made}`
  const customer = await world.member(user)
  const phone = contactKey(world.vault, 'phone', `+8210${String(made).padStart(8, '0')}`)
  await world.say({ kind: 'identify', name: 'Identified', ids: { user, verified: true, phone } })
  await world.consented(user, 'grant', 'sms')
  await world.line.drain(world.shop)
  return customer
}

const texts = (customer: CustomerId) => wish(customer, ad, { channel: 'sms' })
const rowOf = async (customer: CustomerId) => {
  const [row] = await world.db`
    select state, reason, cause, cost, form, delivered_at is not null as delivered, ask_at from outbox
    where customer = ${customer} order by id desc limit 1`
  return row
}
/** Names and causes of what the log was told of a person's messages. */
const toldOf = async (customer: CustomerId) => {
  await world.line.drain(world.shop)
  await world.receipts.drain()
  const rows = await world.db<{ name: string; body: string }[]>`
    select name, body from log
    where kind = 'receipt' and (ids::jsonb->>'customer')::bigint = ${customer} order by position`
  return rows.map(({ name, body }) => {
    const { cause } = JSON.parse(body).properties
    return cause ? `${name}: ${cause}` : name
  })
}
const tell = (...reports: readonly DeliveryReport[]) =>
  applyReports(
    { ...world, onRefused: async (_, people) => void refused.push(...people) },
    world.shop,
    { provider: 'solapi', reports },
  )
const spentOf = async () => {
  const [row] = await world.db<{ cost: number }[]>`
    select coalesce(sum(cost), 0)::bigint as cost from spending where shop = ${world.shop}`
  return row?.cost ?? 0
}
const arrived = (providerId: string): DeliveryReport => ({
  providerId,
  at: world.clock.now(),
  outcome: { kind: 'delivered' },
})
const failed = (providerId: string, cause: 'not_on_kakao' | 'opted_out' | 'unreachable') => ({
  providerId,
  at: world.clock.now(),
  outcome: { kind: 'failed', cause, detail: '3102' } as const,
})

async function sentTo(customer: CustomerId, told = toldProvider({ reportsDelivery: true })) {
  const sender = world.sender({ carry: () => told.provider })
  await world.ask(texts(customer))
  await sender.drain(world.shop)
  const [parcel] = told.given
  return { told, sender, id: parcel ? idOf(parcel) : '' }
}

test('what servers said of an erased person is forgotten, also what they say later', async () => {
  const customer = await person()
  const { id } = await sentTo(customer)
  const said = (cause: 'unreachable' | 'opted_out'): DeliveryReport => ({
    providerId: id,
    at: world.clock.now(),
    outcome: { kind: 'failed', cause, detail: 'no +821000000000 here' },
  })
  await tell(said('unreachable'))
  const told = () => world.db<{ detail: string }[]>`
    select detail from outbox where customer = ${customer} and detail like '%+82%'
    union all select detail from delivery_reports where provider_id = ${id} and detail <> ''`
  expect(await told()).toHaveLength(2)
  await world.db.begin((tx) => world.messages.erase(tx, world.shop, customer))
  expect(await told()).toEqual([])
})

describe('a delivery report', () => {
  test('makes a sent message delivered; told three times it is told to the log once', async () => {
    const customer = await person()
    const { id } = await sentTo(customer)
    expect(await rowOf(customer)).toMatchObject({ state: 'sent', delivered: false })
    expect(await toldOf(customer)).toEqual(['Message Sent'])
    await tell(arrived(id), arrived(id))
    await tell(arrived(id))
    expect(await rowOf(customer)).toMatchObject({ state: 'sent', delivered: true, ask_at: null })
    expect(await toldOf(customer)).toEqual(['Message Sent', 'Message Delivered'])
  })

  test('of failure says why, so that a campaign can go on by another channel', async () => {
    const customer = await person()
    const { id } = await sentTo(customer)
    await tell(failed(id, 'not_on_kakao'))
    await tell(arrived(id))
    expect(await rowOf(customer)).toMatchObject({ state: 'failed', reason: 'not_on_kakao' })
    expect(await toldOf(customer)).toEqual(['Message Sent', 'Message Failed: not_on_kakao'])
    const [decision] = await world.db`
      select outcome, reason from decisions where customer = ${customer}`
    expect(decision).toEqual({ outcome: 'failed', reason: 'not_on_kakao' })
  })

  test('that comes before the answer to the hand-over waits for its message', async () => {
    const customer = await person()
    const early = toldProvider({ reportsDelivery: true })
    early.answers(async (parcel) => {
      await tell(arrived(idOf(parcel)))
      return accepted(parcel)
    })
    const { sender } = await sentTo(customer, early)
    expect(await rowOf(customer)).toMatchObject({ state: 'sent', delivered: false })
    await sender.settleLost()
    expect(await rowOf(customer)).toMatchObject({ state: 'sent', delivered: true })
  })

  test('that the person refused by 080 closes the number, and the ledger of consents hears it', async () => {
    const customer = await person()
    const { id } = await sentTo(customer)
    await tell(failed(id, 'opted_out'))
    expect(refused.at(-1)).toMatchObject({ customer, channel: 'sms' })
    world.clock.advance(2 * dayMs)
    const [next] = await world.ask(texts(customer))
    expect(next).toMatchObject({ kind: 'refused', reason: 'opted_out' })
  })

  test('of somebody else’s message changes nothing', async () => {
    await tell(arrived('id-nobody'), failed('id-nobody', 'unreachable'))
    const [row] = await world.db`
      select count(*)::int as count from delivery_reports where provider_id = 'id-nobody' and applied_at is not null`
    expect(row?.count).toBe(0)
  })
})

test('an answer that says so at once is told to the ledger too', async () => {
  const customer = await person()
  const told = toldProvider()
  told.answers(() => ({ kind: 'permanent', detail: '1061', cause: 'opted_out' }))
  const sender = world.sender({
    carry: () => told.provider,
    onRefused: async (_, people) => void refused.push(...people),
  })
  await world.ask(texts(customer))
  await sender.drain(world.shop)
  expect(await rowOf(customer)).toMatchObject({ state: 'failed', cause: 'opted_out' })
  expect(refused.at(-1)).toMatchObject({ customer, channel: 'sms', hash: expect.any(String) })
  // The number stands under Brand Messages too.
  const closed = await world.db<{ channel: string }[]>`
    select s.channel from suppressions s join outbox o on o.shop = s.shop and o.contact_hash = s.contact_hash
    where o.customer = ${customer} and s.reason = 'opted_out' order by s.channel`
  expect(closed.map((one) => one.channel)).toEqual(['kakao', 'sms'])
})

test('a hand-over nobody saw the end of is found there with its id, so that its failure is told', async () => {
  const customer = await person()
  const told = toldProvider({
    reportsDelivery: true,
    answer: () => ({ kind: 'ambiguous', detail: 'cut' }),
    lookUp: ({ key }) => ({ kind: 'taken', providerId: idOf({ key }) }),
  })
  const { sender, id } = await sentTo(customer, told)
  world.clock.advance(20 * secondMs)
  await sender.settleLost()
  expect(await rowOf(customer)).toMatchObject({ state: 'sent', delivered: false })
  told.reports.push(failed(id, 'not_on_kakao'))
  world.clock.advance(minuteMs)
  await sender.settleLost()
  expect(told.asked).toEqual([[id]])
  expect(await rowOf(customer)).toMatchObject({ state: 'failed', reason: 'not_on_kakao' })
  expect(await toldOf(customer)).toEqual(['Message Sent', 'Message Failed: not_on_kakao'])
})

describe('a message that no report comes for', () => {
  test('is asked about after a minute, and again until the provider knows', async () => {
    const customer = await person()
    const { told, sender, id } = await sentTo(customer)
    await sender.settleLost()
    expect(told.asked).toEqual([])
    world.clock.advance(minuteMs)
    await sender.settleLost()
    expect(told.asked).toEqual([[id]])
    await sender.settleLost()
    expect(told.asked).toHaveLength(1)
    told.reports.push(arrived(id))
    world.clock.advance(minuteMs)
    await sender.settleLost()
    expect(await rowOf(customer)).toMatchObject({ delivered: true, ask_at: null })
  })

  test('is given up after three days and shown as not known, neither delivered nor failed', async () => {
    const customer = await person()
    const { told, sender } = await sentTo(customer)
    for (let hours = 0; hours <= 73; hours += 1) {
      world.clock.advance(60 * minuteMs)
      await sender.settleLost()
    }
    expect(await rowOf(customer)).toMatchObject({
      state: 'sent',
      reason: 'delivery_unknown',
      delivered: false,
      ask_at: null,
    })
    expect(told.asked.length).toBeLessThanOrEqual(10)
    expect(await toldOf(customer)).toEqual(['Message Sent'])
  })
})

describe('money that was short after the provider had accepted', () => {
  const unpaid = (providerId: string): DeliveryReport => ({
    providerId,
    at: world.clock.now(),
    outcome: { kind: 'failed', cause: 'no_balance', detail: '2230' },
  })

  test('lets the message wait, the lane rest, the balance be looked at; the message is decided anew', async () => {
    const asked: string[] = []
    const told = toldProvider({ reportsDelivery: true })
    const sender = world.sender({
      carry: () => told.provider,
      onNoBalance: async ({ channel }) => void asked.push(channel),
    })
    const [keen, gone] = [await person(), await person()]
    const before = await spentOf()
    await world.ask(texts(keen), texts(gone))
    await sender.drain(world.shop)
    const ids = told.given.map(idOf)
    told.reports.push(...ids.map(unpaid))
    world.clock.advance(minuteMs)
    await sender.settleLost()
    // Told again by the webhook: twice is once.
    await tell(...ids.map(unpaid))
    expect(await rowOf(keen)).toMatchObject({ state: 'queued', reason: 'no_balance', cost: null })
    expect(await spentOf()).toBe(before)
    expect(asked).toEqual(['sms'])

    const late = await person()
    await world.ask(texts(late))
    await sender.drain(world.shop)
    expect(told.given).toHaveLength(2)
    expect(await rowOf(late)).toMatchObject({ state: 'queued', reason: 'no_balance' })

    await world.consented(`text${made - 1}`, 'withdraw', 'sms')
    await world.line.drain(world.shop)
    world.clock.advance(minuteMs)
    await sender.drain(world.shop)
    expect(await rowOf(gone)).toMatchObject({ state: 'refused', reason: 'opted_out' })
    expect(await rowOf(keen)).toMatchObject({ state: 'sent' })
    expect(await rowOf(late)).toMatchObject({ state: 'sent' })
    await tell(...told.given.slice(2).map((one) => arrived(idOf(one))))
    expect(await rowOf(keen)).toMatchObject({ state: 'sent', delivered: true })
    expect(await toldOf(keen)).toEqual(['Message Sent', 'Message Delivered'])
  })

  test('is tried less and less often, and not longer than a day', async () => {
    const told = toldProvider({ reportsDelivery: true })
    const sender = world.sender({ carry: () => told.provider })
    const customer = await person()
    await world.ask(texts(customer))
    for (let half = 0; half < 96; half++) {
      await sender.drain(world.shop)
      const last = told.given.at(-1)
      if (last) await tell(unpaid(idOf(last)))
      world.clock.advance(30 * minuteMs)
    }
    expect(await rowOf(customer)).toMatchObject({ state: 'refused', reason: 'too_late' })
    expect(told.given.length).toBeLessThanOrEqual(10)
  })
})

describe('the budget of a month', () => {
  test('counts what the provider accepted, by the price of its form', async () => {
    const before = await spentOf()
    const customer = await person()
    await sentTo(customer)
    expect(await rowOf(customer)).toMatchObject({ form: 'SMS', cost: 180_000 })
    expect((await spentOf()) - before).toBe(180_000)
  })

  test('is never exceeded: what no longer fits is refused, notices go on', async () => {
    // The dearest text costs 110 won: room for five of them.
    const spent = (await spentOf()) / 10_000
    await world.shops.set(world.shop, 'sending', { monthlyBudget: spent + 5 * 110 })
    await world.shops.set(world.shop, 'text', { optOutNumber: '080-123-4567', smsWon: 110 })
    const people = []
    for (let i = 0; i < 8; i++) people.push(await person())
    const told = toldProvider()
    await world.ask(...people.map(texts))
    await world.sender({ carry: () => told.provider }).drain(world.shop)
    expect(told.given).toHaveLength(5)
    const states = await Promise.all(people.map(rowOf))
    expect(states.filter((row) => row?.reason === 'budget_spent')).toHaveLength(3)

    const late = await person()
    const [ad, order] = await world.ask(
      texts(late),
      wish(late, notice, { channel: 'sms', purpose: 'informational' }),
    )
    expect(ad).toMatchObject({ kind: 'refused', reason: 'budget_spent' })
    expect(order).toMatchObject({ kind: 'queued', reason: 'queued' })
  })
})
