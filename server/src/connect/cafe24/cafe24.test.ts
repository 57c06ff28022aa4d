import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import { forgetMembers } from '../platform/platform-records.store.ts'
import { countedOf, sorted } from '../platform/platform-world.contract.ts'
import { amountOf } from './cafe24-mall.contract.ts'
import { testApp } from './cafe24-server.contract.ts'
import {
  type Cafe24World,
  connect,
  deliver,
  openCafe24World,
  pull,
} from './cafe24-world.contract.ts'

let own: Cafe24World
beforeAll(async () => {
  own = await openCafe24World({ members: 60, orders: 150 })
})
afterAll(() => own.world.close())

/** Every row here beside every row there. */
async function expectSame({ orders, members, mall }: Cafe24World): Promise<void> {
  const theirs = [...mall.orders.values()].map((order) => {
    const isGuest = order.member === null || !mall.members.has(order.member)
    return countedOf({
      ...order,
      isCancelled: order.cancelledAt !== null,
      isBack: order.items.every(({ status }) => status === 'C3'),
      gross: amountOf(order),
      refunded: mall.refunds
        .filter((refund) => refund.order === order.id)
        .reduce((sum, { amount }) => sum + amount, 0),
      member: isGuest ? '' : (order.member ?? ''),
    })
  })
  expect(await orders()).toEqual(sorted(theirs))
  const choosing = [...mall.members.values()].map(({ id, sms, newsMail: email }) => ({
    id,
    sms,
    email,
  }))
  expect(await members()).toEqual(sorted(choosing))
}

describe('a shop on Cafe24', () => {
  test('is connected by an answer that was asked for, once', async () => {
    await expect(own.service.finish(own.actor, { code: 'x', state: '1.forged' })).rejects.toThrow(
      'does not belong',
    )
    const id = await connect(own)
    expect((await own.list())?.row).toMatchObject({ id, state: 'connected', name: 'onshop' })
    const sealed = (await own.list())?.row.credentials ?? ''
    expect(sealed).not.toContain(testApp.clientSecret)
  })

  test('has a year of members, products, orders and refunds brought, to the row', async () => {
    await pull(own)
    const progress = (await own.list())?.progress ?? []
    expect(progress.map(({ state, error }) => [state, error])).toEqual([
      ['following', null],
      ['following', null],
      ['following', null],
      ['following', null],
    ])
    await expectSame(own)
    const [sent] = await own.world.db<{ count: number }[]>`
      select count(*)::integer as count from log where shop = ${own.world.shop} and import_id is null and kind in ('event', 'consent')`
    expect(sent?.count).toBe(0)
  })

  test('keeps within the calls that Cafe24 lets through', () => {
    expect(own.server.state.calls).toBeGreaterThan(40)
    expect(own.server.state.refused).toBe(0)
  })

  test('is the same after a day of silence, with webhooks lost, late, repeated and out of order', async () => {
    const { mall, world, server } = own
    server.state.isOut = true
    world.clock.advance(6 * minuteMs)
    await pull(own)
    expect((await own.list())?.row.error).toBe('away')
    mall.join({
      ...{
        id: 'newone',
        name: '새회원',
        email: 'new@customer.example',
        cellphone: '010-2222-3333',
      },
      ...{ sms: true, newsMail: false },
    })
    mall.change('member0001', { sms: false, newsMail: true })
    mall.change('member0002', { sms: true })
    mall.withdraw('member0003')
    const made = [1, 2, 3, 4].map((product) => {
      world.clock.advance(3 * hourMs)
      return mall.order({ member: 'newone', buys: [{ product, quantity: 2 }], paidAt: null })
    })
    const [first, second, third] = made
    for (const order of made.slice(0, 3)) mall.pay(order.id)
    world.clock.advance(3 * hourMs)
    mall.refund(first?.id ?? '', [first?.items[0]?.code ?? ''], 5_000)
    mall.cancel(second?.id ?? '')
    mall.cancel(made[3]?.id ?? '')
    const old = [...mall.orders.values()].find(({ cancelledAt, paidAt }) => !cancelledAt && paidAt)
    mall.cancel(old?.id ?? '')
    world.clock.advance(9 * hourMs)
    // For so long it is told, on the page, at home and to whom alarms go.
    expect((await own.list())?.lasting?.kind).toBe('away')
    server.state.isOut = false
    const posted = mall.notices.splice(0)
    // A third is lost, the rest comes backwards, some of it twice.
    const kept = posted.filter((_, index) => index % 3 !== 0).reverse()
    await deliver(own, [...kept, ...kept.slice(0, 5)])
    await pull(own)
    world.clock.advance(7 * hourMs)
    await pull(own)
    await expectSame(own)
    expect(third?.paidAt).not.toBeNull()
    expect((await own.list())?.lasting).toBeUndefined()
    expect((await own.list())?.row).toMatchObject({ state: 'connected', error: null })
  })

  test('tells nothing twice, however often it is looked at', async () => {
    const head = () =>
      own.world.db<{ head: number }[]>`select head from log_heads where shop = ${own.world.shop}`
    const before = await head()
    await own.connected.lookNow(own.world.shop, (await own.list())?.row.id ?? 0)
    await pull(own)
    expect(await head()).toEqual(before)
  })

  test('is connected again without doubles, and a key that is not taken any more is told', async () => {
    const { world, connected, actor } = own
    const id = (await own.list())?.row.id ?? 0
    await connected.disconnect(actor, id)
    await pull(own)
    expect((await own.list())?.row).toMatchObject({ state: 'disconnected', credentials: null })
    expect(await connect(own)).toBe(id)
    await pull(own)
    await expectSame(own)
    world.clock.advance(15 * dayMs)
    await connected.lookNow(world.shop, id)
    await pull(own)
    expect((await own.list())?.row).toMatchObject({ state: 'broken', error: 'denied' })
  })

  test('takes no second place, also after it was left; one that never brought anything is in no way', async () => {
    const { world, connected, actor, list } = own
    const id = (await list())?.row.id ?? 0
    const elsewhere = { kind: 'shopify', name: 'onshop', pending: {} } as const
    await connected.disconnect(actor, id)
    await expect(connected.ask(world.shop, elsewhere)).rejects.toThrow(
      'This shop lives at cafe24 onshop, and its numbers would mix',
    )
    // Two who began at the same time: the first to be let in is the only one.
    const fresh = await world.shops.create('다른 상점', false)
    const first = await connected.ask(fresh, elsewhere)
    const second = await connected.ask(fresh, { ...elsewhere, kind: 'cafe24', name: 'typo' })
    const ended = await Promise.allSettled(
      [first, second].map((row) => connected.connected({ ...actor, shop: fresh }, row.id, {})),
    )
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await world.db`delete from connection_progress where shop = ${fresh}`
    await world.db`delete from connections where shop = ${fresh}`
  })

  test('whose webhook names no known address is not told that there is one', async () => {
    const asked = { kind: 'cafe24', secret: 'guess', headers: {}, body: '{"event_no":90023}' }
    expect(await own.noticed.note(asked)).toBeUndefined()
  })
})

describe('a member of a Cafe24 shop who is to be forgotten', () => {
  test('is not brought back by what changes there later, and their orders name nobody', async () => {
    const { world, mall } = own
    await connect(own)
    const { db, shop } = world
    const buyer = { name: '한보라', email: 'bora@customer.example', cellphone: '010-7777-8888' }
    mall.join({ id: 'bora', ...buyer, sms: true, newsMail: true })
    const { id: order } = mall.order({ member: 'bora', buyer, buys: [{ product: 1, quantity: 1 }] })
    await pull(own)
    const [known] = await db<{ customer: number }[]>`
      select customer from identities where shop = ${shop} and kind = 'user' and value = 'bora'`
    await db.begin((tx) => forgetMembers(tx, shop, [known?.customer ?? 0]))
    mall.change('bora', { newsMail: false })
    mall.notices.splice(0)
    await deliver(own, [])
    const rows = await db<{ resource: string; state: string; person: string | null }[]>`
      select resource, state, person from platform_records
      where shop = ${shop} and external_id in ('bora', ${order}) order by resource`
    expect(rows).toEqual([
      { resource: 'members', state: 'gone', person: null },
      { resource: 'orders', state: 'here', person: null },
    ])
  })

  test('stays forgotten as a guest, though the order goes on', async () => {
    const { world, mall } = own
    const { db, shop } = world
    const buyer = { name: '한가람', email: '', cellphone: '010-4444-1111' }
    const { id, items } = mall.order({ buyer, buys: [{ product: 1, quantity: 2 }] })
    await deliver(own, mall.notices.splice(0))
    const [known] = await db<{ customer: number }[]>`
      select customer from orders where shop = ${shop} and id = ${id}`
    expect(known?.customer).toBeGreaterThan(0)
    await db.begin((tx) => forgetMembers(tx, shop, [known?.customer ?? 0]))
    mall.refund(id, [items[0]?.code ?? ''], 5_000)
    for (const notices = mall.notices.splice(0), again = [1, 2]; again.length > 0; again.pop())
      await deliver(own, notices)
    const [row] = await db<{ person: string | null; row: string }[]>`
      select person, row from platform_records where shop = ${shop} and external_id = ${id}`
    expect(row?.person).toBeNull()
    expect(JSON.parse(row?.row ?? '{}')).toMatchObject({ memberId: null, refunds: [{}] })
    const told = await db<{ ids: string }[]>`
      select ids from log where shop = ${shop} and name = 'Order Refunded' and body like ${`%${id}%`}`
    expect(told.map(({ ids }) => JSON.parse(ids))).toEqual([
      { verified: true, messageId: expect.any(String) },
    ])
  })
})

describe('a guest of a Cafe24 shop', () => {
  test('who joins later has bought before', async () => {
    const { world, mall } = own
    await connect(own)
    const buyer = { name: '손수진', email: '', cellphone: '010-5555-6666' }
    mall.order({ buyer, buys: [{ product: 1, quantity: 1 }] })
    await pull(own)
    world.clock.advance(hourMs)
    mall.join({
      ...{ id: 'sujin', name: '손수진', email: 's@customer.example', cellphone: '010-5555-6666' },
      ...{ sms: false, newsMail: false },
    })
    await deliver(own, mall.notices.splice(0))
    const rows = await world.db<{ count: number }[]>`
      select count(*)::integer as count from orders o join identities i on i.shop = o.shop and i.customer = o.customer
      where o.shop = ${world.shop} and i.kind = 'user' and i.value = 'sujin'`
    expect(rows[0]?.count).toBe(1)
  })
})
