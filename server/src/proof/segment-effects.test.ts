import { afterAll, beforeAll, expect, test } from 'vitest'
import { Flow } from '../campaigns/campaign.ts'
import { assignments } from '../experiments/assignments.service.ts'
import { keptResults } from '../jobs/kept-results.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs, hourMs } from '../lib/duration.ts'
import { shops } from '../shops/shops.service.ts'
import { openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { readCredit } from './credit.store.ts'
import { readPageTouches } from './page-touches.store.ts'
import { segmentEffects } from './segment-effects.service.ts'

let world: TestWorld
let shop: ShopId
const now = Date.UTC(2026, 2, 2, 1)
const decided = now - 10 * dayMs
const people = 60
const draft = Flow.parse({
  trigger: { kind: 'event', event: 'Product Added' },
  steps: [{ kind: 'message', id: 1, content: { channel: 'sms', text: '담아 두셨어요' } }],
  goal: { event: 'Order Completed', windowHours: 72 },
})

beforeAll(async () => {
  world = await openTestWorld({ now, max: 4 })
  const { db, clock } = world
  shop = await shops({ db, clock }).create('온샵', false)
})
afterAll(() => world?.close())

let position = 0
const told = (
  customer: number,
  name: string,
  { at, ...more }: { readonly at: number; readonly numbers: object },
) => {
  const time = new Date(at).toISOString()
  const times = { at: time, received_at: time, processed_at: time }
  position++
  return {
    shop,
    customer,
    position,
    name,
    kind: 'event',
    message_id: `m${position}`,
    ...times,
    ...more,
  }
}
const order = (customer: number, at: number, id = `o${customer}`) => world.db`
  insert into orders (shop, id, customer, status, created_at, paid_at, currency, gross, version)
  values (${shop}, ${id}, ${customer}, 'paid', ${at}, ${at}, 'KRW', 100000000, 1)`

test('people are told apart by the segment they were in when it was decided, and not by the one they are in now', async () => {
  const { db, warehouse, clock } = world
  const arm = (customer: number) =>
    customer % 2 === 0 ? ('treatment' as const) : ('holdout' as const)
  const all = Array.from({ length: people }, (_, at) => at + 1)
  // The last four were decided on before the segment was there.
  const at = (customer: number) => (customer > people - 4 ? decided - 5 * dayMs : decided)
  const rows = all.map(
    (customer) =>
      ({
        ...{ experiment: 'campaign:1', customer, arm: arm(customer), share: 0.5, at: at(customer) },
      }) as const,
  )
  await db.begin((tx) => assignments().record(tx, shop, rows))
  for (const customer of all)
    await db`
      insert into decisions (shop, month, cause_key, campaign, customer, channel, purpose, arm, would_send, outcome, reason, at)
      values (${shop}, 202602, ${`c${customer}`}, 1, ${customer}, 'sms', 'advertising', ${arm(customer)}, true, 'sent', 'sent', ${at(customer)})`
  const crossed = (customer: number, name: string, days: number) =>
    told(customer, name, { at: decided + days * dayMs, numbers: { segment_id: 7 } })
  const events = []
  for (const customer of all) {
    // Of the first thirty, who were inside, all who bought left it because they bought.
    if (customer > 30) events.push(crossed(customer, 'Entered Segment', 1))
    else if (customer % 3 === 0) events.push(crossed(customer, 'Left Segment', 1))
    if (customer % 3 === 0) await order(customer, decided + hourMs)
  }
  await warehouse.insert('events', events)
  await warehouse.reloadAliases()
  await db`
    insert into memberships (shop, segment, customer, version, entered_at, cause)
    select ${shop}, 7, u, 1, case when u > 30 then ${decided + dayMs}::bigint else ${decided - 3 * dayMs}::bigint end, 'backfill'
    from generate_series(1, ${people}) as u where u > 30 or u % 3 <> 0`
  const effects = segmentEffects({
    ...{ db, warehouse, shops: shops({ db, clock }) },
    campaigns: { get: async () => ({ draft }) },
    segments: { get: async () => ({ updatedAt: decided - dayMs, state: 'live' }) },
    kept: keptResults({ db, clock, patienceMs: 60_000 }),
  })
  const kept = await effects.effect(shop, { campaign: 1, segment: 7 })
  if (kept.state !== 'ready') throw new Error('the report is waited for')
  expect(kept.result).toMatchObject({ segment: 7, looks: 2, unknown: 4 })
  const [inside, outside] = kept.result.groups
  expect(inside?.effect?.people).toEqual({ treatment: 15, holdout: 15 })
  expect(outside?.effect?.people).toEqual({ treatment: 13, holdout: 13 })
  expect(inside?.effect?.means.treatment).toBeCloseTo(5 / 15, 12)
  expect(inside?.effect?.confidence).toBeCloseTo(0.975, 12)
})

test('a message on a page is credited as any other, until another one is seen or comes', async () => {
  const { db, warehouse } = world
  const seen = (customer: number, campaign: number, hours: number, name = 'Promotion Viewed') =>
    told(customer, name, { at: now + hours * hourMs, numbers: { campaign_id: campaign } })
  const bought = (customer: number, hours: number) => {
    const at = new Date(now + hours * hourMs).toISOString()
    return {
      ...{
        shop,
        order_id: `p${customer}`,
        version: customer,
        customer,
        status: 'paid',
        sequence: 0,
      },
      ...{ created_at: at, paid_at: at, currency: 'KRW', gross: 10_000, lines: [] },
    }
  }
  await warehouse.insert('events', [
    seen(101, 5, 1),
    // Pressed, and the order came within the window.
    ...[seen(102, 5, 1), seen(102, 5, 2, 'Promotion Clicked')],
    // Another campaign's message was seen after it.
    ...[seen(103, 5, 1), seen(103, 6, 2)],
    // A mail of another campaign came after it.
    seen(104, 5, 1),
    // Too long ago, and only after the order.
    ...[seen(105, 5, -100), seen(106, 5, 4)],
    // Another campaign's alone.
    seen(107, 6, 1),
  ])
  const buyers = [101, 102, 103, 104, 105, 106, 107]
  await warehouse.insert(
    'order_versions',
    buyers.map((customer) => bought(customer, 3)),
  )
  for (const customer of buyers) await order(customer, now + 3 * hourMs, `p${customer}`)
  await db`
    insert into outbox (shop, cause_key, customer, campaign, channel, purpose, state, not_before, created_at, sent_at)
    values (${shop}, 'mail', 104, 6, 'email', 'advertising', 'sent', 0, 0, ${now + 2 * hourMs})`
  const asked = { windowMs: 72 * hourMs, currency: 'KRW', now: now + dayMs }
  const signal = new AbortController().signal
  const credit = async (campaign: number) => {
    const pages = await readPageTouches(warehouse, shop, { ...asked, campaign, signal })
    return await readCredit(db, shop, { ...asked, campaign, pages })
  }
  expect(await credit(5)).toEqual({
    lastTouch: { orders: 2, revenue: 20_000 },
    click: { orders: 1, revenue: 10_000 },
    coupon: { orders: 0, revenue: 0 },
  })
  expect((await credit(6)).lastTouch).toEqual({ orders: 3, revenue: 30_000 })
})
