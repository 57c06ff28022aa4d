import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Flow } from '../campaigns/campaign.ts'
import { type Campaigns, campaigns } from '../campaigns/campaigns.service.ts'
import { type Outcome, outcomesOf, stratumOf } from '../campaigns/outcome.ts'
import { numbers } from '../connect/numbers/numbers.service.ts'
import { keptResults } from '../jobs/kept-results.service.ts'
import { dayMs, hourMs } from '../lib/duration.ts'
import { type CampaignReports, campaignReports } from '../proof/campaign-report.service.ts'
import type { EffectReport } from '../proof/effect-report.ts'
import { type Effects, effects } from '../proof/effects.service.ts'
import { effectOf } from '../statistics/effect.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Actor } from '../web/route.ts'
import { type HomeReports, homeReports } from './home.service.ts'

const people = 40
const mug = { product_id: 'mug', name: '머그컵', price: 10_000 }

let world: MessageWorld
let room: Campaigns
let reports: CampaignReports
let home: HomeReports
let caused: Effects
let early: EffectReport
let campaign = 0

/** Forty members fill a cart; four do not consent, two order within the hour; later some of the others order. */
beforeAll(async () => {
  world = await openMessageWorld({
    rooms: (built) => {
      room = campaigns(built)
      return [room.room({ inTurn: () => ({ isMember: () => false }) })]
    },
  })
  const { db, clock, shops, shop } = world
  reports = campaignReports({ db, clock, shops, campaigns: room })
  const kept = keptResults({ db, clock, patienceMs: 60_000 })
  caused = effects({ db, warehouse: world.warehouse, shops, campaigns: room, kept })
  home = homeReports({ db, clock, shops, effects: caused })
  const actor: Actor = { shop, name: 'member:1', role: 'marketer' }
  const made = await room.create(actor, { playbook: 'cart_abandonment' })
  await room.change(actor, made.id, { draft: Flow.parse({ ...made.draft, holdoutShare: 0.5 }) })
  campaign = (await room.start(actor, made.id)).id
  for (let at = 0; at < people; at++) await world.member(`u${at}`, { consents: at >= 4 })
  for (let at = 0; at < people; at++) await did(at, 'Product Added', mug)
  await world.line.drain(shop)
  for (const at of [4, 5]) await order(at, 10_000)
  await world.line.drain(shop)
  clock.advance(hourMs)
  await world.line.drain(shop)
  const sender = world.sender({ recheck: room.recheck })
  for (const at of [6]) await order(at, 12_000)
  await world.line.drain(shop)
  await sender.drain(shop)
  clock.advance(hourMs)
  for (let at = 7; at < people; at += 3) await order(at, 20_000)
  await order(8, 5_000)
  await order(8, 5_000)
  await world.line.drain(shop)
  early = await told()
  clock.advance(4 * dayMs)
  // Too late to count: the window is three days.
  for (let at = 9; at < people; at += 3) await order(at, 90_000)
  await world.line.drain(shop)
  await world.receipts.drain()
  await world.line.drain(shop)
})
afterAll(() => world?.close())

const did = (at: number, name: string, properties: Record<string, string | number>) =>
  world.say({ name, ids: { user: `u${at}`, verified: true }, body: { properties } })

let orders = 0
const order = (at: number, revenue: number) =>
  did(at, 'Order Completed', { order_id: `o${++orders}`, revenue, total: revenue, currency: 'KRW' })

describe('the campaign report', () => {
  test('names every drop, and what is left adds up', async () => {
    const { funnel, drops } = await reports.report(world.shop, campaign)
    expect(funnel.entered).toBe(people)
    const count = (reason: string) => drops.find((drop) => drop.reason === reason)?.count
    expect(count('no_consent')).toBe(4)
    expect(count('ordered')).toBe(2)
    const early = drops.filter((drop) => drop.after !== 'eligible')
    const gone = early.reduce((sum, drop) => sum + drop.count, 0)
    expect(funnel.eligible + gone + funnel.waiting).toBe(people)
    const late = drops.filter((drop) => drop.after === 'eligible')
    const kept = late.reduce((sum, drop) => sum + drop.count, 0)
    expect(funnel.sent + funnel.heldOut + kept).toBe(funnel.eligible)
    expect(funnel.heldOut).toBeGreaterThan(5)
  })

  test('tells who ordered of those chosen, on the day of their decision', async () => {
    const { ordered, series } = await reports.report(world.shop, campaign)
    const bought = bothOutcomes(await told()).effect
    expect(series.reduce((sum, day) => sum + day.ordered, 0)).toBe(ordered)
    expect(ordered).toBe(Math.round((bought.means.treatment ?? 0) * bought.people.treatment))
    expect(series).toHaveLength(5)
  })

  test('tells what became of the coupons it gave, and what they took off orders', async () => {
    expect((await reports.report(world.shop, campaign)).coupons).toBeNull()
    await world.db`
      insert into coupons (shop, pool, cause_key, campaign, state, reserved_at, issued_at, discount)
      select ${world.shop}, 1, u.state || u.place, ${campaign}, u.state, 0, 0, case u.state when 'redeemed' then 50000000 end
      from unnest(array['issued', 'redeemed', 'redeemed', 'released']) with ordinality as u(state, place)`
    const { coupons } = await reports.report(world.shop, campaign)
    expect(coupons).toEqual({ issued: 3, redeemed: 2, cost: 100_000_000 })
  })

  test('of a campaign that nobody entered is empty and says nothing', async () => {
    const actor: Actor = { shop: world.shop, name: 'member:1', role: 'marketer' }
    const { id } = await room.create(actor, { playbook: 'cart_abandonment' })
    const report = await reports.report(world.shop, id)
    expect(report).toMatchObject({ drops: [], series: [], ordered: 0 })
    expect(report.funnel.entered).toBe(0)
  })
})

describe('what the campaign caused', () => {
  test('compares both groups from the same instant, the order before the hand-over included', async () => {
    const outcomes = await recount()
    const report = await told()
    expect(report).toMatchObject({
      metric: 'completion',
      ...{ windowHours: 72, open: 0, mixed: 0, shares: [0.5] },
      ...{ isMixedMuch: false, isMismatched: false, cap: null, margin: null },
    })
    const bought = effectOf(
      [stratumOf(outcomes, { share: 0.5, value: ({ orders }) => Math.min(1, orders) })],
      'rate',
    )
    expect(bothOutcomes(report).effect).toEqual(bought)
    expect(bought.people.treatment + bought.people.holdout).toBe(people - 6)
    const orders = effectOf(
      [stratumOf(outcomes, { share: 0.5, value: (one) => one.orders })],
      'mean',
    )
    expect(outcomeOf(report, 'orders').effect.means).toEqual(orders.means)
    const revenue = outcomeOf(report, 'revenue')
    const paid = (arm: Outcome['arm']) =>
      outcomes.reduce((sum, one) => sum + (one.arm === arm ? one.value / 10_000 : 0), 0)
    const { people: groups, means } = revenue.effect
    expect((means.treatment ?? 0) * groups.treatment).toBeCloseTo(paid('treatment'), 6)
    expect((means.holdout ?? 0) * groups.holdout).toBeCloseTo(paid('holdout'), 6)
    const [fresh, known] = report.segments.map(({ effect }) => effect.people)
    expect((fresh?.treatment ?? 0) + (known?.treatment ?? 0)).toBe(bought.people.treatment)
    expect((fresh?.holdout ?? 0) + (known?.holdout ?? 0)).toBe(bought.people.holdout)
    // Nine are too few to say what it was in all.
    expect(revenue.total).toBeNull()
  })

  test('tells its interval day by day, and on the last day what it tells now', async () => {
    const { days, outcomes } = await told()
    // Everybody was decided on one day, and the window is three.
    expect(days).toHaveLength(2)
    expect(days.at(-1)?.difference).toEqual(outcomes[0]?.effect.difference)
  })

  test('waits for people whose window is open', () => {
    expect(early).toMatchObject({ open: people - 6, days: [] })
    expect(early.outcomes[0]?.effect.verdict).toBe('too_little')
  })

  test('tells profit from the margin and what products cost, sending off', async () => {
    const { db, shop, shops } = world
    const before = outcomeOf(await told(), 'profit').effect.means
    const revenue = outcomeOf(await told(), 'revenue').effect.means
    expect(before.treatment).toBeCloseTo(revenue.treatment ?? 0, 6)
    await shops.set(shop, 'proof', { margin: 0.4 })
    await db`update outbox set cost = 90000 where shop = ${shop} and id = (select min(id) from outbox where shop = ${shop} and state = 'sent')`
    // Written to again after the window: neither the orders of then nor what the message cost belong to this.
    await db`
      insert into outbox (shop, cause_key, customer, campaign, channel, purpose, state, not_before, created_at, cost)
      select shop, 'again', customer, campaign, channel, purpose, 'failed', not_before, created_at + ${4 * dayMs}, 90000
      from outbox where shop = ${shop} and id = (select min(id) from outbox where shop = ${shop} and state = 'sent')`
    const after = await told()
    expect(after).toMatchObject({ margin: 0.4, sending: 9 })
    const [{ goods } = { goods: 0 }] = await db<{ goods: number }[]>`
      select count(*)::int as goods from order_lines where shop = ${shop}`
    expect(goods).toBe(0)
    await db`
      insert into order_lines (shop, order_id, line, product, name, quantity, price, net)
      select shop, id, 1, 'mug', '머그컵', 1, gross, gross from orders where shop = ${shop}`
    const told40 = outcomeOf(await told(), 'profit').effect
    const sent = told40.people.treatment
    expect(told40.means.treatment).toBeCloseTo((revenue.treatment ?? 0) * 0.4 - 9 / sent, 6)
    await db`insert into product_costs (shop, product, cost, updated_at) values (${shop}, 'mug', 0, 0)`
    const free = outcomeOf(await told(), 'profit').effect
    expect(free.means.treatment).toBeCloseTo((revenue.treatment ?? 0) - 9 / sent, 6)
    await db`delete from order_lines where shop = ${shop}`
  })

  test('watches what must not get worse', async () => {
    const { db, shop } = world
    const [one] = await db<{ customer: number; at: number }[]>`
      select customer, min(at) as at from decisions where shop = ${shop} and would_send and arm = 'treatment' group by customer limit 1`
    await db`
      insert into consent_events (shop, customer, channel, kind, scope, at, position, source)
      values (${shop}, ${one?.customer ?? 0}, 'email', 'withdraw', 'ad_day', ${(one?.at ?? 0) + hourMs}, 1, 'one_click')`
    const { guards } = await told()
    expect(guards.map(({ kind }) => kind)).toEqual(['opt_out', 'complaint', 'refund'])
    const [optOut, complaint] = guards
    expect(
      (optOut?.effect.means.treatment ?? 0) * (optOut?.effect.people.treatment ?? 0),
    ).toBeCloseTo(1, 9)
    expect(complaint?.effect.means).toEqual({ treatment: 0, holdout: 0 })
  })

  test('counts people who met both groups apart, and calls when they are many', async () => {
    const before = (await told()).outcomes[0]?.effect.people
    await world.db`
      update assignments set arm = 'mixed' where shop = ${world.shop} and customer = (
        select min(customer) from assignments where shop = ${world.shop})`
    const { mixed, isMixedMuch, outcomes } = await told()
    expect({ mixed, isMixedMuch }).toEqual({ mixed: 1, isMixedMuch: true })
    const after = outcomes[0]?.effect.people
    const all = (groups?: { treatment: number; holdout: number }) =>
      (groups?.treatment ?? 0) + (groups?.holdout ?? 0)
    expect(all(after)).toBe(all(before) - 1)
  })

  test('is judged by who came again, where that is its goal', async () => {
    const { db, shop } = world
    const flow = (await room.get(shop, campaign)).draft
    await room.change({ shop, name: 'member:1', role: 'marketer' }, campaign, {
      draft: Flow.parse({ ...flow, goal: { ...flow.goal, metric: 'revisit' } }),
    })
    await room.start({ shop, name: 'member:1', role: 'marketer' }, campaign)
    const decided = await db<{ customer: number; at: number }[]>`
      select customer, min(at) as at from decisions where shop = ${shop} and would_send group by customer order by customer limit 3`
    await world.warehouse.insert(
      'events',
      decided.map(({ customer, at }, index) => {
        // The last of them came before, not after.
        const time = new Date(at + (index === 2 ? -hourMs : hourMs)).toISOString()
        const when = { at: time, received_at: time, processed_at: time }
        return {
          shop,
          customer,
          position: 1_000_000 + index,
          kind: 'derived',
          name: 'Visit Started',
          ...when,
        }
      }),
    )
    const report = await told()
    expect(report.metric).toBe('revisit')
    const { people: groups, means } = report.outcomes[0]?.effect ?? { people: undefined }
    const came =
      (means?.treatment ?? 0) * (groups?.treatment ?? 0) +
      (means?.holdout ?? 0) * (groups?.holdout ?? 0)
    expect(came).toBeGreaterThan(0)
    expect(came).toBeLessThanOrEqual(2)
    expect(report.outcomes.map(({ metric }) => metric)).toEqual([
      ...['revisit', 'completion', 'orders', 'revenue', 'profit'],
    ])
  })
})

async function told(): Promise<EffectReport> {
  const answer = await caused.effect(world.shop, campaign, { isFresh: true })
  if (answer.state !== 'ready') throw new Error('the report is waited for')
  return answer.isRefreshing ? await settled() : answer.result
}

/** What a refresh behind the page made. */
async function settled(): Promise<EffectReport> {
  for (;;) {
    const answer = await caused.effect(world.shop, campaign)
    if (answer.state === 'ready' && !answer.isRefreshing) return answer.result
    await new Promise((go) => setTimeout(go, 5))
  }
}

function outcomeOf({ outcomes }: EffectReport, metric: string) {
  const found = outcomes.find((one) => one.metric === metric)
  if (!found) throw new Error(`the report tells of ${metric}`)
  return found
}
const bothOutcomes = (report: EffectReport) => outcomeOf(report, 'completion')

/** The same in another way: everything read, added up here. */
async function recount(): Promise<readonly Outcome[]> {
  const decisions = await world.db<
    { customer: number; arm: 'treatment' | 'holdout'; wouldSend: boolean; at: number }[]
  >`
    select customer, arm, would_send as "wouldSend", at from decisions where shop = ${world.shop} and campaign = ${campaign}`
  const paid = await world.db<{ customer: number; at: number; value: number }[]>`
    select customer, paid_at as at, gross - refunded as value from orders where shop = ${world.shop} and status = 'paid'`
  return outcomesOf(decisions, paid, 72)
}

describe('home', () => {
  test('adds up what was paid and sent, day by day', async () => {
    const summary = await home.home(world.shop, 7)
    const [paid] = await world.db<{ orders: number; revenue: number }[]>`
      select count(*) as orders, (sum(gross - refunded) / 10000)::bigint as revenue from orders where shop = ${world.shop}`
    const [left] = await world.db<{ sent: number }[]>`
      select count(*) as sent from outbox where shop = ${world.shop} and state = 'sent'`
    expect(summary.orders.now).toBe(paid?.orders)
    expect(summary.revenue.now).toBe(paid?.revenue)
    expect(summary.messages.now).toBe(left?.sent)
    expect(summary.orders).toMatchObject({ before: 0 })
    expect(summary.orders.series).toHaveLength(7)
    expect(summary.caused.series).toHaveLength(7)
    // A kept result tells its time, and home shows the same one until it has grown old.
    expect(summary.caused.madeAt).toBe(world.clock.now())
    world.clock.advance(1_000)
    expect((await home.home(world.shop, 7)).caused).toEqual(summary.caused)
    expect(summary.from).toBe(summary.orders.series[0]?.at)
  })

  test('says the same orders and revenue as the page that matches numbers, whatever became of them', async () => {
    const { shop, db, clock, shops } = world
    const money = { currency: 'KRW' }
    for (const [id, name, more] of [
      ['part', 'Order Completed', { revenue: 30_000, total: 30_000 }],
      ['part', 'Order Refunded', { total: 10_000 }],
      ['all', 'Order Completed', { revenue: 40_000, total: 40_000 }],
      ['all', 'Order Refunded', {}],
      ['gone', 'Order Completed', { revenue: 50_000, total: 50_000 }],
      ['gone', 'Order Cancelled', {}],
    ] as const)
      await did(30, name, { order_id: id, ...money, ...more })
    await world.line.drain(shop)
    clock.advance(dayMs)
    const { ours } = await numbers({ db, clock, shops }).look(shop, 'week')
    const { orders: counted, revenue } = await home.home(shop, 8)
    expect(counted.now).toBe(ours.orders)
    expect(revenue.now).toBe((ours.paid - ours.refunded) / 10_000)
    expect(ours.refunded).toBe(50_000 * 10_000)
  })

  test('a day that goes on is compared with the day before until the same time', async () => {
    const { shop, db, clock } = world
    const was = (await home.home(shop, 1)).orders
    const yesterday = clock.now() - dayMs
    for (const [id, at] of [
      ['sooner', yesterday - 1_000],
      ['later', yesterday + 1_000],
      ['today', clock.now()],
    ] as const)
      await db`
        insert into orders (shop, id, customer, status, created_at, paid_at, currency, gross, refunded, version)
        values (${shop}, ${id}, 1, 'paid', ${at}, ${at}, 'KRW', 10000, 0, 1)`
    const { orders } = await home.home(shop, 1)
    expect(orders).toMatchObject({ now: was.now + 1, before: was.before + 1 })
    expect((await home.home(shop, 7)).orders.series.at(-2)?.value).toBe(was.before + 2)
    await db`delete from orders where shop = ${shop} and id in ('sooner', 'later', 'today')`
  })
})
