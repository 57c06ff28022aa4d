import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { accept } from '../events/accept.service.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Actor } from '../web/route.ts'
import { Flow } from './campaign.ts'
import { type Campaigns, campaigns } from './campaigns.service.ts'
import { endMoving, setUnfinished } from './moving.store.ts'
import { type Runs, runs } from './runs/runs.service.ts'

// What two people do at once, what a server leaves undone when it dies, and what reaches the line late.
let world: MessageWorld
let room: Campaigns
let actor: Actor
let caller: Runs
let segment = 0
let people = 0

beforeAll(async () => {
  world = await openMessageWorld({
    rooms: (built) => {
      room = campaigns(built)
      return [room.room({ inTurn: () => ({ isMember: () => true }) })]
    },
  })
  const { db, clock, shops, shop } = world
  actor = { shop, name: 'member:1', role: 'marketer' }
  caller = runs({ db, clock, shops, campaigns: room, accept: accept({ db, clock }) })
  const [row] = await db<{ id: number }[]>`
    insert into segments (shop, name, definition, state, created_at, updated_at)
    values (${shop}, '단골', '{}', 'live', 0, 0) returning id`
  segment = row?.id ?? 0
})
afterAll(() => world?.close())

beforeEach(async () => {
  await world.db`update campaigns set state = 'stopped' where shop = ${world.shop}`
  world.clock.advance(8 * dayMs)
})

const message = {
  kind: 'message',
  id: 9,
  content: {
    channel: 'email',
    subject: '안녕하세요',
    body: { kind: 'blocks', blocks: [{ kind: 'text', text: '반가워요' }] },
  },
}

async function draft(id: number, flow: Record<string, unknown>): Promise<void> {
  const before = (await room.get(world.shop, id)).draft
  const goal = { event: 'Never Happens', windowHours: 24 }
  const same = { conditions: [], goal, holdoutShare: 0, reentry: { afterDays: 0 } }
  await room.change(actor, id, { draft: Flow.parse({ ...before, ...same, ...flow }) })
}

/** A live campaign in which people wait for an hour. */
async function waiting(flow: Record<string, unknown> = {}): Promise<number> {
  const { id } = await room.create(actor, { name: '환영' })
  const steps = [{ kind: 'wait', id: 1, minutes: 60 }, message]
  await draft(id, { trigger: { kind: 'event', event: 'Signed Up' }, steps, ...flow })
  await room.start(actor, id)
  return id
}

async function joins(): Promise<string> {
  const user = `once-${people++}`
  await world.member(user)
  await world.say({ name: 'Signed Up', ids: { user, verified: true } })
  await world.line.drain(world.shop)
  return user
}

const ways = (campaign: number) => world.db<
  { state: string; step: number; reason: string | null; timers: number }[]
>`
  select state, step, end_reason as reason,
         (select count(*)::int from timers t where t.shop = e.shop and t.enrolment = e.id) as timers
  from enrolments e where shop = ${world.shop} and campaign = ${campaign} order by id`

test('pausing and starting at the same moment leaves nobody without a timer', async () => {
  const campaign = await waiting()
  await joins()
  const asked: Promise<unknown>[] = []
  const { db, shop } = world
  await db.begin(async (tx) => {
    await tx`select 1 from lanes where shop = ${shop} and name = 'line' for update`
    asked.push(room.pause(actor, campaign))
    await lockedOut(1)
    asked.push(room.start(actor, campaign))
    await lockedOut(2)
  })
  await Promise.all(asked)
  expect((await room.get(shop, campaign)).state).toBe('live')
  expect(await ways(campaign)).toMatchObject([{ state: 'active', timers: 1 }])
})

/** Until so many others wait for a lock of this database. */
async function lockedOut(count: number): Promise<void> {
  for (let waiting = 0; waiting < count; ) {
    const [row] = await world.db<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    waiting = row?.n ?? 0
  }
}

test('whom a run called comes in, though the campaign was paused before the line heard of it', async () => {
  const { db, shop } = world
  const user = `once-${people++}`
  const customer = await world.member(user)
  await db`
    insert into memberships (shop, segment, customer, version, entered_at, cause)
    values (${shop}, ${segment}, ${customer}, 1, 0, 'backfill')`
  const at = world.clock.now() + hourMs
  const campaign = await waiting({
    trigger: { kind: 'schedule', schedule: { kind: 'once', at, zone: 'shop' } },
    audience: segment,
    steps: [message],
  })
  world.clock.set(at)
  while (await caller.step(shop));
  await room.pause(actor, campaign)
  await world.line.drain(shop)
  expect(await ways(campaign)).toMatchObject([{ state: 'active', step: 9, timers: 0 }])
  world.clock.advance(hourMs)
  await room.start(actor, campaign)
  await world.line.drain(shop)
  expect(await ways(campaign)).toMatchObject([{ state: 'done', reason: 'completed' }])
})

test('a campaign that is begun again keeps whoever enters from then on', async () => {
  const { db, shop } = world
  const campaign = await waiting()
  await joins()
  // The server died right after it was told to end the campaign for everybody.
  await db.begin(async (tx) => {
    await tx`update campaigns set state = 'stopped' where shop = ${shop} and id = ${campaign}`
    await setUnfinished(tx, shop, { campaign, unfinished: 'cancelling' })
  })
  await room.start(actor, campaign)
  await joins()
  await room.settle(shop)
  expect(await ways(campaign)).toMatchObject([
    { state: 'exited', reason: 'campaign_stopped' },
    { state: 'active', reason: null },
  ])
})

test('people are moved to a version that was published while they were being moved', async () => {
  const { db, shop } = world
  const campaign = await waiting()
  await joins()
  const other = { ...message, content: { ...message.content, subject: '다시 안녕하세요' } }
  await draft(campaign, { steps: [{ kind: 'wait', id: 1, minutes: 30 }, other] })
  await setUnfinished(db, shop, { campaign, unfinished: 'moving' })
  await db`
    insert into campaign_versions (shop, campaign, version, flow, published_by, published_at)
    select shop, campaign, 2, flow, published_by, published_at from campaign_versions
    where shop = ${shop} and campaign = ${campaign}`
  await db`update campaigns set version = 2 where shop = ${shop} and id = ${campaign}`
  // Whoever moved them to the first version comes to the end only now.
  await endMoving(db, shop, { campaign, to: 1 })
  await room.settle(shop)
  expect(await room.underWay(shop, campaign)).toEqual([{ version: 2, people: 1 }])
  world.clock.advance(61 * minuteMs)
  await world.line.drain(shop)
  expect(await ways(campaign)).toMatchObject([{ state: 'done', timers: 0 }])
})

test('two campaigns that set parts of one trait in the same turn leave both', async () => {
  const sets = (trait: string) => [{ kind: 'set_trait', id: 1, trait, value: true }, message]
  await waiting({ steps: sets('likes.tea') })
  await waiting({ steps: sets('likes.cake') })
  const user = await joins()
  const [row] = await world.db<{ traits: string }[]>`
    select c.traits from customers c join identities i on i.shop = c.shop and i.customer = c.id
    where i.shop = ${world.shop} and i.kind = 'user' and i.value = ${user}`
  expect(JSON.parse(row?.traits ?? '{}')).toMatchObject({ likes: { tea: true, cake: true } })
})

test('a start whose time goes by while its messages are drawn says so', async () => {
  const at = world.clock.now() + hourMs
  const schedule = { kind: 'once', at, zone: 'shop' }
  const asked: Promise<unknown>[] = []
  const { id } = await room.create(actor, { name: '세일' })
  await draft(id, { trigger: { kind: 'schedule', schedule }, audience: segment, steps: [message] })
  await world.db.begin(async (tx) => {
    await tx`select 1 from lanes where shop = ${world.shop} and name = 'line' for update`
    asked.push(room.start(actor, id).catch((error: Error) => error.message))
    await lockedOut(1)
    world.clock.advance(2 * hourMs)
  })
  expect(await asked[0]).toContain('This time is over')
  expect((await room.get(world.shop, id)).state).toBe('draft')
})
