import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import { memberPages } from '../platform/member.routes.ts'
import { memberToken } from './cafe24-promotion.contract.ts'
import {
  type Cafe24World,
  connect,
  deliver,
  openCafe24World,
  pull,
} from './cafe24-world.contract.ts'
import { cafe24Native } from './coupons.provider.ts'

let own: Cafe24World
beforeAll(async () => {
  own = await openCafe24World({ members: 6, orders: 4 })
  await connect(own)
  await pull(own)
})
afterAll(() => own.world.close())

const script = 'https://danggol.example/cafe24.js?key=dgb_key&app=test-client-id'

describe('the script of a shop on Cafe24', () => {
  test('is put on all its pages when it is connected, once, and goes when it is disconnected', async () => {
    const { mall, connected, actor, world } = own
    const sources = () => mall.scripts.map(({ src, display_location }) => [src, display_location])
    expect(sources()).toEqual([[script, ['all']]])
    mall.scripts.push({ script_no: '77', src: 'https://another.example/app.js' })
    mall.scripts.push({ script_no: '78', src: 'https://danggol.example/cafe24.js?key=old' })
    const id = (await own.list())?.row.id ?? 0
    await connected.settle(world.shop, id)
    expect(mall.scripts.map(({ src }) => src)).toEqual([script, 'https://another.example/app.js'])
    await connected.disconnect(actor, id)
    expect(mall.scripts.map(({ src }) => src)).toEqual(['https://another.example/app.js'])
    await connect(own)
    expect(mall.scripts.map(({ src }) => src)).toContain(script)
  })
})

describe('a member on a page of a shop on Cafe24', () => {
  const ask = async (token: string, writeKey = 'dgb_key') => {
    const { db, clock, vault, shop } = own.world
    const pages = memberPages({
      ...{ db, clock, vault, platforms: own.platformed.platforms },
      resolveKey: async (key) => (key === 'dgb_key' ? { shop } : undefined),
    })
    const body = JSON.stringify({ writeKey, token })
    const answer = await pages.request('/v1/member', { method: 'POST', body })
    return { status: answer.status, told: (await answer.json()) as Record<string, string> }
  }

  test('is vouched for by the token that Cafe24 signed, with our own signature', async () => {
    const { world } = own
    const { told } = await ask(memberToken('member0001', world.clock.now()))
    const secret = world.vault.identitySecret(world.shop)
    const signature = createHmac('sha256', secret).update('member0001').digest('hex')
    expect(told).toEqual({ user: 'member0001', signature })
    expect(world.vault.vouchesFor(world.shop, 'member0001', signature)).toBe(true)
  })

  test('is nobody when another key signed it, or another shop asks', async () => {
    const now = own.world.clock.now()
    expect(await ask(memberToken('member0002', now, 'guessed'))).toEqual({ status: 403, told: {} })
    expect((await ask(memberToken('member0002', now), 'dgb_other')).status).toBe(403)
    expect((await ask('x')).status).toBe(403)
  })
})

describe('a product of a shop on Cafe24', () => {
  test('has the path of its category, its price on sale and its stock', async () => {
    const { mall, world } = own
    mall.sell(31, '울 니트', { price: 39_000, reduced: 29_000, stock: 7, category: 24 })
    await deliver(own, mall.notices.splice(0))
    const [row] = await world.db<Record<string, unknown>[]>`
      select category, price::text as price, sale_price::text as sale, stock from products
      where shop = ${world.shop} and id = '31'`
    expect(row).toEqual({ category: '의류/니트', price: '390000000', sale: '290000000', stock: 7 })
  })
})

describe('what Cafe24 gives and sends by itself', () => {
  test('is listed, so that nobody pays for it twice', async () => {
    own.mall.makeCoupon('신규회원 3천원', 'J')
    const id = (await own.list())?.row.id ?? 0
    const opened = await own.platformed.sessions.open(own.world.shop, id)
    if (!opened) throw new Error('not connected')
    expect(await cafe24Native(opened.session)).toMatchObject([
      { kind: 'coupon', name: '신규회원 3천원', when: 'join', isOn: true },
      { kind: 'message', when: 'sms', isOn: true },
      { kind: 'message', when: 'alimtalk', isOn: false },
      { kind: 'message', when: 'push', isOn: false },
    ])
  })
})

describe('webhooks of a shop on Cafe24', () => {
  test('of which one is about an order that Cafe24 cannot show keep no other waiting', async () => {
    const { mall, world, server } = own
    const [bad, good] = [1, 2].map((product) =>
      mall.order({ member: 'member0003', buys: [{ product, quantity: 1 }] }),
    )
    server.state.unreadable = bad?.id ?? ''
    await deliver(own, mall.notices.splice(0))
    const known = async () =>
      (
        await world.db<{ id: string }[]>`
          select id from orders where shop = ${world.shop} and id in ${world.db([bad?.id ?? '', good?.id ?? ''])}`
      ).map(({ id }) => id)
    expect(await known()).toEqual([good?.id])
    server.state.unreadable = ''
    world.clock.advance(minuteMs)
    await deliver(own, [])
    expect(await known()).toHaveLength(2)
  })
})

describe('a cart of a member of a shop on Cafe24', () => {
  test('is told as Cafe24 shows it, once, whatever its webhooks say', async () => {
    const { mall, world } = own
    mall.put('member0005', 2, 3)
    const posted = mall.notices.splice(0)
    await deliver(own, [...posted, ...posted])
    // Forged: what it says lies in nobody's cart.
    const forged = posted.map((one) => ({
      ...one,
      resource: { ...(one.resource as object), product_no: 1 },
    }))
    await deliver(own, forged)
    world.clock.advance(minuteMs)
    await deliver(own, posted)
    await world.line.drain(world.shop)
    const told = await world.db<{ ids: string; body: string }[]>`
      select ids, body from log where shop = ${world.shop} and name = 'Product Added' order by position`
    expect(told).toHaveLength(1)
    expect(JSON.parse(told[0]?.ids ?? '{}')).toMatchObject({ user: 'member0005', verified: true })
    const { properties } = JSON.parse(told[0]?.body ?? '{}') as { properties: object }
    expect(properties).toMatchObject({ product_id: '2', quantity: 3, name: expect.any(String) })
    expect(properties).toHaveProperty('price')
  })
})

describe('a member of a shop on Cafe24', () => {
  const person = async (member: string) => {
    const rows = await own.world.db<{ customer: number; orders: number; spent: string }[]>`
      select i.customer, count(o.id)::integer as orders, coalesce(sum(o.gross - o.refunded), 0)::text as spent
      from identities i left join orders o on o.shop = i.shop and o.customer = i.customer and o.status = 'paid'
      where i.shop = ${own.world.shop} and i.kind = 'user' and i.value = ${member} group by 1`
    return rows[0]
  }

  test('whose first order comes back in part has bought for what is left, and in whole has not bought', async () => {
    const { mall, world } = own
    const who = { name: '조하은', email: 'haeun@customer.example', cellphone: '010-3131-3131' }
    mall.join({ id: 'haeun', ...who, sms: false, newsMail: false })
    const order = mall.order({
      member: 'haeun',
      fee: 0,
      buys: [
        { product: 1, quantity: 1 },
        { product: 2, quantity: 1 },
      ],
    })
    await deliver(own, mall.notices.splice(0))
    const [first, second] = order.items
    world.clock.advance(dayMs)
    mall.refund(order.id, [first?.code ?? ''], first?.price ?? 0)
    await deliver(own, mall.notices.splice(0))
    expect(await person('haeun')).toMatchObject({
      orders: 1,
      spent: `${(second?.price ?? 0) * 10_000}`,
    })
    mall.refund(order.id, [second?.code ?? ''], second?.price ?? 0)
    await deliver(own, mall.notices.splice(0))
    expect(await person('haeun')).toMatchObject({ orders: 0, spent: '0' })
  })

  test('who withdraws is forgotten, and who joins again under the same name is somebody else without consents', async () => {
    const { mall, world } = own
    const who = { name: '윤서', email: 'seo@customer.example', cellphone: '010-4141-4141' }
    mall.join({ id: 'yunseo', ...who, sms: true, newsMail: true })
    mall.order({ member: 'yunseo', buys: [{ product: 1, quantity: 1 }] })
    await deliver(own, mall.notices.splice(0))
    const before = await person('yunseo')
    expect(before).toMatchObject({ orders: 1 })
    world.clock.advance(hourMs)
    mall.withdraw('yunseo')
    await deliver(own, mall.notices.splice(0))
    expect(await person('yunseo')).toBeUndefined()
    const contacts = await world.db`
      select 1 from contacts where shop = ${world.shop} and customer = ${before?.customer ?? 0}`
    expect(contacts).toHaveLength(0)
    world.clock.advance(hourMs)
    mall.join({ id: 'yunseo', ...who, sms: false, newsMail: false })
    await deliver(own, mall.notices.splice(0))
    const after = await person('yunseo')
    expect(after?.customer).not.toBe(before?.customer)
    expect(after).toMatchObject({ orders: 0, spent: '0' })
    const granted = await world.db`
      select 1 from consents where shop = ${world.shop} and customer = ${after?.customer ?? 0} and ad_day`
    expect(granted).toHaveLength(0)
  })
})
