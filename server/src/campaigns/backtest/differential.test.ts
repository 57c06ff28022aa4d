import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Ids } from '../../customers/identity.ts'
import type { CampaignId } from '../../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'
import { type Random, seededRandom } from '../../lib/random.ts'
import type { Segments } from '../../segments/segments.service.ts'
import { type LivedWorld, openLivedWorld, type Row } from '../../testing/lived-world.driver.ts'
import { cartMail } from '../../testing/message-world.driver.ts'
import type { Actor } from '../../web/route.ts'
import { Flow } from '../campaign.ts'
import { backtests } from './backtests.service.ts'
import { runBacktest } from './run.service.ts'

let world: LivedWorld
let actor: Actor
beforeAll(async () => {
  world = await openLivedWorld()
  actor = world.actor
})
afterAll(() => world?.close())

const mug = (id: number) => ({ product_id: `p${id}`, name: `머그컵 ${id}`, price: 12000 })
const mail = {
  ...cartMail,
  preheader: '',
  subject: '안녕하세요',
  body: { kind: 'blocks', blocks: [{ kind: 'text', text: '반가워요' }] },
}
const message = (id: number, more: object = {}) => ({ kind: 'message', id, content: mail, ...more })
const goal = { event: 'Order Completed', windowHours: 72 }

/** Campaigns that meet each other: keyed carts, a segment, a time of day, a branch, caps, weights, hold-outs, nights. */
function flowsOf(bySegment: number): readonly unknown[] {
  return [
    {
      trigger: { kind: 'event', event: 'Product Added', key: 'cart' },
      restartOn: ['Product Added', 'Cart Viewed'],
      exits: ['Order Completed'],
      conditions: ['cart_not_empty', 'no_order_since_entry'],
      steps: [{ kind: 'wait', id: 1, minutes: 60 }, message(2)],
      goal,
      holdoutShare: 0.5,
      reentry: { afterDays: 0 },
      precedence: { class: 'journey', weight: 50 },
    },
    {
      trigger: { kind: 'segment', segment: bySegment },
      audience: bySegment,
      steps: [
        { kind: 'wait_until', id: 1, until: { kind: 'time', time: '10:00' } },
        message(2),
        {
          kind: 'wait_for',
          id: 3,
          watch: { kind: 'event', event: 'Product Viewed' },
          minutes: 600,
          happened: [message(4)],
          timedOut: [{ kind: 'exit', id: 5 }],
        },
      ],
      goal,
      holdoutShare: 0.2,
      reentry: { afterDays: 1 },
      precedence: { class: 'journey', weight: 20 },
    },
    {
      trigger: { kind: 'event', event: 'Product Viewed' },
      steps: [
        {
          kind: 'branch',
          id: 1,
          paths: [
            {
              id: 'a',
              name: 'vip',
              when: {
                kind: 'trait',
                path: 'grade',
                is: { type: 'text', op: 'equals', value: 'vip' },
              },
              steps: [message(2, { onNight: 'drop' })],
            },
          ],
          otherwise: [{ kind: 'wait', id: 3, minutes: 5 }, message(4)],
        },
      ],
      goal,
      holdoutShare: 0,
      reentry: { afterDays: 2 },
      precedence: { class: 'journey', weight: 10 },
    },
  ]
}

type Told = Parameters<LivedWorld['say']>[0]

/** People of one seed: members with and without consent, and devices some of which turn out to be theirs. */
function story(seed: string, random: Random) {
  const people = Array.from({ length: 14 }, (_, person) => `${seed}-${person}`)
  const device = (person: number) => `${seed}-device-${person % 5}`
  const ids = (person: number): Partial<Ids> =>
    random.chance(0.25)
      ? { anonymous: device(person), verified: false }
      : { user: people[person] ?? '', verified: true }
  const event = (name: string, who: Partial<Ids>, properties: JsonObject, at?: number): Told => ({
    name,
    ids: { verified: true, ...who },
    body: { properties },
    ...(at === undefined ? {} : { at }),
  })
  const cart = () => (random.chance(0.5) ? { cart_id: `c${random.integer(2)}` } : {})
  const next = (now: number): readonly Told[] => {
    const person = random.integer(people.length)
    const who = ids(person)
    const draw = random.next()
    // Some of it happened hours before it reaches us.
    const at = random.chance(0.1) ? now - random.integer(5 * hourMs) : undefined
    if (draw < 0.4)
      return [event('Product Added', who, { ...mug(random.integer(4)), ...cart() }, at)]
    if (draw < 0.65) return [event('Product Viewed', who, mug(random.integer(4)), at)]
    if (draw < 0.72)
      return [event('Product Removed', who, { ...mug(random.integer(4)), ...cart() }, at)]
    if (draw < 0.8) {
      const order = { order_id: `o${now}`, revenue: 12000, currency: 'KRW', products: [mug(1)] }
      return [event('Order Completed', who, order, at)]
    }
    if (draw < 0.86)
      return [
        event(
          'Signed In',
          { user: people[person] ?? '', anonymous: device(person), verified: true },
          {},
        ),
      ]
    if (draw < 0.93) {
      const kind = random.chance(0.5) ? 'grant' : 'withdraw'
      const scope = random.chance(0.3) ? 'ad_night' : 'ad_day'
      return [
        {
          kind: 'consent',
          name: 'Consent Changed',
          ids: { user: people[person] ?? '', verified: true },
          body: { properties: { channel: 'email', kind, scope, source: 'api' } },
        },
      ]
    }
    const grade = random.chance(0.5) ? 'vip' : 'basic'
    return [
      {
        kind: 'identify',
        name: 'Identified',
        ids: { user: people[person] ?? '', verified: true },
        body: { traits: { grade } },
      },
    ]
  }
  return { people, next }
}

describe.each(['seed-1', 'seed-2'])('a backtest of what was lived under %s', (seed) => {
  test('decides as the line did, row for row', async () => {
    const random = seededRandom(seed)
    const tale = story(seed, random)
    await world.db`update campaigns set state = 'stopped' where shop = ${world.shop}`
    for (const [index, user] of tale.people.entries())
      await world.member(user, { consents: index % 4 !== 0 })
    const made = await world.segment.create(
      actor as Actor & { name: string },
      {
        name: `본 사람 ${seed}`,
        description: '',
        definition: {
          format: 1,
          where: {
            kind: 'event',
            event: 'Product Viewed',
            window: { kind: 'rolling', span: { amount: 1, unit: 'days' } },
            measure: { of: 'count', is: { op: '>=', value: 2 } },
          },
        },
      } as Parameters<Segments['create']>[1],
    )
    await world.past.drain(world.shop)
    await world.segment.build.drain(world.shop)
    await world.settle()
    world.clock.advance(minuteMs)
    const from = world.clock.now()
    const live: { id: CampaignId; flow: Flow }[] = []
    for (const flow of flowsOf(made.id)) {
      const draft = Flow.parse(flow)
      const campaign = await world.room.create(actor, {})
      await world.room.change(actor, campaign.id, { draft })
      await world.room.start(actor, campaign.id)
      live.push({ id: campaign.id, flow: draft })
    }
    for (let happened = 0; happened < 60; happened++) {
      await world.passTo(world.clock.now() + Math.ceil(random.exponential(50 * minuteMs)))
      for (const told of tale.next(world.clock.now())) await world.say(told)
      await world.settle()
    }
    await world.passTo(world.clock.now() + dayMs)
    await world.past.drain(world.shop)
    const to = world.clock.now()
    const found = await world.db<{ id: number; survivor: number | null }[]>`
      select id, survivor from customers where shop = ${world.shop}`
    const diffs: (readonly (readonly Row[])[])[] = []
    for (const { id, flow } of live) {
      const lived = await world.lived(id)
      expect(lived.length).toBeGreaterThan(0)
      const { rows } = await world.tried({ campaign: id, flow, from, to })
      diffs.push([rows, lived])
    }
    for (const [a, b] of diffs) expect(a).toEqual(b)
    const outcomes = new Set(diffs.flatMap(([, rows = []]) => rows.map((row) => row.outcome)))
    expect([...outcomes].sort()).toEqual(['refused', 'sent', 'would_send'])
    // Somebody turned out to be somebody else on the way.
    expect(found.filter((row) => row.survivor !== null).length).toBeGreaterThan(0)
  }, 120_000)
})

describe('a backtest that somebody asks for', () => {
  const asking = () =>
    backtests({
      db: world.db,
      clock: world.clock,
      live: async (run, watched) => JSON.stringify(await runBacktest(world.needs, run, watched)),
    })
  const asked = () => ({
    flow: Flow.parse(flowsOf(1)[0]),
    from: world.clock.now() - 30 * dayMs,
    to: world.clock.now(),
  })
  const tables = async () => {
    const [row] = await world.db<{ counted: string }[]>`
      select concat((select count(*) from log), '/', (select count(*) from decisions), '/', (select count(*) from outbox), '/',
        (select count(*) from enrolments), '/', (select count(*) from timers)) as counted`
    return row?.counted
  }

  test('is answered with what a flow nobody saved would have done, compared with another, and changes nothing', async () => {
    const room = asking()
    const before = await tables()
    const slower = Flow.parse({ ...asked().flow, reentry: { afterDays: null } })
    const { id } = await room.ask(actor, { ...asked(), against: slower })
    expect(await room.get(world.shop, id)).toMatchObject({ state: 'queued', result: null })
    expect(await room.turn()).toBe(true)
    const done = await room.get(world.shop, id)
    expect(done.state).toBe('done')
    const { side, against } = done.result ?? {}
    expect(side?.entries).toBeGreaterThan(against?.entries ?? 0)
    expect(side?.days.reduce((sum, day) => sum + day.sent, 0)).toBe(side?.sent)
    expect(side?.hours.reduce((sum, hour) => sum + hour, 0)).toBe(side?.sent)
    expect(side?.samples.length).toBeGreaterThan(3)
    expect(done.result?.assumptions.map((one) => one.code)).toContain('nobody_reacts')
    expect(await tables()).toBe(before)
    expect(await room.turn()).toBe(false)
  })

  test('can be called off, waits for its turn, and begins anew when its worker died', async () => {
    const room = asking()
    const ids: number[] = []
    for (let n = 0; n < 5; n++) ids.push((await room.ask(actor, asked())).id)
    await expect(room.ask(actor, asked())).rejects.toThrow('wait already')
    const [first = 0, second = 0, ...rest] = ids
    for (const id of rest) await room.cancel(world.shop, id)
    await world.db`update backtests set state = 'running', lease_until = ${world.clock.now() - 1} where id = ${first}`
    await room.cancel(world.shop, second)
    expect(await room.turn()).toBe(true)
    expect((await room.get(world.shop, first)).state).toBe('done')
    expect((await room.get(world.shop, second)).state).toBe('cancelled')
    expect(await room.turn()).toBe(false)
  })

  test('is refused where there is nothing to try', async () => {
    const room = asking()
    const { from, to } = asked()
    const long = { ...asked(), from: to - 401 * dayMs }
    await expect(room.ask(actor, long)).rejects.toThrow('400 days')
    await expect(room.ask(actor, { ...asked(), from: to, to: from })).rejects.toThrow('end after')
    await expect(room.ask(actor, { from, to, campaign: 99_999 })).rejects.toThrow('no campaign')
    const empty = Flow.parse({ ...asked().flow, steps: [] })
    await expect(room.ask(actor, { from, to, flow: empty })).rejects.toThrow('no steps')
  })
})
