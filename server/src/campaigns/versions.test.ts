import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Actor } from '../web/route.ts'
import { Flow } from './campaign.ts'
import { type Campaigns, campaigns } from './campaigns.service.ts'

let world: MessageWorld
let room: Campaigns
let actor: Actor
let live = 0
let people = 0

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

const steps = (...waits: readonly number[]) =>
  waits.map((minutes, at) => ({ kind: 'wait', id: at + 1, minutes }))

async function change(next: Record<string, unknown>): Promise<void> {
  const { draft } = await room.get(world.shop, live)
  await room.change(actor, live, { draft: Flow.parse({ ...draft, ...next }) })
}

/** A campaign of these waits, each with the id of its place, and one person in it. */
beforeEach(async () => {
  await world.db`update campaigns set state = 'stopped' where shop = ${world.shop}`
  world.clock.advance(8 * dayMs)
  const made = await room.create(actor, { name: '환영' })
  live = made.id
  await change({
    trigger: { kind: 'event', event: 'Signed Up' },
    conditions: [],
    holdoutShare: 0,
    steps: [...steps(60, 120), message],
  })
  await room.start(actor, live)
})

const message = {
  kind: 'message',
  id: 99,
  content: {
    channel: 'email',
    subject: '안녕하세요',
    preheader: '',
    body: { kind: 'blocks', blocks: [{ kind: 'text', text: '반가워요' }] },
  },
}

async function joins(): Promise<void> {
  const user = `versions-${people++}`
  await world.member(user)
  await world.say({ name: 'Signed Up', ids: { user, verified: true } })
  await world.line.drain(world.shop)
}
const after = async (ms: number) => {
  world.clock.advance(ms)
  await world.line.drain(world.shop)
}
const ways = () => world.db<
  { version: number; state: string; step: number; due: number | null; reason: string | null }[]
>`
  select version, state, step, due, end_reason as reason from enrolments
  where shop = ${world.shop} and campaign = ${live} order by id`

describe('a new version', () => {
  test('leaves the people under way on theirs', async () => {
    await joins()
    await change({ steps: [...steps(5), message] })
    await room.publish(actor, live)
    await joins()
    expect(await room.underWay(world.shop, live)).toEqual([
      { version: 2, people: 1 },
      { version: 1, people: 1 },
    ])
    await after(hourMs)
    expect(await ways()).toMatchObject([
      { version: 1, state: 'active', step: 2 },
      { version: 2, state: 'done' },
    ])
  })

  test('takes them along when it is told to: on their step, their wait not begun anew', async () => {
    await joins()
    const due = world.clock.now() + hourMs
    await after(10 * minuteMs)
    await change({ steps: [...steps(5), message] })
    await room.start(actor, live, 'move')
    expect(await ways()).toMatchObject([{ version: 2, state: 'active', step: 1, due }])
    await after(50 * minuteMs)
    expect(await ways()).toMatchObject([{ version: 2, state: 'done', step: 99 }])
  })

  test('ends the way of whoever stands on a step that it has not', async () => {
    await joins()
    await after(hourMs)
    expect(await ways()).toMatchObject([{ step: 2 }])
    await change({ steps: [...steps(5), message] })
    await room.publish(actor, live, 'move')
    expect(await ways()).toMatchObject([{ state: 'exited', reason: 'step_removed', due: null }])
    const timers = await world.db`
      select 1 from timers t join enrolments e on e.shop = t.shop and e.id = t.enrolment
      where e.shop = ${world.shop} and e.campaign = ${live}`
    expect(timers).toHaveLength(0)
  })

  test('goes on moving where a server died', async () => {
    await joins()
    await change({ steps: [...steps(5), message] })
    await room.publish(actor, live)
    // As it stands after the version was kept and before anybody was moved.
    await world.db`update campaigns set unfinished = 'moving' where shop = ${world.shop} and id = ${live}`
    expect(await room.settle(world.shop)).toBe(true)
    expect(await ways()).toMatchObject([{ version: 2, state: 'active' }])
    expect(await room.settle(world.shop)).toBe(false)
  })
})

test('what a server that died left undone is done before a new version stands in its place', async () => {
  await joins()
  await room.pause(actor, live)
  await world.db`
    update campaigns set state = 'stopped', unfinished = 'cancelling' where shop = ${world.shop} and id = ${live}`
  await change({ steps: [...steps(5), message] })
  await room.start(actor, live)
  expect(await ways()).toMatchObject([{ state: 'exited', reason: 'campaign_stopped' }])
})

describe('ending a campaign', () => {
  test('lets the people under way finish, and then it has ended', async () => {
    await joins()
    await room.stop(actor, live, 'drain')
    expect((await room.get(world.shop, live)).state).toBe('draining')
    await joins()
    expect(await ways()).toHaveLength(1)
    await after(3 * hourMs)
    await room.settle(world.shop)
    // The mail is queued and still its campaign's.
    expect((await room.get(world.shop, live)).state).toBe('draining')
    await world.sender({ recheck: room.recheck }).drain(world.shop)
    expect(await ways()).toMatchObject([{ state: 'done' }])
    const sent = await world.db`
      select state from outbox where shop = ${world.shop} and campaign = ${live}`
    expect(sent).toMatchObject([{ state: 'sent' }])
    await room.settle(world.shop)
    expect((await room.get(world.shop, live)).state).toBe('stopped')
    await expect(room.stop(actor, live, 'drain')).rejects.toThrow('ended already')
  })

  test('or ends it for them too', async () => {
    await joins()
    await room.stop(actor, live)
    expect(await ways()).toMatchObject([{ state: 'exited', reason: 'campaign_stopped' }])
  })

  test('while it finishes it can still be cut off, or begun again', async () => {
    await joins()
    await room.stop(actor, live, 'drain')
    await room.start(actor, live)
    await joins()
    expect(await ways()).toHaveLength(2)
    await room.stop(actor, live, 'drain')
    await room.stop(actor, live, 'cancel')
    expect((await room.get(world.shop, live)).state).toBe('stopped')
    expect(await ways()).toMatchObject([{ state: 'exited' }, { state: 'exited' }])
  })
})
