import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { campaignDurations } from './duration.service.ts'

const shop = 1 as ShopId
const crowd = { events: ['Page Viewed'], joined: true, withoutOrder: true, windowDays: 30 }

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

test('who would enter is counted from history, and what they did without the campaign', async () => {
  const now = world.clock.now()
  const at = (days: number) => new Date(now - days * dayMs).toISOString()
  let position = 0
  const event = (customer: number, name: string, days: number) => ({
    ...{ shop, customer, position: ++position, name, kind: 'event', message_id: `m${position}` },
    ...{ at: at(days), received_at: at(days), processed_at: at(days) },
  })
  const order = (customer: number, days: number, n = 1) => ({
    ...{ shop, order_id: `o${customer}-${n}`, version: ++position, customer, status: 'paid' },
    ...{ created_at: at(days), paid_at: at(days), sequence: 0, currency: 'KRW', gross: 1 },
    lines: [{ product: 'A', quantity: 1, refunded_quantity: 0, net: 1, is_goods: true }],
  })
  const events = []
  const orders = []
  // 100 who joined and looked around 40 days ago: 20 bought twice within 30 days, one only later.
  for (let who = 1; who <= 100; who++) {
    events.push(
      event(who, 'Page Viewed', 42),
      event(who, 'Signed Up', 41),
      event(who, 'Page Viewed', 40),
    )
    if (who <= 20) orders.push(order(who, 30), order(who, 20, 2))
  }
  orders.push(order(21, 5))
  // In the last four weeks: 56 came, one who had bought before, one who never joined.
  for (let who = 201; who <= 256; who++)
    // They looked around before they joined; one of them joined where only a page told of it.
    events.push(
      event(who, 'Page Viewed', 10),
      who === 256
        ? { ...event(who, 'Page Viewed', 9), url_path: '/account/welcome' }
        : event(who, 'Signed Up', 9),
      event(who, 'Page Viewed', 8),
    )
  events.push(event(301, 'Signed Up', 50), event(301, 'Page Viewed', 8), {
    ...event(302, 'Page Viewed', 8),
    url_path: '/member/join_result.html',
  })
  orders.push(order(301, 45))
  await world.warehouse.insert('events', events)
  await world.warehouse.insert('order_versions', orders)
  await world.warehouse.reloadAliases()

  const durations = campaignDurations({ ...world, joinPage: async () => '/welcome' })
  const plan = await durations.plan(shop, { ...crowd, by: 'orders' })
  expect(plan).toMatchObject({ entrantsAWeek: 14, pastPeople: 100, base: 0.4, windowDays: 30 })
  expect(plan.durations.map(({ share }) => share)).toEqual([0.1, 0.2, 0.3, 0.5])
  for (const { people, weeks } of plan.durations) expect(weeks).toBe(Math.ceil(people / 14))
  const bought = await durations.plan(shop, { ...crowd, by: 'purchase' })
  expect(bought.base).toBeCloseTo(0.2, 12)
  // Half of those who come now are in the audience, and a quarter of those who came before were.
  const crossing = (customer: number, name: string, days: number) => ({
    ...event(customer, name, days),
    numbers: { segment_id: 7 },
  })
  const crossings = []
  for (let who = 201; who <= 228; who++) crossings.push(crossing(who, 'Entered Segment', 9))
  for (let who = 1; who <= 25; who++)
    crossings.push(crossing(who, 'Entered Segment', 41), crossing(who, 'Left Segment', 39))
  // Who entered only after they came was not in it then.
  for (let who = 229; who <= 240; who++) crossings.push(crossing(who, 'Entered Segment', 7))
  crossings.push({ ...crossing(241, 'Entered Segment', 9), numbers: { segment_id: 8 } })
  await world.warehouse.insert('events', crossings)
  const members = await durations.plan(shop, { ...crowd, by: 'purchase', audience: 7 })
  expect(members).toMatchObject({ entrantsAWeek: 7, pastPeople: 25 })
  expect(members.base).toBeCloseTo(20 / 25, 12)
  // Of crossings only those of the segment asked for let people in.
  const enter = { events: ['Entered Segment'], joined: false, withoutOrder: false, crossed: 7 }
  const coming = await durations.plan(shop, { ...enter, windowDays: 30, by: 'purchase' })
  expect(coming.entrantsAWeek).toBe(10)

  expect(plan.assumed).toBeNull()

  // Nothing is foretold from nobody.
  const none = await durations.plan(2 as ShopId, { ...crowd, by: 'orders' })
  expect(none).toMatchObject({ entrantsAWeek: 0, base: null, durations: [] })
  expect(none.assumed).toMatchObject({ buyers: 0.05, each: 1 })
  // Where only orders were brought: 60 buyers, half of whom came again within 30 days; who began yesterday does not count yet.
  const brought = []
  for (let who = 1; who <= 60; who++) {
    brought.push(order(who, 300))
    if (who <= 30) brought.push(order(who, 290, 2), order(who, 200, 3))
  }
  brought.push(order(61, 1))
  await world.warehouse.insert(
    'order_versions',
    brought.map((one) => ({ ...one, shop: 3 })),
  )
  const assumed = await durations.plan(3 as ShopId, { ...crowd, by: 'orders' })
  expect(assumed.assumed?.each).toBe(1.5)
  expect(assumed.assumed?.durations.every(({ weeks }) => weeks === null)).toBe(true)
  const rate = await durations.plan(3 as ShopId, { ...crowd, by: 'purchase' })
  expect(rate.assumed?.each).toBe(1)
})
