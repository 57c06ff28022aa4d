import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { seededRandom } from '../lib/random.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { readAnswers, readCalendar, readDays, readPools, readPressure } from './messaging.store.ts'
import { responsesOf } from './responses.ts'

let world: TestWorld
let shop: ShopId
const people = 400
const random = seededRandom('messaging')
const channels = ['email', 'sms'] as const

type Decided = {
  readonly customer: number
  readonly campaign: number
  readonly channel: string
  readonly arm: 'treatment' | 'holdout' | 'mixed'
  readonly at: number
}
let decided: readonly Decided[]
let orders: readonly { readonly customer: number; readonly at: number; readonly paid: boolean }[]
let sent: readonly { readonly customer: number; readonly at: number; readonly channel: string }[]
let stops: ReadonlyMap<number, number>

beforeAll(async () => {
  world = await openTestWorld()
  shop = await insertShop(world.db)
  const now = world.clock.now()
  decided = Array.from({ length: 900 }, (_, at) => ({
    customer: 1 + random.integer(people),
    campaign: 1 + (at % 3),
    channel: random.pick(channels),
    arm: random.chance(0.04) ? 'mixed' : random.chance(0.3) ? 'holdout' : 'treatment',
    at: now - Math.floor(random.next() * 60 * dayMs),
  }))
  orders = Array.from({ length: 1_500 }, () => ({
    customer: 1 + random.integer(people),
    at: now - Math.floor(random.next() * 200 * dayMs),
    paid: random.chance(0.9),
  }))
  sent = Array.from({ length: 700 }, () => ({
    customer: 1 + Math.floor(random.next() ** 2 * people),
    at: now - Math.floor(random.next() * 40 * dayMs),
    channel: random.pick(channels),
  }))
  stops = new Map(
    Array.from({ length: 60 }, () => [
      1 + random.integer(people),
      now - Math.floor(random.next() * 40 * dayMs),
    ]),
  )
  await insertAll()
})
afterAll(() => world.close())

async function insertAll(): Promise<void> {
  const { db } = world
  await db`
    insert into decisions (shop, month, cause_key, campaign, version, step, customer, channel, purpose, arm, would_send, outcome, reason, at)
    select ${shop}, 202601, 'd' || n, c, 1, 2, p, ch, 'advertising', a, true, 'sent', '', t
    from unnest(${decided.map((_, at) => at)}::int[], ${decided.map((one) => one.campaign)}::bigint[], ${decided.map((one) => one.customer)}::bigint[],
      ${decided.map((one) => one.channel)}::text[], ${decided.map((one) => one.arm)}::text[], ${decided.map((one) => one.at)}::bigint[]) as u(n, c, p, ch, a, t)`
  await db`
    insert into orders (shop, id, customer, status, created_at, paid_at, currency, gross, version)
    select ${shop}, 'o' || n, p, case when paid = 'true' then 'paid' else 'cancelled' end, t, t, 'KRW', 100000000, n
    from unnest(${orders.map((_, at) => at)}::int[], ${orders.map((one) => one.customer)}::bigint[], ${orders.map((one) => one.at)}::bigint[],
      ${orders.map((one) => `${one.paid}`)}::text[]) as u(n, p, t, paid)`
  await db`
    insert into outbox (shop, cause_key, customer, channel, purpose, state, not_before, created_at, sent_at)
    select ${shop}, 'm' || n, p, ch, 'advertising', 'sent', t, t, t
    from unnest(${sent.map((_, at) => at)}::int[], ${sent.map((one) => one.customer)}::bigint[], ${sent.map((one) => one.channel)}::text[],
      ${sent.map((one) => one.at)}::bigint[]) as u(n, p, ch, t)`
  await db`
    insert into consent_events (shop, customer, channel, kind, scope, at, position, source)
    select ${shop}, p, 'email', 'withdraw', 'ad_day', t, 1, 'api'
    from unnest(${[...stops.keys()]}::bigint[], ${[...stops.values()]}::bigint[]) as u(p, t)`
}

/** One line a person and campaign, decided first, whose week is over; what they were then and whether they answered. */
function plain() {
  const now = world.clock.now()
  const seen = new Set<string>()
  return decided
    .map((one, at) => ({ ...one, place: at }))
    .toSorted((a, b) => a.at - b.at || a.place - b.place)
    .filter((one) => {
      const key = `${one.campaign}/${one.customer}`
      if (seen.has(key)) return false
      seen.add(key)
      return one.at <= now - 7 * dayMs && one.arm !== 'mixed'
    })
    .map((one) => {
      const own = orders.filter((order) => order.customer === one.customer && order.paid)
      const before = own.filter((order) => order.at <= one.at)
      const rested = before.every((order) => order.at <= one.at - 90 * dayMs)
      const stage =
        before.length === 0 ? 'none' : before.length === 1 ? 'once' : rested ? 'resting' : 'regular'
      const did = own.some((order) => order.at > one.at && order.at <= one.at + 7 * dayMs)
      return { ...one, stage, did }
    })
}

test('who answered is counted by arm, channel and what people had bought before, as a plain count has it', async () => {
  const now = world.clock.now()
  const rows = await readAnswers(world.db, { shop, now, currency: 'KRW' })
  const report = responsesOf(rows, (row) => row.channel)
  const counted = plain()
  expect(report.length).toBeGreaterThan(4)
  for (const row of report) {
    const own = counted.filter((one) => one.stage === row.stage && one.channel === row.way)
    for (const arm of ['treatment', 'holdout'] as const) {
      const group = own.filter((one) => one.arm === arm)
      expect(row[arm]).toEqual({
        people: group.length,
        answered: group.filter((one) => one.did).length,
      })
    }
    const least = Math.min(row.treatment.people, row.holdout.people)
    expect(row.needsMore).toBe(Math.max(0, 20 - least))
    expect(row.difference === null).toBe(least < 20)
  }
  const all = report.reduce((sum, row) => sum + row.treatment.people + row.holdout.people, 0)
  expect(all).toBe(counted.length)
})

test('messages a person, who stopped after them, and messages by the shop’s day agree with a plain count', async () => {
  const now = world.clock.now()
  for (const days of [7, 30]) {
    const rows = await readPressure(world.db, { shop, now }, days)
    const recent = sent.filter((one) => one.at > now - days * dayMs)
    const got = [...Map.groupBy(recent, (one) => one.customer)]
    for (const { messages, people: told, stopped } of rows) {
      const own = got.filter(([, list]) => Math.min(10, list.length) === messages)
      expect(told).toBe(own.length)
      expect(stopped).toBe(
        own.filter(([customer, list]) => {
          const at = stops.get(customer)
          return at !== undefined && at >= Math.min(...list.map((one) => one.at))
        }).length,
      )
    }
    expect(rows.reduce((sum, row) => sum + row.people, 0)).toBe(got.length)
  }
  const days = await readDays(world.db, { shop, now }, { days: 56, zone: 'Asia/Seoul' })
  const dayOf = (at: number) => new Date(at + 9 * 3_600_000).toISOString().slice(0, 10)
  for (const { day, channel, messages } of days)
    expect(messages).toBe(
      sent.filter((one) => dayOf(one.at) === day && one.channel === channel).length,
    )
  expect(days.reduce((sum, row) => sum + row.messages, 0)).toBe(sent.length)
  const calendar = await readCalendar(world.db, { shop, now }, { days: 56, zone: 'Asia/Seoul' })
  expect(calendar.some(({ several }) => several > 0)).toBe(true)
  for (const { day, ...told } of calendar) {
    const own = sent.filter((one) => dayOf(one.at) === day)
    const each = [...Map.groupBy(own, (one) => one.customer).values()]
    const several = each.filter((list) => list.length > 1).length
    expect(told).toEqual({ messages: own.length, people: each.length, several })
  }
})

test('what the shop’s own people got counts nowhere, as on home', async () => {
  const { db } = world
  const now = world.clock.now()
  const own = sent[0]?.customer ?? 0
  await db`
    insert into customers (shop, id, assignment_key, member, traits, created_at, first_seen_at, last_seen_at, version, internal)
    overriding system value
    values (${shop}, ${own}, 'own', false, '{}', 0, 0, 0, 1, true)`
  const others = sent.filter((one) => one.customer !== own).length
  const asked = { days: 56, zone: 'Asia/Seoul' }
  for (const rows of [
    await readDays(db, { shop, now }, asked),
    await readCalendar(db, { shop, now }, asked),
  ])
    expect(rows.reduce((sum, row) => sum + row.messages, 0)).toBe(others)
  await db`delete from customers where shop = ${shop} and id = ${own}`
})

test('a coupon pool says what was given, used and what it cost; a code nobody was given is used, and of none given', async () => {
  const { db } = world
  const now = world.clock.now()
  const [pool] = await db<{ id: number }[]>`
    insert into coupon_pools (shop, name, discount, amount, codes, created_at, updated_at)
    values (${shop}, '봄 쿠폰', 'amount', 30000000, 'generated', 0, 0) returning id`
  const id = pool?.id ?? 0
  await db`
    insert into coupons (shop, pool, customer, cause_key, state, reserved_at, issued_at, expires_at, redeemed_at, order_id, discount)
    values (${shop}, ${id}, 1, 'a', 'redeemed', ${now - 9 * dayMs}, ${now - 9 * dayMs}, ${now}, ${now - 7 * dayMs}, 'paid1', 30000000),
           (${shop}, ${id}, 2, 'b', 'redeemed', ${now - 9 * dayMs}, ${now - 9 * dayMs}, ${now}, ${now - 5 * dayMs}, 'paid2', 30000000),
           (${shop}, ${id}, 3, 'c', 'issued', ${now - 9 * dayMs}, ${now - 9 * dayMs}, ${now - dayMs}, null, null, null),
           (${shop}, ${id}, 4, 'd', 'released', ${now - 9 * dayMs}, null, null, null, null, null),
           (${shop}, ${id}, 5, 'e', 'redeemed', ${now - dayMs}, null, null, ${now - dayMs}, 'paid3', 30000000)`
  await db`
    insert into orders (shop, id, customer, status, created_at, paid_at, currency, gross, refunded, version)
    values (${shop}, 'paid1', 1, 'paid', ${now - 7 * dayMs}, ${now - 7 * dayMs}, 'KRW', 500000000, 100000000, 1),
           (${shop}, 'paid2', 2, 'cancelled', ${now - 5 * dayMs}, ${now - 5 * dayMs}, 'KRW', 900000000, 0, 1)`
  expect(await readPools(db, { shop, now, currency: 'KRW' })).toEqual([
    {
      pool: id,
      name: '봄 쿠폰',
      discount: 'amount',
      issued: 3,
      usedOfIssued: 2,
      used: 3,
      expired: 1,
      cost: 9_000,
      revenue: 40_000,
      daysToUse: 3,
    },
  ])
})
