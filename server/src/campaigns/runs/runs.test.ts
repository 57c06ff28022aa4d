import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { customers } from '../../customers/customers.service.ts'
import { accept } from '../../events/accept.service.ts'
import type { CustomerId } from '../../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import { type MessageWorld, openMessageWorld } from '../../testing/message-world.driver.ts'
import type { Actor } from '../../web/route.ts'
import { Flow } from '../campaign.ts'
import { type Campaigns, campaigns } from '../campaigns.service.ts'
import { enterByApi } from './enter.service.ts'
import { type Runs, runs } from './runs.service.ts'

let world: MessageWorld
let room: Campaigns
let actor: Actor
let segment: number

beforeAll(async () => {
  world = await openMessageWorld({
    rooms: (built) => {
      room = campaigns(built)
      return [room.room({ inTurn: () => ({ isMember: () => true }) })]
    },
  })
  actor = { shop: world.shop, name: 'member:1', role: 'marketer' }
  const [row] = await world.db<{ id: number }[]>`
    insert into segments (shop, name, definition, state, created_at, updated_at)
    values (${world.shop}, '단골', '{}', 'live', 0, 0) returning id`
  segment = row?.id ?? 0
})
afterAll(() => world?.close())

beforeEach(async () => {
  await world.db`update campaigns set state = 'stopped' where shop = ${world.shop}`
  await world.db`delete from memberships where shop = ${world.shop}`
  await world.shops.set(world.shop, 'runs', null)
  world.clock.advance(8 * dayMs)
})

/** Another process with the same databases. */
function worker(slice = 500): Runs {
  const { db, clock, shops } = world
  return runs({ db, clock, shops, campaigns: room, accept: accept({ db, clock }), slice })
}

/** People who are in the segment; nobody has an address, so nothing is sent. */
async function crowd(size: number, traits: object = {}): Promise<void> {
  const { db, shop } = world
  await db`
    with made as (
      insert into customers (shop, assignment_key, traits, version, created_at, first_seen_at, last_seen_at)
      select ${shop}, gen_random_uuid()::text, ${JSON.stringify(traits)}, 0, 0, 0, 0 from generate_series(1, ${size}) returning id
    )
    insert into memberships (shop, segment, customer, version, entered_at, cause)
    select ${shop}, ${segment}, id, 1, 0, 'backfill' from made`
}

async function started(change: Partial<Flow>): Promise<number> {
  const made = await room.create(actor, { playbook: 'cart_abandonment' })
  const steps = made.draft.steps.filter((step) => step.kind === 'message')
  const draft = Flow.parse({
    ...made.draft,
    holdoutShare: 0,
    conditions: [],
    exits: [],
    steps,
    audience: segment,
    ...change,
  })
  await room.change(actor, made.id, { draft })
  await room.start(actor, made.id)
  return made.id
}

const inAnHour = () => ({
  trigger: {
    kind: 'schedule' as const,
    schedule: { kind: 'once' as const, at: world.clock.now() + hourMs, zone: 'shop' as const },
  },
})
async function turns(of: Runs): Promise<number> {
  let turned = 0
  while (await of.step(world.shop)) turned++
  return turned
}
const entered = async (campaign: number) => {
  await world.line.drain(world.shop)
  const rows = await world.db<{ customer: number }[]>`
    select customer from enrolments where shop = ${world.shop} and campaign = ${campaign}`
  return rows.map((row) => row.customer)
}
const only = async (of: Runs, campaign: number) => {
  const { items } = await of.list(world.shop, campaign)
  expect(items).toHaveLength(1)
  return items[0]
}

describe('a scheduled campaign', () => {
  test('calls everybody of its segment once, at its time and not before', async () => {
    await crowd(30)
    const campaign = await started(inAnHour())
    const one = worker(7)
    expect(await turns(one)).toBe(0)
    expect((await one.list(world.shop, campaign)).next).toBe(world.clock.now() + hourMs)
    world.clock.advance(hourMs)
    await turns(one)
    expect(await entered(campaign)).toHaveLength(30)
    expect(await only(one, campaign)).toMatchObject({ state: 'done', audience: 30, called: 30 })
    world.clock.advance(dayMs)
    await turns(worker())
    expect(await only(one, campaign)).toMatchObject({ state: 'done', called: 30 })
  })

  test('goes on where a worker died, beside others, and calls nobody twice', async () => {
    await crowd(40)
    const campaign = await started(inAnHour())
    world.clock.advance(hourMs)
    const dying = worker(6)
    // Noted, begun and one slice; then it is never asked again.
    for (let step = 0; step < 2; step++) await dying.step(world.shop)
    expect((await only(dying, campaign))?.called).toBe(6)
    const others = [worker(6), worker(6), worker(6)]
    await Promise.all(others.map(turns))
    await Promise.all(others.map(turns))
    expect(await only(dying, campaign)).toMatchObject({ state: 'done', called: 40 })
    const [log] = await world.db<{ calls: number; people: number }[]>`
      select count(*)::int as calls, count(distinct ids)::int as people from log
      where shop = ${world.shop} and name = 'Campaign Called' and body like ${`%"campaign_id":${campaign},%`}`
    expect(log).toEqual({ calls: 40, people: 40 })
    expect(await entered(campaign)).toHaveLength(40)
  })

  test('rests while it is off, and is given up when the campaign is stopped', async () => {
    await crowd(20)
    const campaign = await started(inAnHour())
    world.clock.advance(hourMs)
    const one = worker(5)
    await one.step(world.shop)
    await room.pause(actor, campaign)
    await turns(one)
    const before = (await only(one, campaign))?.called ?? 0
    expect(before).toBeLessThan(20)
    await room.start(actor, campaign)
    await one.step(world.shop)
    await room.stop(actor, campaign)
    await turns(one)
    expect(await only(one, campaign)).toMatchObject({
      state: 'cancelled',
      reason: 'campaign_stopped',
    })
  })

  test('is called although another shop is in trouble', async () => {
    await crowd(3)
    const campaign = await started(inAnHour())
    const { db, clock, shops } = world
    const broken = await shops.create('남의 상점', false)
    const theirs = await room.create({ ...actor, shop: broken }, { playbook: 'cart_abandonment' })
    await db`update campaigns set state = 'live', version = 1 where shop = ${broken} and id = ${theirs.id}`
    await db`
      insert into campaign_versions (shop, campaign, version, flow, published_by, published_at)
      values (${broken}, ${theirs.id}, 1, '{}', 'member:1', 0)`
    const ids = async () => [broken, world.shop]
    const given = { db, clock, campaigns: room, accept: accept({ db, clock }) }
    const one = runs({ ...given, shops: { ...shops, ids } })
    clock.advance(hourMs)
    while (await one.turn().catch(() => false));
    expect(await only(one, campaign)).toMatchObject({ state: 'done', called: 3 })
    await expect(one.turn()).rejects.toThrow()
    await db`update campaigns set state = 'stopped' where shop = ${broken}`
  })

  test('cannot be switched on for a time that is over', async () => {
    const at = world.clock.now() - minuteMs
    const schedule = { kind: 'once' as const, at, zone: 'shop' as const }
    await expect(started({ trigger: { kind: 'schedule', schedule } })).rejects.toThrow(
      'This time is over',
    )
  })

  test('follows the clocks of people who live elsewhere', async () => {
    await crowd(3, { timezone: 'America/New_York' })
    await crowd(4, { timezone: 'Asia/Seoul' })
    // Other names of it, and of other zones whose clocks show the same.
    await crowd(2, { timezone: 'us/EASTERN' })
    await crowd(1, { timezone: 'America/Toronto' })
    // Zones that somebody made up are the shop's: none of them is a walk through everybody.
    for (const timezone of ['Mars/Olympus', '+09:01', '-0500', 'KST']) await crowd(1, { timezone })
    await crowd(1)
    // What PostgreSQL takes for no JSON keeps nobody else from being called.
    await crowd(1, { timezone: 'Asia/Seoul', note: 'NUL \u0000 and half an emoji \ud83d' })
    // 09:00 in Seoul of the next day is 00:00 UTC.
    const day = Math.ceil(world.clock.now() / dayMs) * dayMs
    const at = `${new Date(day).toISOString().slice(0, 10)}T09:00`
    const campaign = await started({
      trigger: { kind: 'schedule', schedule: { kind: 'once', at, zone: 'customer' } },
    })
    const one = worker()
    world.clock.set(day)
    await turns(one)
    expect(await entered(campaign)).toHaveLength(10)
    world.clock.advance(15 * hourMs)
    await turns(one)
    expect(await entered(campaign)).toHaveLength(16)
    expect((await one.list(world.shop, campaign)).items).toMatchObject([
      { audience: 6, called: 6 },
      { called: 10 },
    ])
  })
})

test('a birthday calls those who have it, three days before', async () => {
  const day = Math.ceil(world.clock.now() / dayMs) * dayMs + 5 * dayMs
  const date = (at: number, year: number) => `${year}${new Date(at).toISOString().slice(4, 10)}`
  await crowd(2, { birthday: date(day, 1990) })
  await crowd(3, { birthday: date(day + dayMs, 1991) })
  await crowd(4)
  const campaign = await started({
    trigger: { kind: 'anniversary', trait: 'birthday', offsetDays: -3, time: '10:00' },
  })
  const one = worker(2)
  for (let hour = 0; hour < 2 * 24; hour++) {
    world.clock.set(day - 4 * dayMs + hour * hourMs)
    await turns(one)
  }
  expect(await entered(campaign)).toHaveLength(2)
})

describe('a bulk send', () => {
  const small = { fromAudience: 40, firstAtLeast: 10, firstPercent: 10, waitMinutes: 30 }

  /** Called at its time, first share and all; answers the campaign. */
  async function begun(of: Runs): Promise<number> {
    await world.shops.set(world.shop, 'runs', small)
    const campaign = await started(inAnHour())
    world.clock.advance(hourMs)
    await turns(of)
    return campaign
  }

  test('goes to a few first, waits, and then to everybody else', async () => {
    await crowd(100)
    const one = worker()
    const campaign = await begun(one)
    const first = await only(one, campaign)
    expect(first).toMatchObject({ state: 'waiting', audience: 100, share: 0.1 })
    expect(first?.called).toBeGreaterThan(0)
    expect(await entered(campaign)).toHaveLength(first?.called ?? 0)
    world.clock.advance(30 * minuteMs - 1)
    await turns(one)
    expect(await only(one, campaign)).toMatchObject({ state: 'waiting' })
    world.clock.advance(1)
    await turns(one)
    expect(await only(one, campaign)).toMatchObject({ state: 'done', called: 100 })
    expect(await entered(campaign)).toHaveLength(100)
  })

  test('stops and asks when too many opted out, and goes on when told to', async () => {
    await crowd(60)
    const one = worker()
    const campaign = await begun(one)
    const people = await entered(campaign)
    const now = world.clock.now()
    for (const customer of people.slice(0, 3)) await optedOut(campaign, customer as CustomerId, now)
    world.clock.advance(30 * minuteMs)
    await turns(one)
    const asking = await only(one, campaign)
    expect(asking).toMatchObject({
      state: 'asking',
      reason: 'opt_outs',
      counts: { sent: 3, optOuts: 3 },
    })
    world.clock.advance(hourMs)
    expect(await turns(one)).toBe(0)
    await one.decide(actor, { campaign, id: asking?.id ?? 0 }, 'continue')
    await turns(one)
    expect(await only(one, campaign)).toMatchObject({ state: 'done', called: 60 })
    const over = one.decide(actor, { campaign, id: asking?.id ?? 0 }, 'cancel')
    await expect(over).rejects.toThrow('gone on')
  })

  test('is given up by hand: nobody more is called', async () => {
    await crowd(60)
    const one = worker()
    const campaign = await begun(one)
    const run = await only(one, campaign)
    await one.decide(actor, { campaign, id: run?.id ?? 0 }, 'cancel')
    world.clock.advance(hourMs)
    await turns(one)
    expect(await entered(campaign)).toHaveLength(run?.called ?? 0)
    expect(await only(one, campaign)).toMatchObject({ state: 'cancelled', reason: 'by_hand' })
  })

  async function optedOut(campaign: number, customer: CustomerId, at: number): Promise<void> {
    const { db, shop } = world
    await db`
      insert into outbox (shop, cause_key, customer, campaign, channel, purpose, state, not_before, created_at, handed_at, sent_at)
      values (${shop}, ${`t:${campaign}:${customer}`}, ${customer}, ${campaign}, 'email', 'advertising', 'sent', ${at}, ${at}, ${at}, ${at})`
    await db`
      insert into consent_events (shop, customer, channel, kind, scope, at, position, source)
      values (${shop}, ${customer}, 'email', 'withdraw', 'ad_day', ${at + 1}, 1, 'one_click')`
  }
})

test('the shop’s server calls people in by the API, once a key, with what it tells of them', async () => {
  const { db, clock } = world
  const kim = await world.member('api-kim')
  const enter = enterByApi({
    db,
    clock,
    campaigns: room,
    customers: customers({ db, vault: world.vault }),
    accept: accept({ db, clock }),
  })
  const campaign = await started({ trigger: { kind: 'api' } })
  const asked = {
    campaign,
    people: [
      { kind: 'user', value: 'api-kim' },
      { kind: 'customer', value: String(kim) },
      { kind: 'email', value: 'API-Kim@customer.example' },
      { kind: 'user', value: 'nobody' },
    ],
    data: { size: 'L', campaign_id: 1 },
    key: 'order-7',
  } as const
  const called = { outcome: 'called', customer: kim }
  expect(await enter(world.shop, asked)).toEqual([called, called, called, { outcome: 'unknown' }])
  await enter(world.shop, asked)
  expect(await entered(campaign)).toEqual([kim])
  const rows = await db<{ context: string }[]>`
    select context from enrolments where shop = ${world.shop} and campaign = ${campaign}`
  expect(JSON.parse(rows[0]?.context ?? '')).toMatchObject({
    trigger: { size: 'L', campaign_id: campaign },
  })
  await room.pause(actor, campaign)
  await expect(enter(world.shop, asked)).rejects.toThrow('not live')
})
