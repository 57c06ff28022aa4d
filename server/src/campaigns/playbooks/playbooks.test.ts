import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { couponPools } from '../../coupons/pools.service.ts'
import { customers } from '../../customers/customers.service.ts'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import { Refusal } from '../../lib/refusal.ts'
import { ready } from '../../segments/ready/ready.service.ts'
import { segments } from '../../segments/segments.service.ts'
import { type MessageWorld, openMessageWorld } from '../../testing/message-world.driver.ts'
import type { Actor } from '../../web/route.ts'
import { type Campaigns, campaigns } from '../campaigns.service.ts'
import { stepsOf } from '../flow-map.ts'
import { readGoodsSpans } from '../goods-days.store.ts'
import { joinPages } from '../page/join-page.service.ts'
import { peopleSinceYesterday } from '../playbooks.store.ts'
import type { GivenAnswers } from './answers.ts'
import { playbookCards } from './cards.service.ts'
import { filling } from './fill.service.ts'
import { gallery, type PlaybookId, playbookIds, runnable } from './gallery.ts'

let world: MessageWorld
let room: Campaigns
let needs: ReturnType<typeof needsOf>

beforeAll(async () => {
  world = await openMessageWorld({
    rooms: (built) => {
      room = campaigns(built)
      return [room.room({ inTurn: () => ({ isMember: () => false }) })]
    },
  })
  const { shops, shop } = world
  await shops.set(shop, 'text', { optOutNumber: '080-123-4567' })
  const kakao = { provider: 'solapi', apiKey: 'a', sealedSecret: 's', profile: 'PF1' }
  await shops.set(shop, 'kakao', kakao)
  needs = needsOf()
})
afterAll(() => world?.close())

function needsOf() {
  const { db, clock, shops, warehouse, vault } = world
  const people = segments({
    db,
    warehouse,
    clock,
    vault,
    customers: customers({ db }),
    completeTo: async () => 1_000,
    audit: async () => undefined,
  })
  return {
    db,
    warehouse,
    clock,
    shops,
    segments: people,
    ready: ready({ db, warehouse, clock, shops, segments: people }),
    pools: couponPools({ db, clock, audit: shops.audit }),
    joinPage: joinPages({ shops, platformOf: async () => undefined }).holds,
  }
}

const actor = (): Actor => ({ shop: world.shop, name: 'member:1', role: 'marketer' })
const event = { title: '봄맞이 {{ 세일 }}', from: '2026-03-20', to: '2026-03-27' }
const answers: GivenAnswers = {
  event,
  season: 'white_day@2026-03-14',
  kakaoChannel: 'https://pf.kakao.com/_onshop',
  payments: '네이버페이·카카오페이',
}

async function begin(playbook: PlaybookId, given = answers) {
  const draft = await filling(needs)(actor(), { playbook, answers: given })
  return await room.create(actor(), { playbook, draft })
}

describe('a playbook that is begun', () => {
  test.each(playbookIds)('%s is a draft that goes live as it is', async (playbook) => {
    const made = await begin(playbook)
    expect(made).toMatchObject({ problems: [], playbook, name: runnable[playbook].name.ko })
    const live = await room.start(actor(), made.id)
    expect(live).toMatchObject({ state: 'live', version: 1 })
    await room.stop(actor(), made.id)
  })

  test('makes its segments and its coupon once, however often it is begun', async () => {
    const before = await counted()
    for (const playbook of [
      'first_cart_limited_coupon',
      'promo_seasonal',
      'members_price',
    ] as const)
      await begin(playbook)
    expect(await counted()).toEqual(before)
    const [flow, again] = [await begin('members_price'), await begin('members_price')]
    expect(again.draft).toEqual(flow.draft)
  })

  test('takes for joined whoever saw the page that the shop says, and leaves earlier drafts as they are', async () => {
    const { shops, shop } = world
    const platform: { kind?: string } = {}
    const joined = joinPages({ shops, platformOf: async () => platform.kind })
    const audience = async () => {
      const fill = filling({ ...needs, joinPage: joined.holds })
      const draft = await fill(actor(), { playbook: 'first_product_recommendation', answers: {} })
      const { name, definition } = await needs.segments.get(shop, draft.audience ?? 0)
      return { id: draft.audience, name, definition: JSON.stringify(definition) }
    }
    const usual = await audience()
    expect(usual.definition).toContain('"join_result"')
    expect(await joined.set(actor(), { joined: '/welcome' })).toEqual({
      ...{ joined: '/welcome', usual: 'join_result', holds: '/welcome' },
    })
    const own = await audience()
    expect(own.definition).toContain('"/welcome"')
    expect(own.definition).not.toContain('join_result')
    expect(own.name).toBe('가입을 마치고 아직 사지 않은 고객 (/welcome)')
    const before = await needs.segments.get(shop, usual.id ?? 0)
    expect(JSON.stringify(before.definition)).toBe(usual.definition)
    await joined.set(actor(), { joined: null })
    expect(await audience()).toEqual(usual)
    platform.kind = 'shopify'
    const none = await audience()
    expect(none.definition).toContain('Signed Up')
    expect(none.definition).not.toContain('Page Viewed')
  })

  test('of repurchases waits for each product by its own interval, for others by their category', async () => {
    const { warehouse, shop, clock } = world
    // 31 buyers of the soap come again after 50 days, 31 of one of two teas after 20.
    const day = (at: number) => new Date(clock.now() - at * dayMs).toISOString()
    const order = (id: string, customer: number, [ago, product]: readonly [number, string]) => ({
      ...{ shop, order_id: id, version: 1, customer, status: 'paid', currency: 'KRW' },
      ...{ created_at: day(ago), paid_at: day(ago), sequence: 0, gross: 100, refunded: 0 },
      lines: [
        {
          ...{ product, name: `${product} 이름`, category: product === 'soap' ? '비누' : '차' },
          ...{ quantity: 1, refunded_quantity: 0, net: 100, is_goods: true },
        },
      ],
    })
    await warehouse.insert(
      'order_versions',
      Array.from({ length: 31 }, (_, at) => [
        order(`s${at}`, 1_000 + at, [90, 'soap']),
        order(`t${at}`, 1_000 + at, [40, 'soap']),
        order(`u${at}`, 2_000 + at, [60, at % 2 === 0 ? 'green' : 'black']),
        order(`v${at}`, 2_000 + at, [40, at % 2 === 0 ? 'green' : 'black']),
      ]).flat(),
    )
    const { draft } = await begin('repurchase_due')
    const waits = stepsOf(draft).flatMap((step) => (step.kind === 'wait' ? [step] : []))
    const goods = (soap: number, tea: number) => ({
      products: [{ id: 'soap', name: 'soap 이름', days: soap }],
      categories: [
        { name: '비누', days: soap },
        { name: '차', days: tea },
      ],
    })
    expect(waits.map(({ byGoods }) => byGoods)).toEqual([
      { ...goods(50, 20), daily: { isOn: true, times: 1 } },
      { ...goods(25, 10), daily: { isOn: true, times: 0.5 } },
    ])
    // Nothing is counted for campaigns that nobody is on; of those that run, once a day.
    const counted = async () => {
      await room.countGoodsDays(needs.ready)
      const spans = await readGoodsSpans(world.db, shop)
      return Object.fromEntries(spans.map(({ key, days }) => [key, days]))
    }
    expect(await counted()).toEqual({})
    const made = await begin('repurchase_due')
    await room.start(actor(), made.id)
    const first = await counted()
    expect(first).toEqual({ ...{ soap: 50, 비누: 50, 차: 20 }, '': expect.any(Number) })
    await warehouse.command('truncate table order_versions', {})
    expect(await counted()).toEqual(first)
    clock.advance(dayMs)
    expect(await counted()).toEqual({ '': 30 })
  })

  async function counted() {
    const own = await needs.segments.list(world.shop, { before: undefined, limit: 200 })
    return { segments: own.length, pools: (await needs.pools.list(world.shop, false)).length }
  }

  test('leaves a gap that publishing names where its coupon cannot be made', async () => {
    const full = {
      list: async () => [],
      create: () => Promise.reject(new Refusal('too-many', 'A shop has 500 coupons at most.')),
    }
    const draft = await filling({ ...needs, pools: full })(actor(), {
      playbook: 'cart_abandonment',
      answers: {},
    })
    expect(stepsOf(draft).map(({ kind }) => kind)).toEqual(['wait', 'message', 'wait', 'message'])
    const made = await room.create(actor(), { playbook: 'cart_abandonment', draft })
    await expect(room.start(actor(), made.id)).rejects.toThrow('쿠폰이 없어요')
  })

  test('asks for what only the marketer knows, and for nothing that is over', async () => {
    await expect(begin('promo_period', {})).rejects.toThrow('what the event is called')
    const over = { title: '겨울', from: '2026-02-01', to: '2026-03-01' }
    await expect(begin('promo_period', { event: over })).rejects.toThrow('over before')
    const turned = { ...event, from: event.to, to: event.from }
    await expect(begin('promo_period', { event: turned })).rejects.toThrow('ends before it begins')
    await expect(begin('promo_seasonal', { season: 'seollal@2026-02-17' })).rejects.toThrow(
      'still to come',
    )
    await expect(begin('promo_seasonal', { season: 'hangeul' })).rejects.toThrow('still to come')
    await expect(begin('kakao_channel_add', {})).rejects.toThrow('KakaoTalk channel')
  })

  test('writes what was answered as words, never as a template', async () => {
    const { draft } = await begin('promo_period')
    expect(JSON.stringify(draft)).toContain('봄맞이  세일')
    expect(draft.trigger).toMatchObject({ schedule: { kind: 'once', at: '2026-03-20T10:00' } })
    const paying = JSON.stringify((await begin('checkout_abandonment')).draft)
    expect(paying).toContain('네이버페이·카카오페이 같은 간편한 방법으로')
    const unsaid = JSON.stringify((await begin('checkout_abandonment', {})).draft)
    expect(unsaid).toContain('편하신 결제 방법으로')
  })
})

describe('the gallery', () => {
  test('counts the people of the last day who carted and did not order, merged ones once', async () => {
    const now = world.clock.now()
    const time = (ago: number) => new Date(now - ago).toISOString().replace('T', ' ').slice(0, 23)
    const happened = (customer: number, name: string, ago: number, position: number) => ({
      shop: world.shop,
      customer,
      position,
      at: time(ago),
      received_at: time(ago),
      processed_at: time(ago),
      kind: 'event',
      name,
      message_id: `g${position}`,
    })
    await world.warehouse.insert('events', [
      happened(1, 'Product Added', hourMs, 1),
      happened(2, 'Product Added', 3 * hourMs, 2),
      happened(2, 'Order Completed', 2 * hourMs, 3),
      happened(3, 'Product Added', 30 * hourMs, 4),
      happened(4, 'Order Completed', 5 * hourMs, 5),
      happened(4, 'Product Added', 4 * hourMs, 6),
      happened(5, 'Product Added', 2 * hourMs, 7),
      happened(6, 'Product Viewed', 20 * dayMs, 8),
      happened(7, 'Page Viewed', hourMs, 10),
      happened(7, 'Page Viewed', hourMs, 11),
      happened(8, 'Page Viewed', hourMs, 12),
      happened(8, 'Product Added', hourMs, 13),
      happened(8, 'Order Completed', hourMs, 14),
      happened(9, 'Page Viewed', hourMs, 15),
      happened(9, 'Page Viewed', hourMs, 16),
    ])
    const mirrored = (customer: number, member: boolean) => ({
      ...{ shop: world.shop, customer, version: 20, member },
      created_at: time(dayMs),
    })
    await world.warehouse.insert('customers', [
      mirrored(7, false),
      mirrored(8, false),
      mirrored(9, true),
    ])
    await world.warehouse.insert('aliases', [
      { shop: world.shop, from_customer: 5, to_customer: 1, position: 9 },
    ])
    await world.warehouse.reloadAliases()
    const asked = { event: 'Product Added', exits: ['Order Completed'], now }
    expect(await peopleSinceYesterday(world.warehouse, world.shop, asked)).toBe(2)
    const cards = playbookCards(needs)
    const { items, seasons } = await cards.list(world.shop, { counted: true })
    const countOf = (id: string) => items.find((one) => one.id === id)?.wouldEnterToday
    expect(items.map(({ id }) => id)).toEqual(gallery.map(({ id }) => id))
    expect(countOf('cart_abandonment')).toBe(2)
    // Three who ordered; an order that lets in does not let out.
    expect(countOf('repurchase_due')).toBe(3)
    // Whoever looked or bought within 30 days, as history knows them.
    expect(countOf('promo_seasonal')).toBe(await audience('promo_seasonal'))
    expect(countOf('members_price')).toBe(0)
    // Pages would have met whoever saw two of them and never joined, and whoever carted.
    expect(countOf('visit_no_signup')).toBe(1)
    expect(countOf('cart_companions')).toBe(1)
    const made = items.find((one) => one.id === 'payment_failed')?.campaign
    expect(made).toMatchObject({ name: '결제 실패 도움', state: 'stopped' })
    expect(seasons.map(({ key }) => key)).toContain('white_day@2026-03-14')
    expect(seasons.map(({ key }) => key)).not.toContain('memorial_day@2026-06-06')
  })

  async function audience(playbook: PlaybookId): Promise<number | undefined> {
    const { draft } = await begin(playbook)
    const own = await needs.segments.list(world.shop, { before: undefined, limit: 200 })
    const segment = own.find(({ id }) => id === draft.audience)
    const { counts } = await needs.segments.count(world.shop, segment ? [segment.definition] : [])
    return counts[0]
  }

  test('keeps a count for a minute, and draws without one at once', async () => {
    const cards = playbookCards(needs)
    const first = await cards.list(world.shop, { counted: true })
    expect(await cards.list(world.shop, { counted: true })).toBe(first)
    world.clock.advance(minuteMs)
    expect(await cards.list(world.shop, { counted: true })).not.toBe(first)
    const { items } = await cards.list(world.shop, { counted: false })
    for (const one of items) {
      expect(one.wouldEnterToday).toBeNull()
      expect(one.picture.ko).not.toEqual([])
    }
  })

  test('goes without counts when the day’s history takes too long, and with other faults stops', async () => {
    const counting = (count: () => Promise<unknown>) =>
      playbookCards({ ...needs, segments: { count: count as typeof needs.segments.count } })
    const slow = counting(() =>
      world.warehouse.query('select sum(sipHash64(number)) from numbers(1e11)', {}, { maxMs: 50 }),
    )
    const { items } = await slow.list(world.shop, { counted: true })
    expect(items.map(({ id }) => id)).toEqual(gallery.map(({ id }) => id))
    for (const one of items) expect(one.wouldEnterToday).toBeNull()
    const broken = counting(() => world.warehouse.query('select from nothing'))
    await expect(broken.list(world.shop, { counted: true })).rejects.toThrow()
  })
})
