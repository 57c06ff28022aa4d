import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accept } from '../../events/accept.service.ts'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import { openMessageWorld } from '../../testing/message-world.driver.ts'
import type { Actor } from '../../web/route.ts'
import { absorbing } from '../platform/absorb.service.ts'
import { platformCalls } from '../platform/call.driver.ts'
import { connections } from '../platform/connections.service.ts'
import { notices } from '../platform/notices.service.ts'
import { forgetMembers } from '../platform/platform-records.store.ts'
import { pulling } from '../platform/pull.service.ts'
import { sessions } from '../platform/sessions.service.ts'
import { cafe24Platform } from './cafe24.provider.ts'
import { cafe24 } from './cafe24.service.ts'
import { amountOf, cafe24Mall, liveAYear, type MallNotice } from './cafe24-mall.contract.ts'
import { cafe24Server, testApp } from './cafe24-server.contract.ts'

type World = Awaited<ReturnType<typeof opened>>
let own: World
beforeAll(async () => {
  own = await opened()
})
afterAll(() => own.world.close())

/** A shop that is connected to a mall with a year behind it, over real engines; the clock stands until it is moved. */
async function opened() {
  const world = await openMessageWorld()
  const { db, clock, vault } = world
  const mall = cafe24Mall('onshop', clock)
  liveAYear(mall, { members: 60, orders: 150, seed: 'cafe24', now: clock.now() })
  const server = cafe24Server(mall, clock)
  const door = accept({ db, clock })
  const platform = cafe24Platform({ testServer: 'http://cafe24.test' })
  const platforms = () => platform
  const calls = platformCalls({
    clock,
    wait: async (ms) => void clock.advance(ms),
    fetch: server.fetch,
  })
  const session = sessions({ db, clock, vault, calls, platforms })
  const absorb = absorbing({ db, clock, vault, accept: door })
  const puller = () => pulling({ db, clock, absorb, sessions: session, accept: door, platforms })
  const noticed = notices({ db, clock, vault, absorb, sessions: session, platforms })
  const connected = connections({
    ...{ db, clock, vault, sessions: session, platforms },
    audit: world.shops.audit,
    publicUrl: 'https://danggol.example',
    onPlanned: () => undefined,
  })
  const service = cafe24({
    ...{ clock, calls, connections: connected, platform },
    publicUrl: 'https://danggol.example',
  })
  const actor: Actor = { shop: world.shop, name: 'member:1', role: 'owner' }
  const list = async () => (await connected.list(world.shop))[0]
  return { world, mall, server, puller, noticed, connected, service, actor, list }
}

/** The shop's owner says yes at Cafe24, and the page brings back what it sent. */
async function connect({ service, server, actor }: World): Promise<number> {
  const { clientId, clientSecret } = testApp
  const url = await service.begin(actor.shop, { mall: 'onshop', clientId, clientSecret })
  const page = await (await server.fetch(url)).text()
  const back = new URL(/href="([^"]+)"/.exec(page)?.[1]?.replaceAll(/&(?:amp|#38);/g, '&') ?? '')
  const { code = '', state = '' } = Object.fromEntries(back.searchParams)
  return await service.finish(actor, { code, state })
}

async function pull({ puller, world }: World): Promise<void> {
  const { turn } = puller()
  while (await turn());
  await world.line.drain(world.shop)
}

async function deliver(
  { noticed, connected, world, list }: World,
  posted: readonly MallNotice[],
): Promise<void> {
  const row = (await list())?.row
  const secret = row ? (connected.hookUrl(row).split('/').at(-1) ?? '') : ''
  for (const notice of posted)
    await noticed.note({ kind: 'cafe24', secret, headers: {}, body: JSON.stringify(notice) })
  while (await noticed.turn());
  await world.line.drain(world.shop)
}

/** Every row here beside every row there. */
async function expectSame({ world, mall }: World): Promise<void> {
  const { db, shop } = world
  const orders = await db<Record<string, unknown>[]>`
    select o.id, o.status, o.paid_at::text as paid, o.created_at::text as created, o.gross::text as gross,
      o.refunded::text as refunded, coalesce((select i.value from identities i where i.shop = o.shop and i.customer = o.customer
        and i.kind = 'user' limit 1), '') as member
    from orders o where o.shop = ${shop} order by o.id`
  const second = (at: number | null) => (at === null ? null : `${Math.floor(at / 1_000) * 1_000}`)
  const theirs = [...mall.orders.values()].map((order) => {
    const back = mall.refunds
      .filter((refund) => refund.order === order.id)
      .reduce((sum, { amount }) => sum + amount, 0)
    const gross = amountOf(order)
    const isBack =
      back > 0 && (back === gross || order.items.every(({ status }) => status === 'C3'))
    const isOver = order.cancelledAt !== null ? 'cancelled' : isBack ? 'refunded' : undefined
    const isGuest = order.member === null || !mall.members.has(order.member)
    return {
      id: order.id,
      status: isOver ?? (order.paidAt === null ? 'created' : 'paid'),
      paid: second(order.paidAt),
      created: second(order.at),
      gross: `${gross * 10_000}`,
      refunded: `${back * 10_000}`,
      member: isGuest ? '' : order.member,
    }
  })
  const byId = (a: { readonly id?: unknown }, b: { readonly id?: unknown }) =>
    String(a.id) < String(b.id) ? -1 : 1
  expect([...orders].sort(byId)).toEqual(theirs.sort(byId))
  const people = await db<{ id: string; sms: boolean; email: boolean }[]>`
    select i.value as id,
      coalesce((select ad_day from consents c where c.shop = i.shop and c.customer = i.customer and channel = 'sms'), false) as sms,
      coalesce((select ad_day from consents c where c.shop = i.shop and c.customer = i.customer and channel = 'email'), false) as email
    from identities i where i.shop = ${shop} and i.kind = 'user' order by 1`
  const members = [...mall.members.values()].map(({ id, sms, newsMail }) => ({
    ...{ id, sms, email: newsMail },
  }))
  expect([...people].sort(byId)).toEqual(members.sort(byId))
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
    mall.order({ member: 'bora', buyer, buys: [{ product: 1, quantity: 1 }] })
    await pull(own)
    const [known] = await db<{ customer: number }[]>`
      select customer from identities where shop = ${shop} and kind = 'user' and value = 'bora'`
    await db.begin((tx) => forgetMembers(tx, shop, [known?.customer ?? 0]))
    mall.change('bora', { newsMail: false })
    mall.notices.splice(0)
    await deliver(own, [])
    const rows = await db<{ resource: string; state: string; person: string | null }[]>`
      select resource, state, person from platform_records
      where shop = ${shop} and (external_id = 'bora' or row like '%"memberId":"bora"%') order by resource`
    expect(rows).toEqual([
      { resource: 'members', state: 'gone', person: null },
      { resource: 'orders', state: 'here', person: null },
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
