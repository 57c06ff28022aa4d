import { afterAll, beforeAll, expect, test } from 'vitest'
import { Flow } from '../campaigns/campaign.ts'
import { type Campaigns, campaigns } from '../campaigns/campaigns.service.ts'
import { flows } from '../campaigns/flows.service.ts'
import { minuteMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { registers } from '../segments/registers.service.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Actor } from '../web/route.ts'
import { couponsOnPage } from './coupon-words.service.ts'
import { liveCampaigns } from './live.service.ts'
import { meeting } from './meet.service.ts'
import { type Onsite, onsite } from './onsite.service.ts'
import { OnsiteRequest } from './wire.ts'

// A page asks, the line hears of it, and both know the same.

let world: MessageWorld
let room: Campaigns
let pages: Onsite
let actor: Actor
let made = 0

beforeAll(async () => {
  world = await openMessageWorld({
    rooms: (built) => {
      room = campaigns(built)
      return [room.room({ inTurn: () => ({ isMember: () => false }) })]
    },
  })
  actor = { shop: world.shop, name: 'member:1', role: 'marketer' }
  const { db, clock, shops, vault, coupons, recommended, accept, messages } = world
  pages = onsite({
    clock,
    shops,
    live: liveCampaigns({
      db,
      clock,
      flows: flows(),
      registers: registers(),
      contents: messages,
    }),
    meet: meeting({ db, clock, vouches: vault.vouchesFor }),
    coupons: couponsOnPage({ db, clock, coupons }),
    tables: recommended.tables,
    accept,
    signer: vault,
  })
})
afterAll(() => world?.close())

const slide = {
  channel: 'onsite',
  form: 'slide',
  parts: [
    { kind: 'heading', id: 'p1', text: '{{ customer.name | nim }}, 첫 구매 추천' },
    {
      kind: 'cards',
      id: 'p2',
      from: {
        kind: 'written',
        cards: ['A', 'B', 'C'].map((title) => ({ title, url: `/p/${title}` })),
      },
    },
  ],
  order: 'random_person',
}

async function goLive(trigger: JsonObject, more: JsonObject = {}): Promise<number> {
  const flow = Flow.parse({
    trigger: { kind: 'page', ...trigger },
    steps: [{ kind: 'message', id: 1, content: slide }],
    goal: { event: 'Order Completed', windowHours: 168 },
    holdoutShare: 0,
    ...more,
  })
  const { id } = await room.create(actor, { playbook: 'cart_abandonment' })
  await room.change(actor, id, { draft: flow })
  await room.start(actor, id)
  world.clock.advance(2_000)
  return id
}

const stop = async (id: number) => {
  await room.stop(actor, id)
  world.clock.advance(2_000)
}

const asked = (device: string, more: JsonObject = {}) =>
  OnsiteRequest.parse({
    writeKey: 'k',
    anonymousId: device,
    view: `abcdef0${++made}`.padEnd(16, '0'),
    page: { url: 'https://shop.example/' },
    visit: { startedAt: 1_000, views: 1, popups: 0, returning: false },
    ...more,
  })

const told = (name: string, properties: JsonObject = {}) => ({
  id: `e${++made}`,
  name,
  properties,
  at: world.clock.now(),
})

test('a stranger sees the slide on the page that fits, once a visit, and the line knows of it', async () => {
  const id = await goLive({ only: [{ by: 'is', value: '/join/done' }] })
  expect((await pages.answer(world.shop, asked('device-1'))).show).toEqual([])
  const page = { url: 'https://shop.example/join/done?x=1' }
  const { show } = await pages.answer(world.shop, asked('device-1', { page }))
  expect(show).toMatchObject([{ campaign: id, properties: { campaign_id: id } }])
  const parts = show[0]?.view.parts ?? []
  expect(parts[0]).toMatchObject({ text: '고객님, 첫 구매 추천' })
  expect(parts[1]).toMatchObject({ kind: 'cards' })
  // Another tab of the same visit asks before the line has heard of it.
  expect((await pages.answer(world.shop, asked('device-1', { page }))).show).toEqual([])
  await world.line.drain(world.shop)
  const rows = await world.db`
    select o.state, o.channel, d.outcome, d.arm, e.state as enrolment, c.assignment_key
    from outbox o join decisions d on d.shop = o.shop and d.id = o.decision
    join enrolments e on e.shop = o.shop and e.id = o.enrolment
    join customers c on c.shop = o.shop and c.id = o.customer
    where o.shop = ${world.shop} and o.campaign = ${id}`
  expect(rows).toEqual([
    {
      state: 'sent',
      channel: 'onsite',
      outcome: 'sent',
      arm: 'treatment',
      enrolment: 'done',
      assignment_key: 'ddevice-1',
    },
  ])
  // The next visit may see it again.
  const visit = { startedAt: world.clock.now(), views: 1, popups: 0, returning: true }
  expect((await pages.answer(world.shop, asked('device-1', { page, visit }))).show).toHaveLength(1)
  await stop(id)
})

test('who is held out is counted at the same instant and sees nothing', async () => {
  const id = await goLive({}, { holdoutShare: 0.5 })
  const arms = new Map<string, number>()
  for (let at = 0; at < 40; at++) {
    const { show } = await pages.answer(world.shop, asked(`half-${at}`))
    arms.set(`half-${at}`, show.length)
  }
  await world.line.drain(world.shop)
  const rows = await world.db<{ value: string; arm: string; outcome: string }[]>`
    select i.value, d.arm, d.outcome from decisions d
    join identities i on i.shop = d.shop and i.customer = d.customer and i.kind = 'anonymous'
    where d.shop = ${world.shop} and d.campaign = ${id}`
  expect(rows).toHaveLength(40)
  for (const { value, arm, outcome } of rows) {
    expect([value, arms.get(value)]).toEqual([value, arm === 'treatment' ? 1 : 0])
    expect(outcome).toBe(arm === 'treatment' ? 'sent' : 'would_send')
  }
  const held = rows.filter((row) => row.arm === 'holdout').length
  expect(held).toBeGreaterThan(8)
  expect(held).toBeLessThan(32)
  const assigned = await world.db`
    select 1 from assignments where shop = ${world.shop} and experiment = ${`campaign:${id}`}`
  expect(assigned).toHaveLength(40)
  await stop(id)
})

test('an event of the page is the moment, its filter is looked at here, and an order ends it at once', async () => {
  const isCheap = {
    kind: 'property',
    path: 'price',
    is: { type: 'number', op: 'is', than: { op: '<', value: 10_000 } },
  }
  const id = await goLive({ when: [{ kind: 'event', event: 'Product Added', filter: isCheap }] })
  const first = await pages.answer(world.shop, asked('cart'))
  expect(first).toMatchObject({
    show: [],
    watch: [{ campaign: id, when: [{ kind: 'event', event: 'Product Added' }] }],
  })
  const dear = told('Product Added', { product_id: 'a', price: 20_000 })
  const no = await pages.answer(world.shop, asked('cart', { events: [dear], fired: id }))
  expect(no.show).toEqual([])
  const cheap = told('Product Added', { product_id: 'b', price: 5_000 })
  const order = told('Order Completed', { order_id: '1', products: [] })
  const over = asked('cart', { events: [dear, cheap, order], fired: id })
  expect((await pages.answer(world.shop, over)).show).toEqual([])
  const yes = await pages.answer(world.shop, asked('cart', { events: [dear, cheap], fired: id }))
  expect(yes.show).toHaveLength(1)
  await stop(id)
})

test('a visitor who asked for silence has it, whatever device remembers it', async () => {
  const id = await goLive({ often: 'view' })
  const rest = { of: String(id), until: world.clock.now() + minuteMs }
  expect((await pages.answer(world.shop, asked('quiet', { rests: [rest] }))).show).toEqual([])
  expect((await pages.answer(world.shop, asked('quiet'))).show).toHaveLength(1)
  await world.say({
    name: 'Promotion Dismissed',
    ids: { anonymous: 'quiet', verified: false },
    body: { properties: { campaign_id: id, how: '7d', rest: '7d', asks: 'nothing' } },
  })
  await world.line.drain(world.shop)
  expect((await pages.answer(world.shop, asked('quiet'))).show).toEqual([])
  await stop(id)
})

test('of two popups the weightier stands on the page, and only two in a visit', async () => {
  const light = await goLive({ often: 'view' })
  const heavy = await goLive({ often: 'view' }, { precedence: { class: 'journey', weight: 9 } })
  const shown = async (popups: number) => {
    const visit = { startedAt: 1_000, views: 3, popups, returning: false }
    const { show } = await pages.answer(world.shop, asked('both', { visit }))
    return show.map(({ campaign }) => campaign)
  }
  expect(await shown(0)).toEqual([heavy])
  expect(await shown(2)).toEqual([])
  await stop(light)
  await stop(heavy)
})
