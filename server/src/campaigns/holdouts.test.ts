import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { insertPool } from '../coupons/edit-pools.store.ts'
import { armOf } from '../experiments/arm.ts'
import { shopExperiment } from '../experiments/shop-wide.ts'
import type { CustomerId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import { toldProvider } from '../testing/told-provider.driver.ts'
import type { Actor } from '../web/route.ts'
import { Flow } from './campaign.ts'
import { type Campaigns, campaigns } from './campaigns.service.ts'

// Through the one door, with a provider that keeps what it is given.

let world: MessageWorld
let room: Campaigns
let actor: Actor
let keys = 0

beforeAll(async () => {
  world = await openMessageWorld({
    rooms: (built) => {
      room = campaigns(built)
      return [room.room({ inTurn: () => ({ isMember: () => false }) })]
    },
  })
  actor = { shop: world.shop, name: 'member:1', role: 'marketer' }
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.db`update campaigns set state = 'stopped' where shop = ${world.shop}`
  await world.shops.set(world.shop, 'sending', { adsPerDay: 20, adsPerWeek: 50 })
  world.clock.advance(8 * dayMs)
})

const mail = (id: number) => ({
  kind: 'message',
  id,
  content: {
    channel: 'email',
    subject: '소식이에요',
    preheader: '',
    body: { kind: 'blocks', blocks: [{ kind: 'heading', text: '안녕하세요' }] },
  },
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

/** A member whom the experiment draws into this arm at this share. */
async function memberOf(experiment: string, arm: 'treatment' | 'holdout', share: number) {
  for (;;) {
    const user = `person-${++keys}`
    const customer = await world.member(user)
    const [row] = await world.db<{ key: string }[]>`
      select assignment_key as key from customers where shop = ${world.shop} and id = ${customer}`
    if (armOf({ experiment, assignmentKey: row?.key ?? '', holdoutShare: share }) === arm)
      return { customer, user }
  }
}
async function signsUp(user: string) {
  await world.say({ name: 'Signed Up', ids: { user, verified: true } })
  await world.line.drain(world.shop)
}
const decided = (customer: CustomerId) => world.db<
  { campaign: number; reason: string; outcome: string; would: boolean }[]
>`
  select campaign, reason, outcome, would_send as would from decisions
  where shop = ${world.shop} and customer = ${customer} order by id`
const plays = (customer: CustomerId) => world.db<
  { experiment: string; arm: string; share: number }[]
>`
  select experiment, arm, share from assignments
  where shop = ${world.shop} and customer = ${customer} order by experiment`
async function handedTo(customer: CustomerId): Promise<number> {
  const told = toldProvider()
  await world.sender({ recheck: room.recheck, carry: () => told.provider }).drain(world.shop)
  const [row] = await world.db<[{ sent: number }]>`
    select count(*)::int as sent from outbox where shop = ${world.shop} and customer = ${customer} and state = 'sent'`
  return row.sent
}
const shopHoldout = (share: number) =>
  world.shops.set(world.shop, 'sending', { adsPerDay: 20, adsPerWeek: 50, shopHoldout: share })

test('who is held out of the whole shop gets no advertising of any campaign, and is in no comparison of theirs', async () => {
  await shopHoldout(0.1)
  const held = await memberOf(shopExperiment, 'holdout', 0.1)
  const other = await memberOf(shopExperiment, 'treatment', 0.1)
  const one = await started([mail(1)], { holdoutShare: 0.5 })
  const two = await started([mail(1)])
  await signsUp(held.user)
  await signsUp(other.user)

  const never = { reason: 'shop_held_out', outcome: 'would_send', would: false }
  const told = await decided(held.customer)
  expect(told.map(({ campaign }) => campaign).toSorted()).toEqual([one, two].toSorted())
  for (const decision of told) expect(decision).toMatchObject(never)
  expect(await plays(held.customer)).toEqual([{ experiment: 'shop', arm: 'holdout', share: 0.1 }])
  expect(await handedTo(held.customer)).toBe(0)

  // The others are counted from the same instant, whichever arm of a campaign they play.
  expect(
    (await plays(other.customer)).map(({ experiment, arm }) => `${experiment} ${arm}`),
  ).toContain('shop treatment')
  expect((await decided(other.customer)).every(({ would }) => would)).toBe(true)
})

test('what must be told is told to everybody', async () => {
  await shopHoldout(0.1)
  const held = await memberOf(shopExperiment, 'holdout', 0.1)
  await started([mail(1)], { nature: { purpose: 'informational', because: 'order' } })
  await signsUp(held.user)
  expect(await decided(held.customer)).toMatchObject([{ reason: 'queued', would: true }])
  expect(await plays(held.customer)).toEqual([])
  expect(await handedTo(held.customer)).toBe(1)
})

test('a coupon step gives no coupon to who gets no advertising', async () => {
  await shopHoldout(0.1)
  const held = await memberOf(shopExperiment, 'holdout', 0.1)
  const pool = await insertPool(world.db, world.shop, {
    now: world.clock.now(),
    pool: {
      name: '첫 구매 쿠폰',
      discount: { kind: 'amount', amount: 30_000_000 },
      minOrder: 0,
      validHours: 48,
      endsAt: null,
      total: null,
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
  const campaign = await started([{ kind: 'coupon', id: 1, pool }, mail(2)], { holdoutShare: 0.5 })
  await signsUp(held.user)
  await world.line.drain(world.shop)
  const coupons = await world.db`
    select 1 from coupons where shop = ${world.shop} and campaign = ${campaign}`
  expect(coupons).toHaveLength(0)
  expect(await decided(held.customer)).toMatchObject([{ reason: 'shop_held_out', would: false }])
  expect(await plays(held.customer)).toEqual([{ experiment: 'shop', arm: 'holdout', share: 0.1 }])
})

test('nobody is held out once the shop takes it back, whatever was recorded', async () => {
  await shopHoldout(0.1)
  const held = await memberOf(shopExperiment, 'holdout', 0.1)
  await started([mail(1)])
  await signsUp(held.user)
  await shopHoldout(0)
  await started([mail(1)])
  await signsUp(held.user)
  expect((await decided(held.customer)).at(-1)).toMatchObject({ reason: 'queued', would: true })
})

test('a campaign that learns holds out more until the planned number, and each share is recorded', async () => {
  const learns = { holdoutShare: 0.1, learning: { share: 0.5, people: 40 } }
  const campaign = await started([mail(1)], learns)
  for (let person = 0; person < 48; person++) {
    const user = `learns-${person}`
    await world.member(user)
    await signsUp(user)
  }
  const shares = await world.db<{ share: number; people: number; out: number }[]>`
    select share, count(*)::int as people, count(*) filter (where arm = 'holdout')::int as out from assignments
    where shop = ${world.shop} and experiment = ${`campaign:${campaign}`} group by share order by share desc`
  expect(shares.map(({ share, people }) => [share, people])).toEqual([
    [0.5, 40],
    [0.1, 8],
  ])
  // Half of 40, five standard deviations either way.
  expect(Math.abs((shares[0]?.out ?? 0) - 20)).toBeLessThan(16)
})
