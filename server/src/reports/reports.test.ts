import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Flow } from '../campaigns/campaign.ts'
import { type Campaigns, campaigns } from '../campaigns/campaigns.service.ts'
import { groupsOf, outcomesOf } from '../campaigns/outcome.ts'
import { dayMs, hourMs } from '../lib/duration.ts'
import { type CampaignReports, campaignReports } from '../proof/campaign-report.service.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Actor } from '../web/route.ts'
import { type HomeReports, homeReports } from './home.service.ts'

const people = 40
const mug = { product_id: 'mug', name: '머그컵', price: 10_000 }

let world: MessageWorld
let room: Campaigns
let reports: CampaignReports
let home: HomeReports
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
  home = homeReports({ db, clock, shops, campaigns: reports })
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

  test('compares both groups from the same instant, the order before the hand-over included', async () => {
    const { groups, open, series } = await reports.report(world.shop, campaign)
    const decisions = await world.db<
      { customer: number; arm: 'treatment' | 'holdout'; wouldSend: boolean; at: number }[]
    >`
      select customer, arm, would_send as "wouldSend", at from decisions where shop = ${world.shop} and campaign = ${campaign}`
    const paid = await world.db<{ customer: number; at: number; value: number }[]>`
      select customer, paid_at as at, gross - refunded as value from orders where shop = ${world.shop} and status = 'paid'`
    const { treatment, holdout } = groupsOf(outcomesOf(decisions, paid, 72))
    expect(groups).toEqual({ treatment, holdout, mixed: 0 })
    expect(treatment.people + holdout.people).toBe(people - 6)
    expect(treatment.reached + holdout.reached).toBeGreaterThan(10)
    expect(open).toBe(0)
    const ordered = series.reduce((sum, day) => sum + day.ordered, 0)
    expect(ordered).toBe(treatment.reached)
    expect(series).toHaveLength(5)
  })

  test('counts people who met both groups apart', async () => {
    const { groups: before } = await reports.report(world.shop, campaign)
    const [first] = await world.db<{ customer: number }[]>`
      update assignments set arm = 'mixed' where shop = ${world.shop} and customer = (
        select min(customer) from assignments where shop = ${world.shop})
      returning customer`
    expect(first).toBeDefined()
    const { groups } = await reports.report(world.shop, campaign)
    expect(groups.mixed).toBe(1)
    expect(groups.treatment.people + groups.holdout.people).toBe(
      before.treatment.people + before.holdout.people - 1,
    )
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
    expect(report).toMatchObject({ drops: [], series: [], lift: { verdict: 'too_little' } })
    expect(report.funnel.entered).toBe(0)
  })
})

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
    expect(summary.from).toBe(summary.orders.series[0]?.at)
  })
})
