import { afterAll, beforeAll, expect, test } from 'vitest'
import { Flow } from '../campaigns/campaign.ts'
import { type Campaigns, campaigns } from '../campaigns/campaigns.service.ts'
import { flows } from '../campaigns/flows.service.ts'
import { consent } from '../consent/consent.service.ts'
import { contactKey } from '../customers/contact.ts'
import type { CustomerId } from '../lib/brand.ts'
import { dayMs, minuteMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { noticesRoom } from '../messages/notices/room.service.ts'
import { waitingMessages } from '../messages/onsite/waiting.service.ts'
import { messagePages } from '../messages/pages.routes.ts'
import { registers } from '../segments/registers.service.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Actor } from '../web/route.ts'
import { couponsOnPage } from './coupon-words.service.ts'
import { type FormsSent, formsSent } from './form-sent.service.ts'
import { liveCampaigns } from './live.service.ts'
import { meeting } from './meet.service.ts'
import { type Onsite, onsite } from './onsite.service.ts'
import { waitingShown } from './waiting-shown.service.ts'
import { FormSent, OnsiteRequest } from './wire.ts'

// A page asks, the line hears of it, and both know the same.

let world: MessageWorld
let room: Campaigns
let pages: Onsite
let form: FormsSent
let actor: Actor
let made = 0

beforeAll(async () => {
  world = await openMessageWorld({
    rooms: (built) => {
      room = campaigns(built)
      return [
        room.room({ inTurn: () => ({ isMember: () => false }) }),
        noticesRoom({
          consent: consent({ db: built.db }),
          messages: built.messages,
          shops: built.shops,
        }),
      ]
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
    fromFlows: waitingShown({ db, waiting: left(), contents: messages, signer: vault }),
  })
  form = formsSent({
    db,
    clock,
    flows: flows(),
    wordings: world.wordings,
    accept,
    signer: vault,
    protect: (kind, address) => contactKey(vault, kind, address),
  })
})
afterAll(() => world?.close())
const left = () => waitingMessages({ ...world, recheck: room.recheck })

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

const signup = {
  kind: 'form',
  id: 'f1',
  fields: [
    { id: 'e', kind: 'email', label: '이메일' },
    { id: 'p', kind: 'phone', label: '휴대폰', required: false },
    { id: 's', kind: 'choice', label: '피부', trait: 'skin_type', options: ['건성', '지성'] },
    { id: 'n', kind: 'text', label: '메모', trait: 'note', required: false },
  ],
  consents: [
    { id: 'c1', channel: 'email', label: '이메일 받기', wording: '온샵이 광고를 보내요.' },
    { id: 'c2', channel: 'sms', night: true, label: '문자 받기', wording: '온샵이 문자를 보내요.' },
  ],
  label: '보내기',
  thanks: '고마워요!',
}

const asksForm = (parts: readonly JsonObject[] = [signup]) => ({
  steps: [
    {
      kind: 'message',
      id: 1,
      content: { channel: 'onsite', form: 'modal', asks: 'signup', parts: [...parts] },
    },
  ],
})

async function shownTo(device: string) {
  const { show } = await pages.answer(world.shop, asked(device))
  return show[0]?.token ?? ''
}
const fill = (device: string, token: string, more: JsonObject) =>
  form(
    world.shop,
    FormSent.parse({ writeKey: 'k', anonymousId: device, token, part: 'f1', ...more }),
  )

test('a form makes traits and claimed contacts, and a ticked box asks the address itself', async () => {
  const id = await goLive({}, asksForm())
  const token = await shownTo('form-1')
  const values = { e: ' Haneul@Example.com ', s: '지성' }
  const sent = { values, agreed: ['c1'] }
  expect(await fill('form-1', token, sent)).toEqual({ kind: 'taken' })
  expect(await fill('form-1', token, sent)).toEqual({ kind: 'taken' })
  await world.line.drain(world.shop)
  const [person] = await world.db<{ customer: number; traits: string; verified: boolean }[]>`
    select c.id as customer, c.traits, k.verified from customers c
    join identities i on i.shop = c.shop and i.customer = c.id and i.kind = 'anonymous'
    join contacts k on k.shop = c.shop and k.customer = c.id and k.channel = 'email'
    where c.shop = ${world.shop} and i.value = 'form-1'`
  expect(JSON.parse(person?.traits ?? '{}')).toMatchObject({ skin_type: '지성' })
  expect(person?.verified).toBe(false)
  const customer = (person?.customer ?? 0) as CustomerId
  expect((await world.consent.of(world.shop, customer)).get('email')?.adDay ?? false).toBe(false)
  await world.sender().drain(world.shop)
  const letters = await world.db<{ id: number; text: string }[]>`
    select o.id, i.text from outbox o join inbox i on i.shop = o.shop and i.message = o.id
    where o.shop = ${world.shop} and o.customer = ${customer} and o.notice = 'consent_confirm'`
  expect(letters).toHaveLength(1)
  const link = /https:\/\/danggol\.example(\/u\/[\w.-]+)/.exec(letters[0]?.text ?? '')?.[1] ?? ''
  const letterPages = messagePages({ ...world, publicUrl: 'https://danggol.example' })
  await letterPages.request(link, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'agree=yes&language=ko',
  })
  await world.line.drain(world.shop)
  expect((await world.consent.of(world.shop, customer)).get('email')?.adDay).toBe(true)
  const [proof] = await world.db<{ evidence: string }[]>`
    select evidence from consent_events
    where shop = ${world.shop} and customer = ${customer} and kind = 'grant'`
  const evidence = JSON.parse(proof?.evidence ?? '{}')
  expect(evidence).toMatchObject({ form: 'onsite_form', form_url: 'https://shop.example/' })
  const kept = await world.wordings.list(world.shop)
  expect(kept.find((one) => one.id === evidence.form_wording)?.text).toBe(
    '이메일 받기\n온샵이 광고를 보내요.',
  )
  await stop(id)
})

test('a form that does not fit names the field in the shopper\u2019s language, and tokens of others open nothing', async () => {
  const id = await goLive({}, asksForm())
  const token = await shownTo('form-2')
  const refused: readonly (readonly [JsonObject, string])[] = [
    [{ values: {} }, 'e'],
    [{ values: { e: 'a@b', s: '지성' } }, 'e'],
    [{ values: { e: 'a@b.kr,c@d.kr', s: '지성' } }, 'e'],
    [{ values: { e: ['a@b.kr', 'c@d.kr'], s: '지성' } }, 'e'],
    [{ values: { e: 'a@b.kr', s: '<script>' } }, 's'],
    [{ values: { e: 'a@b.kr', s: ['지성', '건성'] } }, 's'],
    [{ values: { e: 'a@b.kr', s: '지성', p: '12' } }, 'p'],
    [{ values: { e: 'a@b.kr', s: '지성', p: '02-1234-5678' }, agreed: ['c2'] }, 'p'],
    [{ values: { e: 'a@b.kr', s: '지성' }, agreed: ['c2'] }, 'p'],
    [{ values: { e: 'a@b.kr', s: '지성', n: 'x'.repeat(301) } }, 'n'],
  ]
  for (const [sent, field] of refused) {
    const answer = await fill('form-2', token, sent)
    expect([sent, answer]).toMatchObject([sent, { kind: 'refused', field }])
    expect(answer.kind === 'refused' && /[가-힣]/.test(answer.message)).toBe(true)
  }
  const fine = { values: { e: 'a@b.kr', s: '지성' } }
  await expect(fill('somebody-else', token, fine)).rejects.toThrow('not known')
  await expect(fill('form-2', `${token}x`, fine)).rejects.toThrow('not known')
  await expect(fill('form-2', token, { ...fine, part: 'p9' })).rejects.toThrow('No such form')
  await stop(id)
})

const afterCart = { trigger: { kind: 'event', event: 'Product Added' } }

async function waitingOf(id: number) {
  const [row] = await world.db<{ state: string; reason: string; outcome: string }[]>`
    select o.state, o.reason, d.outcome from outbox o
    join decisions d on d.shop = o.shop and d.id = o.decision
    where o.shop = ${world.shop} and o.campaign = ${id}`
  return row
}

test('what a flow leaves waits for the next page, is shown on one of two tabs, and ends after seven days', async () => {
  const id = await goLive({}, afterCart)
  await world.say({ ids: { anonymous: 'waiter', verified: false } })
  await world.say({ ids: { anonymous: 'never-back', verified: false } })
  await world.line.drain(world.shop)
  expect((await waitingOf(id))?.state).toBe('queued')
  const tabs = await Promise.all([1, 2, 3, 4].map(() => pages.answer(world.shop, asked('waiter'))))
  const shown = tabs.flatMap(({ show }) => show)
  expect(shown).toMatchObject([{ campaign: id, properties: { campaign_id: id } }])
  expect(await left().expire()).toBe(0)
  world.clock.advance(8 * dayMs)
  expect(await left().expire()).toBe(1)
  const rows = await world.db`
    select o.state, o.reason, d.outcome from outbox o
    join decisions d on d.shop = o.shop and d.id = o.decision
    where o.shop = ${world.shop} and o.campaign = ${id} order by o.state`
  expect(rows).toEqual([
    { state: 'failed', reason: 'no_visit', outcome: 'failed' },
    { state: 'sent', reason: 'sent', outcome: 'sent' },
  ])
  expect((await pages.answer(world.shop, asked('never-back'))).show).toEqual([])
  await stop(id)
})

test('what waits for a page is not shown once its campaign has stopped', async () => {
  const id = await goLive({}, afterCart)
  // Pages are looked at for what waits while any flow could leave something.
  const other = await goLive({}, { trigger: { kind: 'event', event: 'Signed Up' } })
  await world.say({ ids: { anonymous: 'stopped', verified: false } })
  await world.line.drain(world.shop)
  await stop(id)
  await world.line.drain(world.shop)
  expect((await pages.answer(world.shop, asked('stopped'))).show).toEqual([])
  expect((await waitingOf(id))?.state).toBe('refused')
  await stop(other)
})

test('a name with NUL is refused by its field before the database sees it', () => {
  const whole = asked('device')
  for (const field of ['anonymousId', 'userId'] as const) {
    const read = OnsiteRequest.safeParse({ ...whole, [field]: 'a\u0000b' })
    expect(read.error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
  }
})
