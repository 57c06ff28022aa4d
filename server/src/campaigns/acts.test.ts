import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Call, Provider } from '../channels/carrier.ts'
import { webhookProvider } from '../channels/webhook/webhook.provider.ts'
import { insertPool } from '../coupons/edit-pools.store.ts'
import { contactKey } from '../customers/contact.ts'
import { armOf } from '../experiments/arm.ts'
import type { CustomerId } from '../lib/brand.ts'
import { dayMs, minuteMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { applyReports } from '../messages/reports.service.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import { idOf, toldProvider } from '../testing/told-provider.driver.ts'
import type { Actor } from '../web/route.ts'
import { Flow } from './campaign.ts'
import { type Campaigns, campaigns } from './campaigns.service.ts'
import { splitReporting } from './splits.service.ts'

let world: MessageWorld
let room: Campaigns
let actor: Actor
const members = new Set<string>()

beforeAll(async () => {
  world = await openMessageWorld({
    rooms: (built) => {
      room = campaigns(built)
      const isMember = (customer: number, segment: number) => members.has(`${customer}:${segment}`)
      return [room.room({ inTurn: () => ({ isMember }) })]
    },
  })
  actor = { shop: world.shop, name: 'member:1', role: 'marketer' }
  await world.shops.set(world.shop, 'text', { optOutNumber: '080-123-4567' })
  const { sender } = await world.shops.shop(world.shop)
  await world.shops.change(world.shop, { sender: { ...sender, phone: '02-123-4567' } })
})
afterAll(() => world?.close())
// A week apart, so that no test meets the caps of another.
beforeEach(async () => {
  await world.db`update campaigns set state = 'stopped' where shop = ${world.shop}`
  world.clock.advance(8 * dayMs)
})

const sms = (text: string) => ({ channel: 'sms', text })
const kakao = {
  channel: 'kakao',
  kind: 'brand',
  profile: 'practice',
  bubble: 'TEXT',
  text: '안녕하세요',
}
const message = (id: number, content: object, more: object = {}) => ({
  kind: 'message',
  id,
  content,
  ...more,
})

async function started(steps: readonly object[], over: object = {}) {
  const made = await room.create(actor, { name: '시험' })
  const draft = Flow.parse({
    trigger: { kind: 'event', event: 'Signed Up' },
    steps,
    goal: { event: 'Order Completed', windowHours: 72 },
    holdoutShare: 0,
    ...over,
  })
  await room.change(actor, made.id, { draft })
  return (await room.start(actor, made.id)).id
}

let phones = 0
async function member(user: string): Promise<CustomerId> {
  const customer = await world.member(user)
  phones += 1
  const phone = `+82101111${String(phones).padStart(4, '0')}`
  await world.say({
    kind: 'identify',
    name: 'Identified',
    ids: { user, verified: true, phone: contactKey(world.vault, 'phone', phone) },
  })
  await world.consented(user, 'grant', 'sms')
  await world.consented(user, 'grant', 'kakao')
  await world.line.drain(world.shop)
  return customer
}
const did = (user: string, name: string, properties: JsonObject = {}) =>
  world.say({ name, ids: { user, verified: true }, body: { properties } })
const drain = () => world.line.drain(world.shop)
const decisions = (campaign: number) => world.db<
  { customer: number; channel: string; outcome: string; reason: string; step: number }[]
>`
  select customer, channel, outcome, reason, step from decisions
  where shop = ${world.shop} and campaign = ${campaign} order by id`
const enrolments = (campaign: number) => world.db<
  { id: number; customer: number; state: string; end_reason: string; context: string }[]
>`
  select id, customer, state, end_reason, context from enrolments
  where shop = ${world.shop} and campaign = ${campaign} order by id`
const couponsOf = (campaign: number) => world.db<
  { id: number; customer: number; state: string; code: string }[]
>`
  select id, customer, state, code from coupons where shop = ${world.shop} and campaign = ${campaign} order by id`
const logged = (name: string) => world.db<{ body: string }[]>`
  select body from log where shop = ${world.shop} and name = ${name} order by position`

const pool = (total: number | null) =>
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

/** A member whom the campaign holds out, or treats, at this share. */
async function memberOf(campaign: number, arm: 'treatment' | 'holdout', share: number) {
  for (;;) {
    const user = `${arm}-${phones}`
    const customer = await member(user)
    const assignmentKey = `c${customer}`
    if (armOf({ experiment: `campaign:${campaign}`, assignmentKey, holdoutShare: share }) === arm)
      return { user, customer }
  }
}

test('a coupon of a step is given once and shown in the message behind it; who is held out gets none', async () => {
  const id = await pool(1)
  const steps = [{ kind: 'coupon', id: 1, pool: id }, message(2, sms('쿠폰 {{ coupon.code }}'))]
  const campaign = await started(steps, { holdoutShare: 0.5 })
  const held = await memberOf(campaign, 'holdout', 0.5)
  const first = await memberOf(campaign, 'treatment', 0.5)
  await did(held.user, 'Signed Up')
  await did(first.user, 'Signed Up')
  await drain()
  await drain()
  expect(await decisions(campaign)).toMatchObject(
    [
      { customer: first.customer, outcome: 'queued' },
      // The pool was empty when the held-out person's message was looked at, as it would have been for anybody.
      { customer: held.customer, outcome: 'refused', reason: 'coupon_gone' },
    ].toSorted((a, b) => a.customer - b.customer),
  )
  const coupons = await couponsOf(campaign)
  expect(coupons).toMatchObject([{ customer: first.customer, state: 'issued' }])
  await world.sender({ recheck: room.recheck }).drain(world.shop)
  const [mail] = await world.providers.inbox.list(world.shop, { before: null, limit: 1 })
  const shown = await world.providers.inbox.read(world.shop, mail?.id ?? 0)
  expect(shown?.text).toContain(coupons[0]?.code)

  const late = await memberOf(campaign, 'treatment', 0.5)
  await did(late.user, 'Signed Up')
  await drain()
  expect((await decisions(campaign)).at(-1)).toMatchObject({
    customer: late.customer,
    outcome: 'refused',
    reason: 'coupon_gone',
  })
  expect(await couponsOf(campaign)).toHaveLength(1)
  const recorded = await world.db<{ customer: number; arm: string }[]>`
    select customer, arm from assignments where experiment = ${`campaign:${campaign}`}`
  expect(new Map(recorded.map((row) => [row.customer, row.arm]))).toEqual(
    new Map([
      [held.customer, 'holdout'],
      [first.customer, 'treatment'],
      [late.customer, 'treatment'],
    ]),
  )
})

test('a trait and a list are set in the log, once, and the steps behind see them', async () => {
  const [list] = await world.db<{ id: number }[]>`
    insert into lists (shop, name, created_at, updated_at) values (${world.shop}, '단골', 0, 0) returning id`
  const campaign = await started([
    { kind: 'set_trait', id: 1, trait: 'tier.name', value: 'gold' },
    { kind: 'list', id: 2, list: list?.id ?? 0 },
    {
      kind: 'branch',
      id: 3,
      paths: [
        {
          id: 'a',
          name: '골드',
          when: {
            kind: 'trait',
            path: 'tier.name',
            is: { type: 'text', op: 'equals', value: 'gold' },
          },
          steps: [message(4, sms('골드예요'))],
        },
      ],
      otherwise: [message(5, sms('일반이에요'))],
    },
  ])
  const customer = await member('setter')
  await world.say({
    kind: 'identify',
    name: 'Identified',
    ids: { user: 'setter', verified: true },
    body: { traits: { tier: { since: 2024 } } },
  })
  await did('setter', 'Signed Up')
  await drain()
  const [row] = await world.db<
    { traits: string }[]
  >`select traits from customers where id = ${customer}`
  expect(row?.traits).toContain('gold')
  expect(row?.traits).toContain('2024')
  const listed = await world.db<{ customer: number }[]>`
    select customer from list_members where list = ${list?.id ?? 0}`
  expect(listed).toEqual([{ customer }])
  const [state] = await world.db<{ sections: string }[]>`
    select sections from customer_state where customer = ${customer}`
  expect(JSON.parse(state?.sections ?? '{}').facts.lists).toEqual([String(list?.id)])
  expect((await decisions(campaign)).map((one) => one.step)).toEqual([4])
  const done = (await logged('Step Done')).map(({ body }) => JSON.parse(body).properties)
  expect(done.filter((one) => one.campaign_id === campaign).map((one) => one.step)).toEqual([1, 2])
})

test('a campaign whose list or coupon does not exist is not switched on', async () => {
  for (const step of [
    { kind: 'list', id: 1, list: 9_999 },
    { kind: 'coupon', id: 1, pool: 9_999 },
    message(1, sms('{{ coupon.code }}'), { coupon: 9_999 }),
  ])
    await expect(started([step, message(3, sms('안녕하세요'))])).rejects.toMatchObject({
      code: 'invalid',
      field: 'steps.1',
    })
})

test('a list and a coupon that go while the campaign is on stop nobody', async () => {
  const id = await pool(null)
  const [list] = await world.db<{ id: number }[]>`
    insert into lists (shop, name, created_at, updated_at) values (${world.shop}, '잠깐', 1, 1) returning id`
  const campaign = await started([
    { kind: 'list', id: 1, list: list?.id },
    { kind: 'coupon', id: 2, pool: id },
    message(3, sms('안녕하세요')),
  ])
  await world.db`update lists set archived_at = 2 where shop = ${world.shop} and id = ${list?.id ?? 0}`
  await world.db`delete from coupon_pools where shop = ${world.shop} and id = ${id}`
  await member('unlisted')
  await did('unlisted', 'Signed Up')
  await drain()
  expect(await decisions(campaign)).toMatchObject([{ step: 3, outcome: 'queued' }])
  expect(await world.db`select * from line_failures where shop = ${world.shop}`).toEqual([])
})

test('ten acts in a row are no circle: the person comes through all of them', async () => {
  const acts = Array.from({ length: 15 }, (_, at) => ({
    kind: 'set_trait',
    id: at + 1,
    trait: `step${at}`,
    value: true,
  }))
  const campaign = await started([...acts, message(99, sms('끝'))])
  await member('walker')
  await did('walker', 'Signed Up')
  await drain()
  expect(await decisions(campaign)).toMatchObject([{ step: 99, outcome: 'queued' }])
})

test('what follows too long a chain lets go of the person instead of letting them wait for ever', async () => {
  const campaign = await started([{ kind: 'coupon', id: 1, pool: 1 }, message(2, sms('끝'))], {
    trigger: { kind: 'segment', segment: 5 },
  })
  for (const chain of [9, 10]) {
    const customer = await member(`chain-${chain}`)
    const at = world.clock.now()
    await world.accept(world.shop, [
      {
        kind: 'derived',
        name: 'Entered Segment',
        at,
        receivedAt: at,
        messageId: `entered-${chain}`,
        ids: { customer, verified: true },
        body: { properties: { segment_id: 5 }, chain },
      },
    ])
    await drain()
  }
  expect(await enrolments(campaign)).toMatchObject([
    { state: 'done', end_reason: 'completed' },
    { state: 'exited', end_reason: 'too_many_steps' },
  ])
})

test('KakaoTalk fails a while later: one text goes out in its place, and only one', async () => {
  const campaign = await started([
    message(1, kakao, { fallbacks: [{ content: sms('문자로 알려 드려요') }] }),
  ])
  const customer = await member('chain')
  const talk = toldProvider({ reportsDelivery: true })
  const text = toldProvider({ reportsDelivery: true })
  const sender = world.sender({
    recheck: room.recheck,
    carry: (channel) => (channel === 'kakao' ? talk.provider : text.provider),
  })
  const settle = async () => {
    await sender.drain(world.shop)
    await world.receipts.drain()
    await drain()
  }
  await did('chain', 'Signed Up')
  await drain()
  await settle()
  expect([talk.given.length, text.given.length]).toEqual([1, 0])
  world.clock.advance(10 * minuteMs)
  await settle()
  expect(text.given).toEqual([])
  const [parcel] = talk.given
  const at = world.clock.now()
  const failed = { kind: 'failed', cause: 'not_on_kakao', detail: '3104' } as const
  for (let told = 0; told < 2; told++) {
    const report = { providerId: parcel ? idOf(parcel) : '', at, outcome: failed }
    await applyReports({ ...world, coupons: world.coupons }, world.shop, {
      provider: 'solapi',
      reports: [report],
    } as never)
    await settle()
  }
  expect([talk.given.length, text.given.length]).toEqual([1, 1])
  world.clock.advance(dayMs)
  await drain()
  await settle()
  expect([talk.given.length, text.given.length]).toEqual([1, 1])
  expect(await decisions(campaign)).toMatchObject([
    { customer, channel: 'kakao', outcome: 'failed', reason: 'not_on_kakao' },
    { customer, channel: 'sms', outcome: 'sent' },
  ])
  expect(await enrolments(campaign)).toMatchObject([{ state: 'done' }])
})

test('KakaoTalk that is refused at the last look makes way for the text', async () => {
  const campaign = await started([
    message(1, kakao, { fallbacks: [{ content: sms('문자로 알려 드려요') }] }),
  ])
  await member('withdrawn')
  await did('withdrawn', 'Signed Up')
  await drain()
  await world.consented('withdrawn', 'withdraw', 'kakao')
  await drain()
  const sender = world.sender({ recheck: room.recheck })
  for (let round = 0; round < 3; round++) {
    await sender.drain(world.shop)
    await world.receipts.drain()
    await drain()
  }
  expect(await decisions(campaign)).toMatchObject([
    { channel: 'kakao', outcome: 'refused', reason: 'opted_out' },
    { channel: 'sms', outcome: 'sent' },
  ])
  expect(await enrolments(campaign)).toMatchObject([{ state: 'done', end_reason: 'completed' }])
})

test('the answer of the shop’s server comes back on the receipt and is there for the message behind', async () => {
  const asked: JsonObject[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      asked.push(JSON.parse(Buffer.concat(chunks).toString()))
      response.end(JSON.stringify({ stock: 3, email: 'a@b.kr' }))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = 'https://shop.example/stock'
  const campaign = await started([
    { kind: 'webhook', id: 1, content: { channel: 'webhook', url, fields: [] } },
    message(2, sms('남은 재고 {{ answers[1].stock }}개')),
  ])
  await member('asker')
  await did('asker', 'Signed Up')
  await drain()
  // The published address is one of the internet; the call goes to the server of this test.
  const calls = webhookProvider({ allowPrivate: true, now: world.clock.now })
  const here: Provider = {
    ...calls,
    send: (parcel) => calls.send({ ...(parcel as Call), url: `http://127.0.0.1:${port}/stock` }),
  }
  const sender = world.sender({
    recheck: room.recheck,
    carry: (channel) => (channel === 'webhook' ? here : undefined),
  })
  await sender.drain(world.shop)
  await world.receipts.drain()
  await drain()
  await sender.drain(world.shop)
  expect(asked).toHaveLength(1)
  const [enrolment] = await enrolments(campaign)
  expect(JSON.parse(enrolment?.context ?? '{}').answers).toEqual({ 1: { stock: 3 } })
  const [mail] = await world.providers.inbox.list(world.shop, { before: null, limit: 1 })
  const shown = await world.providers.inbox.read(world.shop, mail?.id ?? 0)
  expect(shown?.text).toContain('남은 재고 3개')
  server.close()
})

test('a split draws each person once, follows them through a merge, and is counted by its goal', async () => {
  const arm = (path: string, id: number) => ({
    id: path,
    name: path,
    share: 1,
    steps: [message(id, sms(path))],
  })
  const campaign = await started([
    { kind: 'split', id: 1, mode: 'adaptive', arms: [arm('a', 2), arm('b', 3)] },
  ])
  const people: CustomerId[] = []
  for (let nth = 0; nth < 6; nth++) people.push(await member(`split${nth}`))
  for (const [nth] of people.entries()) await did(`split${nth}`, 'Signed Up')
  await drain()
  const rows = () => world.db<
    { customer: number; arm: string; even: boolean; shares: string; reached_at: number | null }[]
  >`
    select customer, arm, even, shares, reached_at from split_arms
    where shop = ${world.shop} and campaign = ${campaign} order by customer`
  const drawn = await rows()
  expect(drawn).toHaveLength(6)
  expect(drawn.every((one) => one.even && one.shares === 'a:0.5,b:0.5')).toBe(true)
  world.clock.advance(minuteMs)
  await did('split0', 'Order Completed', { order_id: 'S1', revenue: 100, products: [] })
  await world.say({
    kind: 'alias',
    name: 'Aliased',
    ids: { customer: people[2] as CustomerId, verified: true },
    body: { previousId: `customer:${people[1]}` },
  })
  await drain()
  const after = await rows()
  expect(after).toHaveLength(5)
  expect(after[0]).toMatchObject({ customer: people[0], reached_at: world.clock.now() })
  const report = splitReporting({ db: world.db, clock: world.clock, campaigns: room })
  expect((await report(world.shop, campaign)).splits[0]).toMatchObject({ verdict: 'too_little' })
  world.clock.advance(4 * dayMs)
  await room.learning.learn(world.shop)
  const { event, splits } = await report(world.shop, campaign)
  expect(event).toBe((await room.get(world.shop, campaign)).draft.goal.event)
  const counted = splits[0]?.arms.map(({ all, open }) => ({ ...all, open }))
  expect(counted?.reduce((sum, one) => sum + one.people, 0)).toBe(5)
  expect(counted?.reduce((sum, one) => sum + one.reached, 0)).toBe(1)
  expect(counted?.every((one) => one.open === 0)).toBe(true)
})

test('a condition on a segment is looked at once more as the message leaves', async () => {
  const campaign = await started([message(1, sms('회원님께'))], {
    conditions: [{ kind: 'segment', segment: 7, is: true }],
  })
  const inside = await member('inside')
  const outside = await member('outside')
  members.add(`${inside}:7`)
  await did('inside', 'Signed Up')
  await did('outside', 'Signed Up')
  await drain()
  expect(await enrolments(campaign)).toMatchObject([
    { customer: inside, state: 'done' },
    { customer: outside, state: 'exited', end_reason: 'condition_no_longer' },
  ])
  // The sender reads memberships as they are stored: there the person is in no segment.
  await world.sender({ recheck: room.recheck }).drain(world.shop)
  expect(await decisions(campaign)).toMatchObject([
    { customer: inside, outcome: 'refused', reason: 'condition_no_longer' },
  ])
})
