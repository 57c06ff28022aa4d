import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Ids } from '../customers/identity.ts'
import type { CustomerId } from '../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Actor } from '../web/route.ts'
import { Flow } from './campaign.ts'
import { type Campaigns, campaigns } from './campaigns.service.ts'

let world: MessageWorld
let room: Campaigns
let actor: Actor

beforeAll(async () => {
  world = await openMessageWorld({
    rooms: (built) => {
      room = campaigns(built)
      return [room.room({ inTurn: () => ({ isMember: () => false }) })]
    },
  })
  actor = { shop: world.shop, name: 'member:1', role: 'marketer' }
})
afterAll(() => world?.close())

let live = 0
/** Each test has a campaign of its own and an empty past of messages, so that no cap of another test holds it. */
beforeEach(async () => {
  await world.db`update campaigns set state = 'stopped' where shop = ${world.shop}`
  await world.db`delete from timers where shop = ${world.shop}`
  world.clock.advance(8 * dayMs)
  live = (await started()).id
})

async function started(change: Partial<Flow> = {}) {
  const made = await room.create(actor, { playbook: 'cart_abandonment' })
  const draft = Flow.parse({ ...made.draft, holdoutShare: 0, ...change })
  await room.change(actor, made.id, { draft })
  return await room.start(actor, made.id)
}

const mug = { product_id: 'mug', name: '머그컵', price: 12000, url: 'https://shop.example/mug' }
const did = (ids: Partial<Ids>, name = 'Product Added', properties: JsonObject = mug) =>
  world.say({ name, ids: { verified: true, ...ids }, body: { properties } })
const drain = () => world.line.drain(world.shop)
/** What was told is processed now; then time passes. */
const after = async (ms: number) => {
  await drain()
  world.clock.advance(ms)
  await drain()
}
const send = () => world.sender({ recheck: room.recheck }).drain(world.shop)

const enrolments = (customer?: CustomerId) => world.db<
  {
    id: number
    customer: number
    state: string
    end_reason: string | null
    due: number | null
    generation: number
    version: number
  }[]
>`
  select id, customer, state, end_reason, due, generation, version from enrolments
  where shop = ${world.shop} and campaign = ${live} and (${customer ?? null}::bigint is null or customer = ${customer ?? null})
  order by id`
const decisions = () => world.db<
  { customer: number; outcome: string; reason: string; arm: string }[]
>`
  select customer, outcome, reason, arm from decisions where shop = ${world.shop} and campaign = ${live} order by id`
const mails = () => world.db<{ subject: string; html: string }[]>`
  select i.subject, i.html from inbox i join outbox o on o.shop = i.shop and o.id = i.message
  where o.shop = ${world.shop} and o.campaign = ${live} order by i.id`
const timers = () =>
  world.db<{ n: number }[]>`select count(*) as n from timers where shop = ${world.shop}`

describe('an abandoned cart', () => {
  test('becomes one mail an hour later, to a person who consented', async () => {
    const customer = await world.member('whole')
    await did({ user: 'whole' })
    await drain()
    expect(await enrolments()).toMatchObject([{ customer, state: 'active', generation: 1 }])
    await after(hourMs - 1)
    expect(await decisions()).toEqual([])
    await after(1)
    expect(await decisions()).toMatchObject([{ customer, outcome: 'queued', arm: 'treatment' }])
    await send()
    const [mail, ...others] = await mails()
    expect(others).toEqual([])
    expect(mail?.subject).toBe('(광고) 김하늘님, 담아두신 머그컵')
    expect(mail?.html).toContain('머그컵이 장바구니에 그대로 있어요')
    expect(await enrolments()).toMatchObject([{ state: 'done', end_reason: 'completed' }])
    expect(await timers()).toEqual([{ n: 0 }])
    await after(dayMs)
    await send()
    expect(await mails()).toHaveLength(1)
  })

  test('leaves a reason and no mail where there is no consent', async () => {
    await world.member('silent', { consents: false })
    await did({ user: 'silent' })
    await after(hourMs)
    await send()
    expect(await decisions()).toMatchObject([{ outcome: 'refused', reason: 'no_consent' }])
    expect(await mails()).toEqual([])
    const [entry] = await room.enrolments(world.shop, {
      campaign: live,
      state: null,
      reason: 'no_consent',
      before: undefined,
      limit: 10,
    })
    expect(entry).toMatchObject({ state: 'done', decision: 'refused', reason: 'no_consent' })
  })

  test('keeps one timer through a thousand changes', async () => {
    await world.member('restless')
    const at = world.clock.now()
    const changes = Array.from({ length: 1_000 }, (_, change) => ({
      kind: 'event' as const,
      name: 'Product Added',
      at,
      receivedAt: at,
      messageId: `restless-${change}`,
      ids: { user: 'restless', verified: true },
      body: { properties: mug },
    }))
    await world.accept(world.shop, changes)
    await drain()
    expect(await timers()).toEqual([{ n: 1 }])
    expect(await enrolments()).toMatchObject([
      { generation: 1_000, due: world.clock.now() + hourMs },
    ])
  })

  test('is not spoken of when the order came a millisecond before the wait was over', async () => {
    await world.member('buyer')
    await did({ user: 'buyer' })
    await drain()
    world.clock.advance(hourMs - 1)
    await did({ user: 'buyer' }, 'Order Completed', {
      order_id: 'A1',
      revenue: 12000,
      currency: 'KRW',
      products: [mug],
    })
    await drain()
    await after(10)
    expect(await decisions()).toEqual([])
    expect(await enrolments()).toMatchObject([{ state: 'exited', end_reason: 'ordered' }])
  })

  test('is not spoken of when the order came between the decision and the hand-over', async () => {
    await world.member('quick')
    await did({ user: 'quick' })
    await after(hourMs)
    await did({ user: 'quick' }, 'Order Completed', {
      order_id: 'A2',
      revenue: 12000,
      currency: 'KRW',
      products: [mug],
    })
    await drain()
    await send()
    expect(await mails()).toEqual([])
    expect(await decisions()).toMatchObject([{ outcome: 'refused', reason: 'goal_reached' }])
  })

  test('is sent once by two workers on one timer', async () => {
    await world.member('shared')
    await did({ user: 'shared' })
    await drain()
    world.clock.advance(hourMs)
    await Promise.all([drain(), drain()])
    await Promise.all([send(), send()])
    expect(await mails()).toHaveLength(1)
    expect(await decisions()).toHaveLength(1)
  })

  test('of a visitor follows them into their account and is sent there', async () => {
    const customer = await world.member('comeback')
    await did({ anonymous: 'device-1', verified: false })
    await drain()
    const [visitor] = await enrolments()
    expect(visitor?.customer).not.toBe(customer)
    await did({ anonymous: 'device-1', user: 'comeback' }, 'Signed In', {})
    await drain()
    expect(await enrolments()).toMatchObject([{ customer, state: 'active', id: visitor?.id }])
    await after(hourMs)
    await send()
    expect(await mails()).toMatchObject([{ subject: '(광고) 김하늘님, 담아두신 머그컵' }])
  })

  test('on two devices of one person is one enrolment: the earlier', async () => {
    const customer = await world.member('twice')
    await did({ user: 'twice' })
    await after(minuteMs)
    await did({ anonymous: 'device-2', verified: false }, 'Product Added', {
      ...mug,
      product_id: 'tea',
      name: '녹차',
    })
    await after(minuteMs)
    await did({ anonymous: 'device-2', user: 'twice' }, 'Signed In', {})
    await drain()
    expect(await enrolments()).toMatchObject([
      { customer, state: 'active' },
      { customer, state: 'exited', end_reason: 'merged' },
    ])
    await after(hourMs)
    await send()
    const sent = await mails()
    expect(sent).toHaveLength(1)
    expect(sent[0]?.subject).toContain('외 1개')
  })

  test('ordered as a guest who is then known is not spoken of', async () => {
    await world.member('guest')
    await did({ user: 'guest' })
    await after(minuteMs)
    await did({ anonymous: 'device-3', verified: false }, 'Order Completed', {
      order_id: 'G1',
      revenue: 1,
      currency: 'KRW',
    })
    await after(minuteMs)
    await did({ anonymous: 'device-3', user: 'guest' }, 'Signed In', {})
    await after(hourMs)
    expect(await decisions()).toEqual([])
    expect(await enrolments()).toMatchObject([{ end_reason: 'ordered' }])
  })
})

describe('a campaign', () => {
  test('that is paused lets nobody in and nothing out, and goes on where it was', async () => {
    await world.member('patient')
    await did({ user: 'patient' })
    await drain()
    await room.pause(actor, live)
    await world.member('late')
    await did({ user: 'late' })
    await after(3 * hourMs)
    expect(await decisions()).toEqual([])
    expect(await enrolments()).toHaveLength(1)
    const told: string[] = []
    const { unlisten } = await world.db.listen('danggol_log', (payload) => told.push(payload))
    await room.start(actor, live)
    await expect.poll(() => told).toContain(String(world.shop))
    await unlisten()
    await drain()
    expect(await decisions()).toMatchObject([{ outcome: 'queued' }])
    await room.pause(actor, live)
    await send()
    expect(await mails()).toEqual([])
    await room.start(actor, live)
    world.clock.advance(2 * minuteMs)
    await send()
    expect(await mails()).toHaveLength(1)
  })

  test('that is stopped ends for everybody under way and keeps back what is queued', async () => {
    await world.member('queued')
    await did({ user: 'queued' })
    await after(hourMs)
    await world.member('waiting')
    await did({ user: 'waiting' })
    await drain()
    await room.stop(actor, live)
    await after(2 * hourMs)
    await send()
    expect(await mails()).toEqual([])
    expect(await decisions()).toMatchObject([{ outcome: 'refused', reason: 'campaign_stopped' }])
    expect((await enrolments()).map((row) => row.state)).not.toContain('active')
    expect(await timers()).toEqual([{ n: 0 }])
  })

  test('keeps people on the version they entered on', async () => {
    await world.member('before')
    await did({ user: 'before' })
    await drain()
    const { draft } = await room.get(world.shop, live)
    const slower = {
      ...draft,
      steps: draft.steps.map((step) => (step.kind === 'wait' ? { ...step, minutes: 180 } : step)),
    }
    await room.change(actor, live, { draft: slower })
    expect((await room.publish(actor, live)).version).toBe(2)
    expect((await room.publish(actor, live)).version).toBe(2)
    await world.member('behind')
    await did({ user: 'behind' })
    await after(hourMs)
    expect(await enrolments()).toMatchObject([
      { version: 1, state: 'done' },
      { version: 2, state: 'active' },
    ])
  })

  test('holds out by chance and writes down that it would have sent', async () => {
    live = (await started({ holdoutShare: 0.9 })).id
    await world.db`update campaigns set state = 'stopped' where shop = ${world.shop} and id < ${live}`
    for (let person = 0; person < 20; person++) {
      await world.member(`chance-${person}`)
      await did({ user: `chance-${person}` })
    }
    await after(hourMs)
    const arms = (await decisions()).map((row) => `${row.arm}:${row.outcome}`)
    expect(new Set(arms)).toEqual(new Set(['holdout:would_send', 'treatment:queued']))
    expect(arms.filter((arm) => arm.startsWith('holdout')).length).toBeGreaterThan(10)
    expect((await enrolments()).every((row) => row.state === 'done')).toBe(true)
  })

  test('does nothing twice when a turn is repeated after a crash', async () => {
    await world.member('crash')
    await did({ user: 'crash' })
    await world.db`create function fail_now() returns trigger language plpgsql as $$ begin raise exception 'crash'; end $$`
    await world.db`create trigger fail_now before insert on turns for each row execute function fail_now()`
    await drain().catch(() => {})
    await world.db`drop trigger fail_now on turns`
    await world.db`drop function fail_now`
    expect(await enrolments()).toEqual([])
    await after(1)
    await after(hourMs)
    await send()
    expect(await enrolments()).toHaveLength(1)
    expect(await decisions()).toHaveLength(1)
    expect(await mails()).toHaveLength(1)
  })

  test('lets go of a person who is erased', async () => {
    const customer = await world.member('forgotten')
    await did({ user: 'forgotten' })
    await drain()
    await world.db.begin((tx) => room.erase(tx, world.shop, [customer]))
    await after(2 * hourMs)
    expect(await decisions()).toEqual([])
    expect(await enrolments()).toMatchObject([{ state: 'exited', end_reason: 'erased' }])
    const notes = await world.db<{ context: string }[]>`
      select context from enrolments where shop = ${world.shop} and customer = ${customer}`
    expect(notes.map((row) => row.context)).toEqual(['{}'])
  })

  test('is not published with a text that breaks the law, and the refusal says why', async () => {
    const made = await room.create(actor, { playbook: 'cart_abandonment' })
    const steps = made.draft.steps.map((step) =>
      step.kind === 'message'
        ? { ...step, content: { ...step.content, subject: '[광고] 오늘만' } }
        : step,
    )
    await room.change(actor, made.id, { draft: { ...made.draft, steps } })
    await expect(room.start(actor, made.id)).rejects.toThrow()
    expect(await room.get(world.shop, made.id)).toMatchObject({ state: 'draft', version: 0 })
  })
})
