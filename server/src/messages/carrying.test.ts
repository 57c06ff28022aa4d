import { afterAll, beforeAll, expect, test } from 'vitest'
import { PoolDraft } from '../coupons/pool-draft.ts'
import { couponPools } from '../coupons/pools.service.ts'
import type { CustomerId } from '../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { type MessageWorld, openMessageWorld, wish } from '../testing/message-world.driver.ts'
import { accepted, toldProvider } from '../testing/told-provider.driver.ts'
import type { EmailContent } from './content.ts'

const couponMail: EmailContent = {
  channel: 'email',
  subject: '{{ customer.name | nim }}, {{ coupon.amount | krw }} 쿠폰이 도착했어요',
  preheader: '',
  body: {
    kind: 'blocks',
    blocks: [
      {
        kind: 'coupon',
        title: '{{ coupon.benefit }}',
        code: '{{ coupon.code }}',
        until: "{{ coupon.expires_at | kdate: 'M/D HH:mm' }}까지",
        otherwise: '다음에 드릴게요.',
      },
    ],
  },
}

let world: MessageWorld
let content: string
let pools: ReturnType<typeof couponPools>
let people = 0

beforeAll(async () => {
  world = await openMessageWorld()
  content = (
    await world.messages.publish(world.shop, couponMail, {
      purpose: 'advertising',
      carriesCoupon: true,
    })
  ).id
  pools = couponPools({ ...world, audit: world.shops.audit })
})
afterAll(() => world?.close())

async function pool(more: object = {}): Promise<number> {
  const draft = PoolDraft.parse({
    name: '첫 구매',
    discount: { kind: 'amount', amount: 5_000 },
    validHours: 48,
    codes: { kind: 'generated' },
    ...more,
  })
  return (await pools.create({ shop: world.shop, name: 'member:1' }, draft)).id
}

const person = () => world.member(`coupon${++people}`)

async function rowOf(customer: CustomerId) {
  const [row] = await world.db<
    { state: string; reason: string; code: string | null; content: string; given: string | null }[]
  >`select o.state, o.reason, o.coupon_code as code, o.content, c.state as given
    from outbox o left join coupons c on c.shop = o.shop and c.message = o.id
    where o.shop = ${world.shop} and o.customer = ${customer}`
  return row
}

test('a message without its coupon is not published', async () => {
  await expect(
    world.messages.publish(world.shop, couponMail, { purpose: 'advertising' }),
  ).rejects.toThrow('쿠폰')
})

test('a queued message reserves, its code and its end are fixed when it leaves, and the order that uses it is known', async () => {
  const [customer, limited] = [await person(), await pool({ total: 5 })]
  const told = toldProvider({ answer: accepted })
  await world.ask(wish(customer, content, { coupon: { pool: limited } }))
  expect(await rowOf(customer)).toMatchObject({ state: 'queued', code: null, given: 'reserved' })
  expect((await rowOf(customer))?.content).toContain('XXXXXXXX')
  expect((await pools.get(world.shop, limited)).remaining).toBe(4)
  world.clock.advance(minuteMs)
  await world.sender({ carry: () => told.provider }).drain(world.shop)
  const sent = await rowOf(customer)
  expect(sent).toMatchObject({ state: 'sent', given: 'issued' })
  const code = sent?.code ?? ''
  const kept = JSON.parse(sent?.content ?? '{}') as { coupon: Record<string, unknown> }
  expect(kept.coupon).toMatchObject({
    code,
    amount: 5_000,
    benefit: '5,000원 할인',
    expires_at: world.clock.now() + 48 * hourMs,
  })
  expect(JSON.stringify(told.given)).toContain(code)
  const products = [{ product_id: 'p', price: 40_000, quantity: 1 }]
  const properties = { order_id: 'o-1', coupon: [code.toLowerCase()], products }
  const body = { properties }
  await world.say({ ids: { customer, verified: true }, name: 'Order Completed', body })
  await world.line.drain(world.shop)
  const use = { reserved: 0, issued: 1, redeemed: 1, takenOff: 50_000_000 }
  expect((await pools.get(world.shop, limited)).use).toMatchObject(use)
  const news =
    await world.db`select name from log where shop = ${world.shop} and name = 'Coupon Redeemed'`
  expect(news).toHaveLength(1)
  await world.say({ ids: { customer, verified: true }, name: 'Order Cancelled', body })
  await world.line.drain(world.shop)
  expect((await rowOf(customer))?.given).toBe('issued')
})

test('who is held out takes none, and when none is left the message is refused', async () => {
  const [one, two, three] = [await person(), await person(), await person()]
  const last = await pool({ total: 1 })
  const coupon = { pool: last }
  const experiment = { name: 'campaign:77', holdoutShare: 1 }
  expect(await world.ask(wish(one, content, { coupon, experiment }))).toMatchObject([
    { kind: 'held_out' },
  ])
  expect((await pools.get(world.shop, last)).remaining).toBe(1)
  expect(
    await world.ask(wish(two, content, { coupon }), wish(three, content, { coupon })),
  ).toMatchObject([{ kind: 'queued' }, { kind: 'refused', reason: 'coupon_gone' }])
})

test('who had theirs gets no other, and the reason says so', async () => {
  const customer = await person()
  const coupon = { pool: await pool({ perPerson: { count: 1, days: 90 } }) }
  const [first] = await world.ask(wish(customer, content, { coupon }))
  world.clock.advance(8 * dayMs)
  const [second] = await world.ask(wish(customer, content, { coupon }))
  expect(first).toMatchObject({ kind: 'queued' })
  expect(second).toMatchObject({ kind: 'refused', reason: 'coupon_had' })
})

test('what is refused at the last look, fails or outlives its pool gives the piece back', async () => {
  const few = await pool({ total: 3 })
  const ended = await pool({ total: 1 })
  const [gone, failed, late] = [await person(), await person(), await person()]
  const coupon = { pool: few }
  await world.ask(wish(gone, content, { coupon }))
  await world.consented(`coupon${people - 2}`, 'withdraw')
  await world.line.drain(world.shop)
  await world.ask(wish(failed, content, { coupon }))
  await world.ask(wish(late, content, { coupon: { pool: ended } }))
  await pools.change({ shop: world.shop, name: 'member:1' }, ended, { state: 'archived' })
  const told = toldProvider({
    answer: () => ({ kind: 'permanent', cause: 'other', detail: 'no' }),
  })
  await world.sender({ carry: () => told.provider }).drain(world.shop)
  expect(await rowOf(gone)).toMatchObject({ state: 'refused', given: 'released' })
  expect(await rowOf(failed)).toMatchObject({ state: 'failed', given: 'released' })
  expect(await rowOf(late)).toMatchObject({
    state: 'refused',
    reason: 'coupon_gone',
    given: 'released',
  })
  expect((await pools.get(world.shop, few)).remaining).toBe(3)
  expect((await pools.get(world.shop, ended)).remaining).toBe(1)
})
