import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Handover } from '../channels/carrier.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import { hourMs, minuteMs, secondMs } from '../lib/duration.ts'
import {
  cartMail,
  type MessageWorld,
  openMessageWorld,
  wish,
} from '../testing/message-world.driver.ts'
import { outboxOf } from '../testing/outbox.store.ts'
import { accepted, toldProvider } from '../testing/told-provider.driver.ts'
import { changeByHand } from './lists.store.ts'
import { askGroup, readAsks } from './record.store.ts'

let world: MessageWorld
let mail: string
let made = 0

beforeAll(async () => {
  world = await openMessageWorld()
  mail = (await world.messages.publish(world.shop, cartMail, { purpose: 'advertising' })).id
})
afterAll(() => world?.close())
beforeEach(async () => {
  // Each test has its own messages only.
  await world.db`update outbox set state = 'refused' where state in ('queued', 'unconfirmed')`
})

const temporary: Handover = { kind: 'temporary', detail: '503 busy' }

/** So many people with a mail queued for each; their customer ids. */
async function queued(count: number): Promise<readonly CustomerId[]> {
  const people: CustomerId[] = []
  for (let i = 0; i < count; i++) people.push(await world.member(`outbox${++made}`))
  await world.ask(...people.map((customer) => wish(customer, mail)))
  return people
}

const rowsOf = async (people: readonly CustomerId[]) =>
  (await outboxOf(world, world.shop)).filter(({ customer }) =>
    people.some((person) => person === customer),
  )
const statesOf = async (people: readonly CustomerId[]) =>
  (await rowsOf(people)).map(({ state, reason }) => `${state} ${reason}`)

describe('a provider that keeps failing', () => {
  test('is left alone, what waits says so, and one message is tried before the others', async () => {
    const told = toldProvider({ answer: () => temporary })
    const sender = world.sender({ carry: () => told.provider })
    await queued(10)
    await sender.drain(world.shop)
    expect(told.given).toHaveLength(10)

    const waiting = await queued(4)
    world.clock.advance(5 * secondMs)
    await sender.drain(world.shop)
    expect(told.given).toHaveLength(10)
    expect(await statesOf(waiting)).toEqual(Array(4).fill('queued provider_paused'))
    const decisions = await world.db`
      select distinct outcome, reason from decisions where customer = any(${[...waiting]}::bigint[])`
    expect(decisions).toEqual([{ outcome: 'queued', reason: 'provider_paused' }])

    world.clock.advance(10 * secondMs)
    await sender.drain(world.shop)
    expect(told.given).toHaveLength(11)
    told.answers(accepted)
    world.clock.advance(30 * secondMs)
    await sender.drain(world.shop)
    // One of the four has its own wait after its failed try.
    expect((await statesOf(waiting)).filter((state) => state === 'sent sent')).toHaveLength(3)
  })

  test('another channel of the shop goes on meanwhile', async () => {
    const release = Promise.withResolvers<Handover>()
    const hanging = toldProvider({ answer: () => release.promise })
    const flowing = toldProvider()
    const people = await queued(6)
    // Half of them wait on a channel whose provider never answers.
    await world.db`
      update outbox set channel = 'sms' where customer = any(${people.slice(0, 3)}::bigint[])`
    await world.db`
      insert into consents (shop, customer, channel, ad_day, granted_at)
      select ${world.shop}, unnest(${people.slice(0, 3)}::bigint[]), 'sms', true, 0`
    await world.db`
      insert into contacts (shop, customer, channel, value_hash, sealed, masked, updated_at)
      select shop, customer, 'phone', value_hash, sealed, masked, updated_at from contacts where customer = any(${people.slice(0, 3)}::bigint[])`
    const sender = world.sender({
      carry: (channel) => (channel === 'sms' ? hanging.provider : flowing.provider),
    })
    sender.start()
    await until(() => hanging.given.length === 3)
    const later = await queued(5)
    sender.wake()
    await until(async () => (await statesOf(later)).every((state) => state === 'sent sent'))
    expect(hanging.given).toHaveLength(3)
    expect(flowing.given).toHaveLength(8)
    release.resolve(temporary)
    await sender.stop()
  })
})

describe('an account without money', () => {
  test('is tried by one message at a time, and what waits is decided anew when there is money again', async () => {
    const told = toldProvider({ answer: () => ({ kind: 'no_balance', detail: 'top up' }) })
    const sender = world.sender({ carry: () => told.provider })
    const [first] = await queued(1)
    await sender.drain(world.shop)
    const others = await queued(3)
    world.clock.advance(5 * secondMs)
    await sender.drain(world.shop)
    expect(told.given).toHaveLength(1)
    const all = [first as CustomerId, ...others]
    expect(await statesOf(all)).toEqual(Array(4).fill('queued no_balance'))

    const withdrawn = others[0] as CustomerId
    await world.consented(`outbox${made - 2}`, 'withdraw')
    await world.line.drain(world.shop)
    told.answers(accepted)
    world.clock.advance(minuteMs)
    await sender.drain(world.shop)
    expect(await statesOf([withdrawn])).toEqual(['refused opted_out'])
    expect((await statesOf(all)).filter((state) => state === 'sent sent')).toHaveLength(3)
  })

  test('is waited for a day, not longer', async () => {
    const told = toldProvider({ answer: () => ({ kind: 'no_balance', detail: 'top up' }) })
    const sender = world.sender({ carry: () => told.provider })
    const people = await queued(2)
    for (let hours = 0; hours <= 25; hours++) {
      await sender.drain(world.shop)
      world.clock.advance(hourMs)
    }
    expect(await statesOf(people)).toEqual(Array(2).fill('refused too_late'))
    // At most one an hour, though both were waiting.
    expect(told.given.length).toBeLessThanOrEqual(27)
  })
})

describe('a hand-over that nobody saw the end of', () => {
  const ambiguous: Handover = { kind: 'ambiguous', detail: 'time-out after the text' }

  test('is looked up, and was taken: it is sent, once', async () => {
    const told = toldProvider({
      answer: () => ambiguous,
      lookUp: () => ({ kind: 'taken', providerId: null }),
    })
    const sender = world.sender({ carry: () => told.provider })
    const people = await queued(1)
    await sender.drain(world.shop)
    expect(await statesOf(people)).toEqual(['unconfirmed unconfirmed'])
    await sender.settleLost()
    expect(await statesOf(people)).toEqual(['unconfirmed unconfirmed'])
    world.clock.advance(20 * secondMs)
    await sender.settleLost()
    await sender.drain(world.shop)
    expect(await statesOf(people)).toEqual(['sent sent'])
    expect(told.given).toHaveLength(1)
  })

  test('is looked up, and was not taken: it is tried again under another key', async () => {
    const told = toldProvider({ answer: () => ambiguous, lookUp: () => ({ kind: 'not_taken' }) })
    const sender = world.sender({ carry: () => told.provider })
    const people = await queued(1)
    await sender.drain(world.shop)
    told.answers(accepted)
    world.clock.advance(20 * secondMs)
    await sender.settleLost()
    await sender.drain(world.shop)
    expect(await statesOf(people)).toEqual(['sent sent'])
    expect(new Set(told.given.map(({ key }) => key)).size).toBe(2)
  })

  test('stays unclear when the provider cannot say, is told only when nobody is left to ask, and never sent again', async () => {
    const told = toldProvider({ answer: () => ambiguous, lookUp: () => ({ kind: 'unknown' }) })
    const sender = world.sender({ carry: () => told.provider })
    const people = await queued(1)
    await sender.drain(world.shop)
    const unclear = async () => {
      await world.line.drain(world.shop)
      await world.receipts.drain()
      const [row] = await world.db`
        select count(*)::int as count from log where name = 'Message Unconfirmed' and (ids::jsonb->>'customer')::bigint = ${people[0] ?? 0}`
      return row?.count
    }
    for (const step of [20 * secondMs, 2 * minuteMs, 15 * minuteMs, hourMs]) {
      world.clock.advance(step)
      await sender.settleLost()
      await sender.drain(world.shop)
      expect(await unclear()).toBe(0)
    }
    world.clock.advance(6 * hourMs)
    await sender.settleLost()
    await sender.drain(world.shop)
    expect(await unclear()).toBe(1)
    expect(await statesOf(people)).toEqual(['unconfirmed unconfirmed'])
    expect(told.given).toHaveLength(1)
  })
})

test('what a person sends again days later is due from then on', async () => {
  const told = toldProvider({ answer: () => ({ kind: 'permanent', detail: 'no', cause: 'other' }) })
  const sender = world.sender({ carry: () => told.provider })
  const people = await queued(1)
  await sender.drain(world.shop)
  expect(await statesOf(people)).toEqual(['failed provider_refused'])
  world.clock.advance(48 * hourMs)
  const [row] = await rowsOf(people)
  await world.db.begin((tx) =>
    changeByHand(tx, world.shop, {
      ...{ message: row?.id ?? 0, from: ['failed'], to: 'queued', reason: 'queued' },
      at: world.clock.now(),
    }),
  )
  told.answers(accepted)
  await sender.drain(world.shop)
  expect(await statesOf(people)).toEqual(['sent sent'])
})

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((soon) => setTimeout(soon, 10))
}

test('a shop with thousands of unclear messages keeps no other waiting, nor a stuck provider the shop’s others', async () => {
  const other = await world.shops.create('다른 가게', false)
  const unclear = async (
    shop: ShopId,
    channel: 'email' | 'sms',
    made: { count: number; askAt: number },
  ) => {
    await world.db`
      insert into outbox (shop, cause_key, customer, channel, purpose, state, not_before, created_at, ask_at, attempt_id, provider)
      select ${shop}, ${channel} || n, 1, ${channel}, 'advertising', 'unconfirmed', 0, 0, ${made.askAt} + n, 'a', 'solapi'
      from generate_series(1, ${made.count}::int) n`
  }
  await unclear(world.shop, 'email', { count: 1_500, askAt: 0 })
  await unclear(world.shop, 'sms', { count: 3, askAt: 10_000 })
  await unclear(other, 'sms', { count: 2, askAt: 20_000 })
  const ask = { now: 30_000, perShop: 500, limit: 400 }
  const first = await readAsks(world.db, { ...ask, underWay: [] })
  expect(first).toHaveLength(400)
  expect(first.filter((row) => row.shop === other)).toHaveLength(2)
  const stuck = {
    shop: world.shop,
    channel: 'email',
    provider: 'solapi',
    state: 'unconfirmed',
  } as const
  const next = await readAsks(world.db, { ...ask, underWay: [askGroup(stuck)] })
  expect(next.map((row) => row.channel)).toEqual(Array(5).fill('sms'))
})
