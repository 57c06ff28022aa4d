import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PoolDraft } from '../../coupons/pool-draft.ts'
import { couponPools } from '../../coupons/pools.service.ts'
import type { Tx } from '../../database/connection.store.ts'
import type { CustomerId } from '../../lib/brand.ts'
import { dayMs, hourMs, minuteMs, secondMs } from '../../lib/duration.ts'
import type { EmailContent } from '../../messages/content.ts'
import type { RecheckAll } from '../../messages/intent.ts'
import type { Sender } from '../../messages/send.service.ts'
import { cartMail, wish } from '../../testing/message-world.driver.ts'
import { toldProvider } from '../../testing/told-provider.driver.ts'
import { errands } from '../platform/errands.service.ts'
import { errandWork } from '../platform/errands-work.service.ts'
import {
  type Cafe24World,
  connect,
  deliver,
  openCafe24World,
  pull,
} from './cafe24-world.contract.ts'

const couponMail: EmailContent = {
  channel: 'email',
  subject: '{{ customer.name | nim }}, {{ coupon.amount | krw }} 쿠폰을 넣어 드렸어요',
  preheader: '',
  body: {
    kind: 'blocks',
    blocks: [
      { kind: 'text', text: '{{ coupon.code }}에서 {{ coupon.expires_at | kdate: "M/D" }}까지' },
    ],
  },
}

let own: Cafe24World
let pool: number
let couponContent: string
let cartContent: string
let sender: Sender
let turn: () => Promise<boolean>
const told = toldProvider()

beforeAll(async () => {
  own = await openCafe24World({ members: 8, orders: 4 })
  const { world, platformed } = own
  const connection = await connect(own)
  await pull(own)
  const { db, clock, coupons, shop } = world
  const { couponKinds } = own.connected
  const pools = couponPools({ db, clock, audit: world.shops.audit, couponKinds })
  const draft = PoolDraft.parse({
    ...{ name: '첫 구매', discount: { kind: 'amount', amount: 5_000 }, validHours: 7 * 24 },
    ...{ minOrder: 30_000, codes: { kind: 'platform', connection } },
  })
  pool = (await pools.create({ shop, name: 'member:1' }, draft)).id
  const how = { purpose: 'advertising', carriesCoupon: true } as const
  couponContent = (await world.messages.publish(shop, couponMail, how)).id
  cartContent = (await world.messages.publish(shop, cartMail, { purpose: 'advertising' })).id
  const { platforms, sessions } = platformed
  const recheck: RecheckAll<Tx> = async (_, __, claimed) =>
    claimed.map(() => ({ kind: 'ok', asksCart: true }))
  const look = errands({ clock, coupons, platforms })
  sender = world.sender({ recheck, errands: look, carry: () => told.provider })
  const needs = { db, clock, coupons, sessions, platforms }
  turn = errandWork({ ...needs, onDone: sender.done }).turn
})
afterAll(() => own.world.close())

/** What became of the message of a member, and their coupon at the mall. */
async function came(customer: CustomerId) {
  const [row] = await own.world.db<Record<string, unknown>[]>`
    select o.state, o.reason, c.state as coupon from outbox o
    left join coupons c on c.shop = o.shop and c.message = o.id
    where o.shop = ${own.world.shop} and o.customer = ${customer} order by o.id desc limit 1`
  return row
}
const customerOf = async (member: string): Promise<CustomerId> => {
  await own.world.consented(member, 'grant')
  await own.world.line.drain(own.world.shop)
  const [row] = await own.world.db<{ customer: number }[]>`
    select customer from identities where shop = ${own.world.shop} and kind = 'user' and value = ${member}`
  return row?.customer as CustomerId
}
const issuesOf = (member: string) => own.mall.issues.filter((issue) => issue.member === member)
const drain = () => sender.drain(own.world.shop)
const ask = async (customer: CustomerId, more: object) => {
  await own.world.ask(wish(customer, couponContent, { context: {}, coupon: { pool }, ...more }))
  await drain()
}

describe('a coupon at Cafe24', () => {
  test('is made there once and given to the member before the message leaves', async () => {
    const customer = await customerOf('member0001')
    await ask(customer, {})
    expect(await came(customer)).toMatchObject({ state: 'queued', reason: 'platform_coupon' })
    expect(own.mall.issues).toEqual([])
    await turn()
    await drain()
    expect(await came(customer)).toMatchObject({ state: 'sent', coupon: 'issued' })
    expect(issuesOf('member0001')).toHaveLength(1)
    expect(own.mall.coupons).toMatchObject([
      {
        coupon_name: `첫 구매 DG${own.world.shop}-${pool}`,
        ...{ issue_type: 'M', benefit_type: 'A', discount_amount: { benefit_price: 5_000 } },
        ...{
          available_period_type: 'R',
          available_day_from_issued: 7,
          available_min_price: 30_000,
        },
      },
    ])
    const [kept] = await own.world.db<{ content: string }[]>`
      select content from outbox where shop = ${own.world.shop} and customer = ${customer}`
    const { coupon } = JSON.parse(kept?.content ?? '{}') as { coupon: Record<string, unknown> }
    const given = issuesOf('member0001')[0]?.at ?? 0
    expect(coupon).toMatchObject({ code: '내 쿠폰함' })
    expect(Number(coupon.expires_at)).toBe(Math.floor(given / 1_000) * 1_000 + 7 * dayMs)
  })

  test('whose answer was lost is looked up and not given again', async () => {
    const customer = await customerOf('member0002')
    await ask(customer, {})
    own.server.state.lost = 1
    await turn()
    expect(issuesOf('member0002')).toHaveLength(1)
    await drain()
    expect(await came(customer)).toMatchObject({ state: 'queued' })
    own.world.clock.advance(minuteMs)
    await turn()
    await drain()
    expect(await came(customer)).toMatchObject({ state: 'sent', coupon: 'issued' })
    expect(issuesOf('member0002')).toHaveLength(1)
  })

  test('which was asked for in vain is asked for again after a while', async () => {
    const customer = await customerOf('member0003')
    await ask(customer, {})
    own.server.state.mute = 1
    await turn()
    expect(issuesOf('member0003')).toHaveLength(0)
    own.world.clock.advance(minuteMs)
    await turn()
    await drain()
    expect(await came(customer)).toMatchObject({ state: 'sent', coupon: 'issued' })
    expect(issuesOf('member0003')).toHaveLength(1)
  })

  test('is given once also when a worker comes to it after its lease, and another has asked', async () => {
    const customer = await customerOf('member0008')
    await ask(customer, {})
    const { clock, db, coupons } = own.world
    const { platforms, sessions } = own.platformed
    const late: typeof sessions = {
      ...sessions,
      open: async (...asked) => {
        clock.advance(3 * minuteMs)
        own.server.state.lost = 1
        await turn()
        return await sessions.open(...asked)
      },
    }
    const needs = { db, clock, coupons, platforms, onDone: sender.done }
    await errandWork({ ...needs, sessions: late }).turn()
    expect(issuesOf('member0008')).toHaveLength(1)
    clock.advance(minuteMs)
    await turn()
    await drain()
    expect(await came(customer)).toMatchObject({ state: 'sent', coupon: 'issued' })
  })

  test('that Cafe24 refuses keeps the message from leaving, and is taken back', async () => {
    const customer = await customerOf('member0004')
    await ask(customer, {})
    own.mall.members.delete('member0004')
    await turn()
    await drain()
    expect(await came(customer)).toMatchObject({
      ...{ state: 'refused', reason: 'coupon_not_issued', coupon: 'released' },
    })
  })

  test('waits while Cafe24 is away, and the lane goes on without it', async () => {
    const customer = await customerOf('member0005')
    own.server.state.isOut = true
    await ask(customer, {})
    await turn()
    const another = await customerOf('member0006')
    await own.world.ask(wish(another, cartContent, { context: {} }))
    await drain()
    expect(await came(customer)).toMatchObject({ state: 'queued', reason: 'platform_coupon' })
    expect(await came(another)).toMatchObject({ state: 'sent' })
    own.server.state.isOut = false
    own.world.clock.advance(2 * minuteMs)
    await turn()
    await drain()
    expect(await came(customer)).toMatchObject({ state: 'sent' })
    expect(issuesOf('member0005')).toHaveLength(1)
  })

  test('that an order used is redeemed by its member, as Cafe24 tells it', async () => {
    const { mall, world } = own
    world.clock.advance(hourMs)
    const coupon = mall.coupons[0]?.coupon_no ?? ''
    mall.order({ member: 'member0001', off: 5_000, coupon, buys: [{ product: 1, quantity: 4 }] })
    await deliver(own, mall.notices.splice(0))
    const customer = await customerOf('member0001')
    expect(await came(customer)).toMatchObject({ coupon: 'redeemed' })
    expect(await came(await customerOf('member0002'))).toMatchObject({ coupon: 'issued' })
  })
})

describe('a cart at Cafe24', () => {
  const remind = async (member: string, products = ['3']) => {
    own.world.clock.advance(2 * dayMs)
    const customer = await customerOf(member)
    const context = {
      cart: {
        url: 'https://shop.example/cart',
        items: products.map((product_id) => ({
          ...{ product_id, name: `니트 ${product_id}`, price: 1, quantity: 1 },
        })),
      },
    }
    await own.world.ask(wish(customer, cartContent, { context }))
    await drain()
    return customer
  }

  test('that still holds the goods lets the reminder leave', async () => {
    own.mall.put('member0007', 3, 1)
    const customer = await remind('member0007')
    expect(await came(customer)).toMatchObject({ state: 'queued', reason: 'cart_asked' })
    await turn()
    await drain()
    expect(await came(customer)).toMatchObject({ state: 'sent' })
  })

  test('that holds them no more keeps it back', async () => {
    own.mall.carts.splice(0)
    const customer = await remind('member0007')
    await turn()
    await drain()
    expect(await came(customer)).toMatchObject({ state: 'refused', reason: 'cart_gone' })
  })

  test('that holds some of them no more lets the reminder speak of the rest alone', async () => {
    own.mall.put('member0007', 3, 2)
    const customer = await remind('member0007', ['4', '3'])
    await turn()
    await drain()
    expect(await came(customer)).toMatchObject({ state: 'sent' })
    const letter = JSON.stringify(told.given.at(-1))
    expect(letter).toContain('담아두신 니트 3')
    expect(letter).not.toContain('니트 4')
    own.mall.carts.splice(0)
  })

  test('of which Cafe24 says nothing in time is taken as events told it', async () => {
    own.server.state.isOut = true
    const customer = await remind('member0008')
    await turn()
    own.world.clock.advance(46 * secondMs)
    await drain()
    own.server.state.isOut = false
    expect(await came(customer)).toMatchObject({ state: 'sent' })
  })
})
