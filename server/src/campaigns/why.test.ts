import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Ids } from '../customers/identity.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Actor } from '../web/route.ts'
import { Flow } from './campaign.ts'
import { type Campaigns, campaigns } from './campaigns.service.ts'
import { flows } from './flows.service.ts'
import { keepConsidered } from './upkeep.jobs.ts'
import { why } from './why.service.ts'

let world: MessageWorld
let room: Campaigns
let actor: Actor
const members = new Set<number>()

beforeAll(async () => {
  world = await openMessageWorld({
    rooms: (built) => {
      room = campaigns(built)
      return [room.room({ inTurn: () => ({ isMember: (customer) => members.has(customer) }) })]
    },
  })
  actor = { shop: world.shop, name: 'member:1', role: 'marketer' }
})
afterAll(() => world?.close())

let live = 0
beforeEach(async () => {
  await world.db`update campaigns set state = 'stopped' where shop = ${world.shop}`
  world.clock.advance(8 * dayMs)
  members.clear()
})

async function started(change: Partial<Flow> = {}) {
  const made = await room.create(actor, { playbook: 'cart_abandonment' })
  const draft = Flow.parse({ ...made.draft, holdoutShare: 0, ...change })
  await room.change(actor, made.id, { draft })
  live = (await room.start(actor, made.id)).id
}

const dear: Partial<Flow> = {
  trigger: {
    kind: 'event',
    event: 'Product Added',
    key: 'person',
    filter: {
      kind: 'property',
      path: 'price',
      is: { type: 'number', op: 'is', than: { op: '>=', value: 50_000 } },
    },
  },
}
const mug = { product_id: 'mug', name: '머그컵', price: 12_000 }
const did = (ids: Partial<Ids>, properties: JsonObject = mug, name = 'Product Added') =>
  world.say({ name, ids: { verified: true, ...ids }, body: { properties } })
const drain = () => world.line.drain(world.shop)
const kept = async () =>
  (
    await world.db<{ customer: number; why: string; times: number; data: string }[]>`
      select customer, why, times, data from considered
      where shop = ${world.shop} and campaign = ${live} order by why, customer`
  ).map((row) => ({ ...row, data: JSON.parse(row.data) as unknown }))

test('who did what a campaign waits for and did not fit its condition is kept with the condition and the value', async () => {
  await started(dear)
  const customer = await world.member('cheap')
  await did({ user: 'cheap' })
  await did({ user: 'cheap' })
  await drain()
  expect(await kept()).toEqual([
    {
      customer,
      why: 'filtered',
      times: 1,
      data: {
        kind: 'property',
        path: 'price',
        is: { type: 'number', op: 'is', than: { op: '>=', value: 50_000 } },
        not: false,
        was: 12_000,
      },
    },
  ])
})

test('the same reason again within the hour writes nothing, an hour later it counts', async () => {
  await started(dear)
  await world.member('again')
  await did({ user: 'again' })
  await drain()
  const [before] =
    await world.db`select ctid::text, xmin::text from considered where campaign = ${live}`
  world.clock.advance(30 * minuteMs)
  await did({ user: 'again' })
  await drain()
  expect(
    await world.db`select ctid::text, xmin::text from considered where campaign = ${live}`,
  ).toEqual([before])
  world.clock.advance(31 * minuteMs)
  await did({ user: 'again' }, { ...mug, price: 9_000 })
  await drain()
  expect(await kept()).toMatchObject([{ times: 2, data: { was: 9_000 } }])
})

test('re-entry keeps when the last message was decided, an open enrolment when it began, an audience its segment', async () => {
  await started({ audience: 7 })
  const outside = await world.member('outside')
  const inside = await world.member('inside')
  members.add(inside)
  await did({ user: 'outside' })
  await did({ user: 'inside' })
  await drain()
  const enteredAt = world.clock.now()
  world.clock.advance(minuteMs)
  await did({ user: 'inside' }, { ...mug, product_id: 'tea' })
  await drain()
  world.clock.advance(hourMs)
  await drain()
  const decidedAt = world.clock.now()
  world.clock.advance(hourMs)
  await did({ user: 'inside' })
  await drain()
  expect(await kept()).toMatchObject([
    { customer: inside, why: 'already_in', data: { enteredAt } },
    { customer: outside, why: 'not_in_audience', data: { segment: 7 } },
    { customer: inside, why: 'reentry', data: { decidedAt, until: decidedAt + 7 * dayMs } },
  ])
})

test('what is kept follows a person into a merge, goes with an erasure, and is forgotten after 90 days', async () => {
  await started(dear)
  const customer = await world.member('one')
  await did({ user: 'one' })
  await did({ anonymous: 'phone', verified: false })
  await drain()
  expect(await kept()).toHaveLength(2)
  await did({ anonymous: 'phone', user: 'one' }, {}, 'Signed In')
  await drain()
  expect(await kept()).toMatchObject([{ customer, why: 'filtered', times: 2 }])
  await world.member('gone')
  await did({ user: 'gone' })
  await drain()
  world.clock.advance(89 * dayMs)
  await keepConsidered(world)
  expect(await kept()).toHaveLength(2)
  await world.db.begin((tx) => room.erase(tx, world.shop, [customer as never]))
  expect(await kept()).toHaveLength(1)
  world.clock.advance(dayMs + 1)
  await keepConsidered(world)
  expect(await kept()).toEqual([])
})

test('why people did not enter is kept of so many, the newest; a row is some 300 bytes', async () => {
  const { db, shop, clock } = world
  const from = clock.now() - 20_000
  const data = JSON.stringify({ path: 'price', is: { type: 'number', op: '>=', value: 50_000 } })
  await db`
    insert into considered (shop, campaign, customer, why, first_at, last_at, times, data)
    select ${shop}, 1000 + n % 20, n, 'filtered', ${from}::bigint + n, ${from}::bigint + n, 1, ${data} from generate_series(1, 20000) n`
  await db`analyze considered`
  const [size] = await db<{ bytes: number }[]>`
    select pg_total_relation_size('considered')::float8 / count(*) as bytes from considered`
  expect(size?.bytes).toBeLessThan(330)
  await keepConsidered({ db, clock, most: 5_000 })
  const [left] = await db<{ n: number; oldest: number }[]>`
    select count(*)::int as n, min(last_at) as oldest from considered where campaign >= 1000`
  expect(left?.n).toBeGreaterThan(4_900)
  expect(left?.n).toBeLessThan(5_200)
  expect(left?.oldest).toBeGreaterThan(from + 14_900)
  await db`delete from considered where shop = ${shop}`
})

test('a person is told why: the cap names the message that filled it, the condition what it found', async () => {
  const told = why({ db: world.db, clock: world.clock, shops: world.shops, flows: flows() })
  await started()
  await room.change(actor, live, { name: '겨울 세일' })
  const customer = await world.member('told')
  await did({ user: 'told' })
  await drain()
  world.clock.advance(hourMs)
  await drain()
  await world.sender({ recheck: room.recheck }).drain(world.shop)
  await world.db`update campaigns set state = 'stopped' where shop = ${world.shop}`
  await started({ ...dear, trigger: { kind: 'event', event: 'Product Added', key: 'person' } })
  const second = live
  await started(dear)
  world.clock.advance(minuteMs)
  await did({ user: 'told' })
  await drain()
  world.clock.advance(hourMs)
  await drain()
  const page = { customer, before: undefined, limit: 20 }
  const [capped, filtered, sent, ...others] = await told.ofCustomer(world.shop, page)
  expect(others).toEqual([])
  expect(capped).toMatchObject({
    campaign: second,
    decisions: [{ reason: 'frequency_day', outcome: 'refused' }],
    entries: [{ state: 'done' }],
  })
  expect(capped?.decisions[0]?.line.ko).toMatch(
    /^하루에 받을 수 있는 광고 수를 이미 채워서 보내지 않았어요: 최대 1통, 겨울 세일 \d+월 \d+일 \d\d:\d\d \(\d+월 \d+일 \d\d:\d\d\)$/,
  )
  expect(filtered?.notEntered[0]?.line.ko).toMatch(
    /^행동의 조건에 맞지 않아서 들어오지 않았어요: 조건 가격 50,000 이상 · 실제 12,000 \(/,
  )
  expect(sent?.decisions[0]?.line.ko).toMatch(/^보냈어요 \(/)
  expect(sent?.entries[0]?.line.en).toMatch(/^Reached the end \(/)
  const after = {
    ...page,
    before: capped && { at: capped.at, campaign: capped.campaign },
    limit: 1,
  }
  expect(await told.ofCustomer(world.shop, after)).toMatchObject([{ campaign: live }])
  expect(
    await told.notEntered(world.shop, {
      campaign: live,
      why: 'filtered',
      before: undefined,
      limit: 10,
    }),
  ).toMatchObject([{ customer, times: 1 }])
})

test('a person under way is told where they stand and until when', async () => {
  const told = why({ db: world.db, clock: world.clock, shops: world.shops, flows: flows() })
  await started()
  const customer = await world.member('waits')
  await did({ user: 'waits' })
  await drain()
  const [one] = await told.ofCustomer(world.shop, { customer, before: undefined, limit: 1 })
  expect(one?.entries[0]?.line.ko).toMatch(/^1시간 기다림 · \d+월 \d+일 \d\d:\d\d에 다음으로$/)
})
