import { afterAll, beforeAll, expect, test } from 'vitest'
import { Flow } from '../campaigns/campaign.ts'
import { type Campaigns, campaigns } from '../campaigns/campaigns.service.ts'
import { keptResults } from '../jobs/kept-results.service.ts'
import { hourMs } from '../lib/duration.ts'
import { campaignReports } from '../proof/campaign-report.service.ts'
import { effects } from '../proof/effects.service.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Actor } from '../web/route.ts'
import { homeReports } from './home.service.ts'

let world: MessageWorld
let room: Campaigns
beforeAll(async () => {
  world = await openMessageWorld({
    rooms: (built) => {
      room = campaigns(built)
      return [room.room({ inTurn: () => ({ isMember: () => false }) })]
    },
  })
})
afterAll(() => world?.close())

const say = (user: string, name: string, properties: Record<string, string | number>) =>
  world.say({ name, ids: { user, verified: true }, body: { properties } })

test('one of the shop’s own people is left out of a campaign’s report and of home, and is counted again when the mark is taken away', async () => {
  const { db, clock, shops, shop } = world
  const reports = campaignReports({ db, clock, shops, campaigns: room })
  const kept = keptResults({ db, clock, patienceMs: 60_000 })
  const caused = effects({ db, warehouse: world.warehouse, shops, campaigns: room, kept })
  const home = homeReports({ db, clock, shops, effects: caused })
  const actor: Actor = { shop, name: 'member:1', role: 'marketer' }
  const made = await room.create(actor, { playbook: 'cart_abandonment' })
  await room.change(actor, made.id, { draft: Flow.parse({ ...made.draft, holdoutShare: 0 }) })
  const { id } = await room.start(actor, made.id)
  const users = ['u1', 'u2', 'u3']
  for (const user of users) await world.member(user, { consents: true })
  for (const user of users)
    await say(user, 'Product Added', { product_id: 'mug', name: '머그컵', price: 10_000 })
  await world.line.drain(shop)
  clock.advance(hourMs)
  await world.line.drain(shop)
  await world.sender({ recheck: room.recheck }).drain(shop)
  clock.advance(hourMs)
  for (const user of users)
    await say(user, 'Order Completed', {
      ...{ order_id: `o-${user}`, revenue: 10_000, total: 10_000, currency: 'KRW' },
    })
  await world.line.drain(shop)
  await world.receipts.drain()
  await world.line.drain(shop)

  const look = async () => {
    const { funnel, ordered } = await reports.report(shop, id)
    const { orders, revenue, messages } = await home.home(shop, 7)
    const { entered, sent } = funnel
    return { entered, sent, ordered, home: [orders.now, revenue.now, messages.now] }
  }
  const among = (count: number) => ({
    ...{ entered: count, sent: count, ordered: count },
    home: [count, count * 10_000, count],
  })
  const mark = (internal: boolean) =>
    db`update customers set internal = ${internal}
       where shop = ${shop} and id = (select min(customer) from outbox where shop = ${shop})`
  expect(await look()).toEqual(among(3))
  await mark(true)
  expect(await look()).toEqual(among(2))
  await mark(false)
  expect(await look()).toEqual(among(3))
})
