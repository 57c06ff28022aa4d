import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayMs, hourMs } from '../../lib/duration.ts'
import { inventedYear } from '../platform/invented-year.contract.ts'
import { countedOf, openPlatformWorld, sorted } from '../platform/platform-world.contract.ts'
import {
  expectCouponRedeemed,
  expectOnlyGenuine,
  expectSameAfterSilence,
  expectToldOnce,
  expectYearBrought,
} from '../platform/shop-course.contract.ts'
import { readShopifyNotice } from './notice.driver.ts'
import { shopifyPlatform } from './shopify.provider.ts'
import { shopify } from './shopify.service.ts'
import { shopifyServer, testToken } from './shopify-server.contract.ts'
import { type Delivery, type ShopifyShop, shopifyShop, testApp } from './shopify-shop.contract.ts'
import { liveInShopify } from './shopify-year.contract.ts'

type World = Awaited<ReturnType<typeof opened>>
let own: World
beforeAll(async () => {
  own = await opened()
})
afterAll(() => own.world.close())

const asked = { shop: 'onshop', ...testApp, adminToken: null }

async function opened() {
  const base = await openPlatformWorld((clock) => {
    const shop = shopifyShop(clock)
    liveInShopify(
      shop,
      inventedYear({ members: 60, orders: 120, seed: 'shopify', now: clock.now() }),
    )
    const platform = shopifyPlatform({ testServer: 'http://shopify.test' })
    return { platform, server: { ...shopifyServer(shop, clock), shop } }
  })
  const { calls, connected: connections, platform } = base
  return { ...base, service: shopify({ clock: base.world.clock, calls, connections, platform }) }
}

/** Every order and customer here beside every one there. */
async function expectSame({ orders, members, server }: World): Promise<void> {
  const { shop } = server
  const theirs = [...shop.orders.values()].map((order) => {
    const back = order.refunds.flatMap(({ lines }) => lines)
    return countedOf({
      ...order,
      isBack: order.lines.every(
        ({ quantity }, no) =>
          back.reduce((sum, one) => sum + (one.line === no ? one.quantity : 0), 0) === quantity,
      ),
      ...{ gross: order.total, isCancelled: order.cancelledAt !== null },
      member: shop.customers.has(order.customer ?? 0) ? String(order.customer) : '',
      refunded: order.refunds.reduce((sum, { amount }) => sum + amount, 0),
    })
  })
  expect(await orders()).toEqual(sorted(theirs))
  const choosing = [...shop.customers.values()].map(({ id, mail, sms }) => ({
    id: String(id),
    sms: sms.state === 'SUBSCRIBED',
    email: mail.state === 'SUBSCRIBED',
  }))
  expect(await members()).toEqual(sorted(choosing))
}

const memberNo = (shop: ShopifyShop, no: number): number => [...shop.customers.keys()][no] ?? 0

const course = () => {
  const { shop } = own.server
  return {
    shop,
    memberNo: (no: number) => memberNo(shop, no),
    ordering: (member: number, codes?: readonly string[]) =>
      ordering(shop, member, { at: own.world.clock.now(), ...(codes ? { codes } : {}) }),
    expectSame: () => expectSame(own),
  }
}

describe('a shop at Shopify', () => {
  test("is connected by its own app's id and secret, and by no others", async () => {
    const { service, actor, server, list } = own
    await expect(service.connect(actor, { ...asked, clientSecret: 'wrong' })).rejects.toThrow(
      'gives no key',
    )
    server.state.scopes = ['read_products']
    await expect(service.connect(actor, asked)).rejects.toThrow('read_customers, read_orders')
    server.state.scopes = ['read_customers', 'read_orders', 'read_products', 'write_discounts']
    await service.connect(actor, asked)
    const row = (await list())?.row
    expect(row).toMatchObject({ state: 'connected', name: 'onshop' })
    expect(row?.credentials).not.toContain(testApp.clientSecret)
    expect(JSON.parse(row?.settings ?? '{}').settleError).toContain('read_all_orders')
    expect(server.shop.webhooks).toHaveLength(13)
  })

  test('has a year of customers, products, orders and refunds brought, to the row', async () => {
    await expectYearBrought(own, course())
  })

  test('is asked within what its bucket holds, and no query costs more than one may', () => {
    expect(own.server.state.calls).toBeGreaterThan(20)
    expect(own.server.state.throttled).toBe(0)
  })

  test('says when its customers agreed', async () => {
    const { world, server } = own
    const agreed = [...server.shop.customers.values()].find(({ sms }) => sms.state === 'SUBSCRIBED')
    const [said] = await world.db<{ at: number }[]>`
      select e.at from consent_events e join identities i on i.shop = e.shop and i.customer = e.customer
      where e.shop = ${world.shop} and e.channel = 'sms' and i.kind = 'user' and i.value = ${String(agreed?.id)}`
    expect(said?.at).toBe(agreed?.sms.at)
  })

  test('has every line of an order that has more than a page of them', async () => {
    const { world, server } = own
    const [large] = server.shop.orders.values()
    const [row] = await world.db<{ row: string }[]>`
      select row from platform_records
      where shop = ${world.shop} and resource = 'orders' and external_id = ${String(large?.id)}`
    const { lines } = JSON.parse(row?.row ?? '{}')
    expect(lines).toHaveLength(13)
    expect(lines.at(-1)).toMatchObject({ variant: '분쇄' })
  })

  test('has all that came back of an order, though it is more than a page of lines', async () => {
    const { world, server } = own
    const [large] = server.shop.orders.values()
    const lines = (large?.lines ?? []).map(({ quantity }, line) => ({ line, quantity }))
    server.shop.refund(large?.id ?? 0, { amount: 1_000, lines })
    await own.deliver(server.shop.deliveries.splice(0))
    const [row] = await world.db<{ row: string }[]>`
      select row from platform_records
      where shop = ${world.shop} and resource = 'orders' and external_id = ${String(large?.id)}`
    expect(JSON.parse(row?.row ?? '{}').refunds.at(-1).lines).toHaveLength(13)
    await expectSame(own)
  })

  test('is the same after a day of silence, with webhooks lost, late, repeated and out of order', async () => {
    const { server, world } = own
    const { shop, state } = server
    await expectSameAfterSilence(own, {
      ...{ ...course(), state, wholeAmount: 21_000, lookedAtAgainMs: dayMs },
      joining: () => joining(shop, world.clock.now()),
      changingMinds: () => {
        const at = world.clock.now()
        shop.chooses(memberNo(shop, 0), { sms: { state: 'UNSUBSCRIBED', at } })
        shop.chooses(memberNo(shop, 1), { mail: { state: 'SUBSCRIBED', at } })
      },
    })
    expect(state.renewals).toBeGreaterThan(1)
  })

  test('tells nothing twice, however often it is looked at', async () => {
    await expectToldOnce(own)
  })

  test('has webhooks that it deleted while we were away made again within a day', async () => {
    const { server, world, connected } = own
    server.shop.webhooks.splice(0, 4)
    await connected.keepSetUp()
    world.clock.advance(dayMs + hourMs)
    await connected.keepSetUp()
    expect(server.shop.webhooks).toHaveLength(13)
  })

  test('is connected again without doubles, also by the token of an app made in the admin', async () => {
    const { service, actor, list, connected, server } = own
    const id = (await list())?.row.id ?? 0
    await connected.disconnect(actor, id)
    expect(server.shop.webhooks).toHaveLength(0)
    expect(await service.connect(actor, { ...asked, clientId: '', adminToken: testToken })).toBe(id)
    await own.pull()
    await expectSame(own)
  })
})

describe('a coupon at Shopify', () => {
  test('is a code that one customer can use once, made before the message leaves, and redeemed by their order', async () => {
    await expectCouponRedeemed(own, course(), ({ code, endsAt, member }) =>
      expect(own.server.shop.coupons).toMatchObject([
        {
          ...{ code, usageLimit: 1, appliesOncePerCustomer: true },
          context: { customers: { add: [`gid://shopify/Customer/${member}`] } },
          customerGets: { value: { discountAmount: { amount: '5000' } }, items: { all: true } },
          endsAt: new Date(endsAt).toISOString(),
        },
      ]),
    )
  })
})

describe('a webhook of Shopify', () => {
  test('is signed as a published example of another implementation says', () => {
    // sqlpage/SQLPage, tests of sqlpage.hmac: the body, the secret and the signature. Shopify itself publishes no vector.
    const body = '{"id":1234567890,"email":"customer@example.com","total_price":"123.45"}'
    const signature = 'QNyObTlKbMx2qDlPF/ZOZcBqg5OgPg+2oky3zldc0Gw='
    const keys = {
      ...testApp,
      clientSecret: 'test-webhook-secret',
      accessToken: '',
      accessUntil: null,
    }
    const headers = { 'x-shopify-topic': 'orders/create', 'x-shopify-hmac-sha256': signature }
    expect(readShopifyNotice({ headers, body, credentials: keys })?.about).toEqual([
      { resource: 'orders', id: '1234567890' },
    ])
    expect(readShopifyNotice({ headers, body: `${body} `, credentials: keys })).toBeUndefined()
  })

  test('that is forged or unsigned is refused, one that is played again changes nothing', async () => {
    await expectOnlyGenuine(own, course(), {
      signature: 'x-shopify-hmac-sha256',
      forged: (body) => body.replace(/\d+/, '999999'),
    })
  })

  test('that was signed under another topic forgets nobody and ends no connection', async () => {
    const { server, list } = own
    const before = (await own.members()).length
    ordering(server.shop, memberNo(server.shop, 0), { at: own.world.clock.now() })
    const [genuine] = server.shop.deliveries.splice(0) as [Delivery]
    const under = (topic: string) => ({
      ...genuine,
      headers: {
        ...genuine.headers,
        'x-shopify-topic': topic,
        'x-shopify-webhook-id': `again-${topic}`,
      },
    })
    const topics = ['customers/redact', 'customers/data_request', 'shop/redact', 'app/uninstalled']
    await own.deliver(topics.map(under))
    await own.deliver([])
    expect(await own.members()).toHaveLength(before)
    expect((await list())?.row).toMatchObject({ state: 'connected', error: null })
  })
})

describe('what privacy asks of apps at Shopify', () => {
  const person = (id: number) => ({ shop_domain: 'onshop.myshopify.com', customer: { id } })

  test('is answered: who asks what is known of them stands in the audit log', async () => {
    const { server, world } = own
    const id = memberNo(server.shop, 0)
    server.shop.tell('customers/data_request', { ...person(id), orders_requested: [] })
    await own.deliver(server.shop.deliveries.splice(0))
    const [entry] = await world.shops.auditLog(world.shop, { before: undefined, limit: 1 })
    expect(entry).toMatchObject({ act: 'customer.data_requested', actor: 'platform' })
    expect(entry?.object).toMatch(/^customer:[1-9]/)
  })

  test('is answered: who is to be forgotten is, though Shopify still shows them', async () => {
    const { server, world } = own
    const id = memberNo(server.shop, 0)
    server.shop.tell('customers/redact', { ...person(id), orders_to_redact: [] })
    await own.deliver(server.shop.deliveries.splice(0))
    server.shop.chooses(id, { mail: { state: 'SUBSCRIBED', at: world.clock.now() } })
    await own.deliver(server.shop.deliveries.splice(0))
    expect((await own.members()).map((one) => one.id)).not.toContain(String(id))
    const rows = await world.db<{ state: string; person: string | null }[]>`
      select state, person from platform_records
      where shop = ${world.shop} and resource = 'members' and external_id = ${String(id)}`
    expect(rows).toEqual([{ state: 'gone', person: null }])
  })

  test('is answered: a shop that took the app away has all its people forgotten, its orders stay', async () => {
    const { server, world, list } = own
    const orders = (await own.orders()).length
    server.state.isInstalled = false
    server.shop.tell('app/uninstalled', { id: 1 })
    server.shop.tell('shop/redact', { shop_id: 1, shop_domain: 'onshop.myshopify.com' })
    await own.deliver(server.shop.deliveries.splice(0))
    await own.deliver([])
    expect((await list())?.row).toMatchObject({ state: 'broken', error: 'removed' })
    expect(await own.members()).toEqual([])
    expect(await own.orders()).toHaveLength(orders)
    const [left] = await world.db<{ count: number }[]>`
      select count(*)::integer as count from platform_records where shop = ${world.shop} and person is not null`
    expect(left?.count).toBe(0)
  })
})

function joining(shop: ShopifyShop, now: number): number {
  const who = { first: '새봄', last: '윤', email: 'new@customer.example', phone: '+821022223333' }
  const said = { state: 'SUBSCRIBED', at: now }
  return shop.join({ ...who, mail: said, sms: { state: 'NOT_SUBSCRIBED', at: null } }).id
}

function ordering(
  shop: ShopifyShop,
  customer: number,
  { at, codes = ['SPRING'] }: { readonly at: number; readonly codes?: readonly string[] },
): number {
  const [product] = shop.products.keys()
  const line = { product: product ?? 0, title: '원두', variant: null, quantity: 2, price: 10_000 }
  return shop.order({
    ...{ at, paidAt: null, customer, buyer: { name: '윤새봄', email: '', phone: '' } },
    ...{ lines: [line], fee: 3_000, total: 21_000, codes },
  }).id
}
