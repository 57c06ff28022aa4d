import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertPool } from '../../coupons/edit-pools.store.ts'
import { contactKey } from '../../customers/contact.ts'
import { customers } from '../../customers/customers.service.ts'
import type { CampaignId, ShopId } from '../../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import { seededRandom } from '../../lib/random.ts'
import { type LivedWorld, openLivedWorld } from '../../testing/lived-world.driver.ts'
import { Flow } from '../campaign.ts'
import { enterByApi } from '../runs/enter.service.ts'
import { runsBetween, type Schedule } from '../schedule.ts'

// Every kind of trigger and step lives once for real and once by backtest; differential.test.ts has carts, segments and nights.
let world: LivedWorld
beforeAll(async () => {
  world = await openLivedWorld()
  await world.shops.set(world.shop, 'text', { optOutNumber: '080-123-4567' })
  // Room for several campaigns a day, though not for all of them.
  await world.shops.set(world.shop, 'sending', limits)
})
afterAll(() => world?.close())

const limits = { adsPerDay: 3, adsPerWeek: 9, precedenceHours: 2 }
const sms = { channel: 'sms', text: '안녕하세요' }
const mail = {
  channel: 'email',
  subject: '안녕하세요',
  preheader: '',
  body: { kind: 'blocks', blocks: [{ kind: 'text', text: '반가워요' }] },
}
const kakao = { channel: 'kakao', kind: 'brand', profile: 'practice', bubble: 'TEXT', text: '안녕' }
const message = (id: number, content: object, more: object = {}) => ({
  kind: 'message',
  id,
  content,
  ...more,
})
const flowOf = (trigger: object, steps: readonly object[], more: object = {}): Flow =>
  Flow.parse({
    trigger,
    steps,
    goal: { event: 'Order Completed', windowHours: 72 },
    holdoutShare: 0,
    reentry: { afterDays: 0 },
    ...more,
  })
const daily: Schedule = { kind: 'daily', time: '10:00', zone: 'shop' }

/** One of each; they meet each other's limits, precedence and coupons. */
const flows = (pool: number, audience: number): Readonly<Record<string, Flow>> => ({
  schedule: flowOf({ kind: 'schedule', schedule: daily }, [message(1, mail)], {
    audience,
    holdoutShare: 0.5,
    precedence: { class: 'promotion', weight: 5 },
  }),
  anniversary: flowOf(
    { kind: 'anniversary', trait: 'birthday', time: '10:00' },
    [message(1, sms)],
    {
      precedence: { class: 'journey', weight: 90 },
    },
  ),
  api: flowOf({ kind: 'api' }, [
    { kind: 'wait', id: 1, minutes: 20 },
    message(2, kakao, { fallbacks: [{ content: sms }, { content: mail }] }),
  ]),
  split: flowOf(
    { kind: 'event', event: 'Product Viewed', key: 'product' },
    [
      {
        kind: 'split',
        id: 1,
        arms: [
          { id: 'a', name: '바로', share: 1, steps: [message(2, sms)] },
          {
            id: 'b',
            name: '나중에',
            share: 2,
            steps: [{ kind: 'wait', id: 3, minutes: 90 }, message(4, sms)],
          },
        ],
      },
    ],
    { precedence: { class: 'journey', weight: 30 }, exits: ['Order Completed'] },
  ),
  coupon: flowOf(
    { kind: 'event', event: 'Signed Up' },
    [
      { kind: 'coupon', id: 1, pool },
      {
        kind: 'wait_for',
        id: 2,
        watch: { kind: 'event', event: 'Product Viewed' },
        minutes: 300,
        happened: [message(3, mail)],
        timedOut: [message(4, sms)],
      },
    ],
    { holdoutShare: 0.5, precedence: { class: 'journey', weight: 60 } },
  ),
})

let phones = 0
async function people(random: ReturnType<typeof seededRandom>): Promise<readonly string[]> {
  const users = Array.from({ length: 10 }, (_, at) => `person-${at}`)
  for (const user of users) {
    await world.member(user, { consents: random.chance(0.7) })
    const birthday = `1990-03-${String(3 + random.integer(4)).padStart(2, '0')}`
    phones += 1
    const phone = `+82101111${String(phones).padStart(4, '0')}`
    const has = random.chance(0.7) ? { phone: contactKey(world.vault, 'phone', phone) } : {}
    await world.say({
      kind: 'identify',
      name: 'Identified',
      ids: { user, verified: true, ...has },
      body: { traits: { birthday } },
    })
    for (const channel of ['sms', 'kakao'])
      if (random.chance(0.7)) await world.consented(user, 'grant', channel)
  }
  await world.settle()
  return users
}

async function started(flow: Flow): Promise<CampaignId> {
  const made = await world.room.create(world.actor, {})
  await world.room.change(world.actor, made.id, { draft: flow })
  await world.room.start(world.actor, made.id)
  return made.id
}

async function whoLooked(): Promise<number> {
  const viewed = {
    kind: 'event',
    event: 'Product Viewed',
    window: { kind: 'rolling', span: { amount: 2, unit: 'days' } },
    measure: { of: 'count', is: { op: '>=', value: 1 } },
  }
  const made = await world.segment.create(
    world.actor as Parameters<LivedWorld['segment']['create']>[0],
    {
      name: '본 사람',
      description: '',
      definition: { format: 1, where: viewed },
    } as Parameters<LivedWorld['segment']['create']>[1],
  )
  await world.past.drain(world.shop)
  await world.segment.build.drain(world.shop)
  await world.settle()
  return made.id
}

const pieces = (total: number) =>
  insertPool(world.db, world.shop, {
    now: world.clock.now(),
    pool: {
      name: '첫 구매 쿠폰',
      discount: { kind: 'amount', amount: 30_000_000 },
      minOrder: 0,
      validHours: 48,
      endsAt: null,
      total,
      perPerson: null,
      firstOrderOnly: false,
      scope: null,
      codes: 'generated',
      prefix: 'HI',
      sharedCode: null,
      givesBack: true,
      notes: '',
    },
  })

test('schedules, returning dates, API calls, chains, splits, coupons and waits are decided as the line did, row for row', async () => {
  const { clock, shop, db } = world
  const random = seededRandom('kinds')
  const users = await people(random)
  const all = flows(await pieces(100), await whoLooked())
  clock.advance(minuteMs)
  const from = clock.now()
  const ids = new Map<string, CampaignId>()
  for (const [name, flow] of Object.entries(all)) ids.set(name, await started(flow))
  const call = enterByApi({
    db,
    clock,
    campaigns: world.room,
    customers: customers({ db }),
    accept: { accept: world.accept },
  } as Parameters<typeof enterByApi>[0])
  const runsAt = runsBetween(daily, { from, to: from + 20 * dayMs, max: 30 }, 'Asia/Seoul')
  for (let happened = 0; happened < 30; happened++) {
    await world.passTo(clock.now() + Math.ceil(random.exponential(3 * hourMs)), runsAt)
    const user = users[random.integer(users.length)] ?? ''
    const draw = random.next()
    const did = (name: string, properties = {}) =>
      world.say({ name, ids: { user, verified: true }, body: { properties } })
    if (draw < 0.45)
      await did('Product Viewed', { product_id: `p${random.integer(3)}`, price: 12000 })
    else if (draw < 0.65) await did('Signed Up')
    else if (draw < 0.75)
      await did('Order Completed', { order_id: `o${happened}`, revenue: 12000, currency: 'KRW' })
    else
      await call(shop, {
        campaign: ids.get('api') ?? 0,
        people: [{ kind: 'user', value: user }],
        data: {},
        key: `k${happened}`,
      })
    await world.settle()
  }
  await world.passTo(clock.now() + dayMs, runsAt)
  await world.past.drain(shop)
  const to = clock.now()
  const seen: Record<string, readonly string[]> = {}
  for (const [name, flow] of Object.entries(all)) {
    const campaign = ids.get(name) as CampaignId
    const lived = await world.lived(campaign)
    const { rows } = await world.tried({ campaign, flow, from, to })
    expect({ name, rows }).toEqual({ name, rows: lived })
    seen[name] = [...new Set(lived.map((row) => `${row.channel} ${row.outcome}`))].sort()
  }
  // Each of them met something: messages left, were refused on one channel and taken by the next, and people were held out.
  expect(seen).toMatchObject({
    schedule: expect.arrayContaining(['email refused', 'email sent', 'email would_send']),
    anniversary: expect.arrayContaining(['sms sent']),
    api: expect.arrayContaining(['kakao refused', 'kakao sent', 'sms sent']),
    split: expect.arrayContaining(['sms refused', 'sms sent']),
    coupon: expect.arrayContaining(['sms would_send']),
  })
}, 300_000)

test('history that was imported gives the rows of whoever lived it', async () => {
  const { clock, shop, db } = world
  const other = await world.shops.create('옮겨온 샵', false)
  await world.shops.set(other, 'sending', limits)
  const log = await db<{ kind: string; name: string; at: number; ids: string; body: string }[]>`
    select kind, name, at, ids, body from log
    where shop = ${shop} and kind in ('event', 'identify', 'consent') order by position`
  await world.accept(
    other,
    log.map((row, at) => ({
      kind: row.kind as 'event',
      name: row.name,
      at: row.at,
      receivedAt: clock.now(),
      messageId: `import-${at}`,
      ids: JSON.parse(row.ids),
      body: JSON.parse(row.body),
      importId: 'file-1',
    })),
  )
  await world.settle(other)
  await world.past.drain(other)
  const flow = Flow.parse({ ...flows(1, 1).split, steps: [message(1, sms)], exits: [] })
  const period = { campaign: 0 as CampaignId, flow, from: log[0]?.at ?? 0, to: clock.now() }
  // What other campaigns really sent here counts against limits, and nobody sent anything there.
  await db`delete from outbox where shop = ${shop}`
  const lived = await world.tried(period)
  const imported = await world.tried({ ...period, shop: other as ShopId })
  const told = (result: typeof lived) =>
    result.rows.map(({ at, outcome, reason, step }) => ({ at, outcome, reason, step }))
  expect(told(imported)).toEqual(told(lived))
  expect(lived.rows.length).toBeGreaterThan(10)
  expect(imported.result.assumptions.map((one) => one.code)).toContain('imported')
  expect(lived.result.assumptions.map((one) => one.code)).not.toContain('imported')
})
