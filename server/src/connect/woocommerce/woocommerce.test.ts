import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import { guardedFetch } from '../platform/guarded-fetch.driver.ts'
import { inventedYear } from '../platform/invented-year.contract.ts'
import { countedOf, openPlatformWorld, sorted } from '../platform/platform-world.contract.ts'
import {
  expectCouponRedeemed,
  expectOnlyGenuine,
  expectSameAfterSilence,
  expectToldOnce,
  expectYearBrought,
} from '../platform/shop-course.contract.ts'
import { shopNameOf } from './keys.ts'
import { readWooNotice } from './notice.driver.ts'
import { readOnlyKey, testKeys, wooServer } from './woo-server.contract.ts'
import { type WooShop, wooShop } from './woo-shop.contract.ts'
import { liveInWoo } from './woo-year.contract.ts'
import { woocommercePlatform } from './woocommerce.provider.ts'
import { woocommerce } from './woocommerce.service.ts'

type World = Awaited<ReturnType<typeof opened>>
let own: World
beforeAll(async () => {
  own = await opened()
})
afterAll(() => own.world.close())

const asked = {
  url: 'https://shop.example/store/',
  ...testKeys,
  smsConsentKey: 'agree_sms',
  emailConsentKey: 'agree_mail',
}

async function opened() {
  const base = await openPlatformWorld((clock) => {
    const shop = wooShop(clock)
    const year = inventedYear({ members: 40, orders: 120, seed: 'woo', now: clock.now() })
    liveInWoo(shop, year)
    const platform = woocommercePlatform({ testServer: 'http://woo.test' })
    return { platform, server: { ...wooServer(shop, clock), shop } }
  })
  const { calls, connected: connections, platform } = base
  return { ...base, service: woocommerce({ calls, connections, platform }) }
}

/** Every order and member here beside every one there. */
async function expectSame({ orders, members, server }: World): Promise<void> {
  const { shop } = server
  const theirs = [...shop.orders.values()].map((order) => {
    const back = order.refunds.flatMap(({ lines }) => lines)
    const isBack = order.lines.every(
      ({ quantity }, no) =>
        back.reduce((sum, one) => sum + (one.line === no ? one.quantity : 0), 0) === quantity,
    )
    return countedOf({
      ...order,
      ...{ isBack, gross: order.total, member: memberOf(shop, order.customer) },
      isCancelled: ['cancelled', 'trash'].includes(order.status),
      refunded: order.refunds.reduce((sum, { amount }) => sum + amount, 0),
    })
  })
  expect(await orders()).toEqual(sorted(theirs))
  const choosing = [...shop.customers.values()]
    .filter(({ role }) => role === 'customer')
    .map(({ id, meta }) => ({
      id: String(id),
      sms: meta.agree_sms === 'yes',
      email: meta.agree_mail === '1',
    }))
  expect(await members()).toEqual(sorted(choosing))
}

const memberOf = (shop: WooShop, id: number): string =>
  shop.customers.get(id)?.role === 'customer' ? String(id) : ''

const memberNo = (shop: WooShop, no: number): number =>
  [...shop.customers.values()].filter(({ role }) => role === 'customer')[no]?.id ?? 0

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

describe('a shop with WooCommerce', () => {
  test('is connected by a key that it takes, and by no other', async () => {
    const { service, actor, server, list } = own
    await expect(service.connect(actor, { ...asked, consumerSecret: 'cs_wrong' })).rejects.toThrow(
      'does not take this key',
    )
    await expect(service.connect(actor, { ...asked, url: 'not an address' })).rejects.toThrow(
      'no address',
    )
    await service.connect(actor, asked)
    await expect(service.connect(actor, { ...asked, url: 'two.example' })).rejects.toThrow(
      'This shop lives at woocommerce shop.example/store',
    )
    const row = (await list())?.row
    expect(row).toMatchObject({ state: 'connected', name: 'shop.example/store' })
    expect(row?.credentials).not.toContain(testKeys.consumerSecret)
    expect(server.shop.webhooks).toHaveLength(11)
  })

  test('may not live where only this machine can look', async () => {
    const real = woocommerce({
      calls: own.calls,
      connections: own.connected,
      platform: woocommercePlatform({ testServer: undefined }),
    })
    for (const url of ['https://127.0.0.1', 'https://10.1.2.3/shop', 'https://169.254.169.254'])
      await expect(real.connect(own.actor, { ...asked, url })).rejects.toThrow('public internet')
    // Also at each call: a name may lead elsewhere later.
    await expect(guardedFetch('https://127.0.0.1/wp-json/')).rejects.toThrow('public internet')
    await expect(guardedFetch('http://shop.example/wp-json/')).rejects.toThrow('https://')
  })

  test('is known by its address, however that is written', () => {
    expect(shopNameOf('https://Shop.example/store/wp-admin/admin.php?page=1')).toBe(
      'shop.example/store',
    )
    expect(shopNameOf('shop.example/')).toBe('shop.example')
    for (const text of ['ftp://shop.example', 'https://a:b@shop.example', 'shop', ''])
      expect(shopNameOf(text)).toBeUndefined()
  })

  test('has a year of members, products, orders and refunds brought, to the row', async () => {
    await expectYearBrought(own, course())
    expect(own.server.state.refused).toBe(0)
  })

  test('has products with the price and the stock of their variations', async () => {
    const { server, world } = own
    const ground = [...server.shop.products.values()].find(
      ({ variations }) => variations.length > 0,
    )
    const [row] = await world.db<{ row: string }[]>`
      select row from platform_records
      where shop = ${world.shop} and resource = 'products' and external_id = ${String(ground?.id)}`
    expect(JSON.parse(row?.row ?? '{}')).toMatchObject({
      price: 120_000_000,
      salePrice: 99_000_000,
      stock: 7,
      sellable: true,
      category: '원두',
    })
  })

  test('is the same after a day of silence, with webhooks lost, late, repeated and out of order', async () => {
    const { shop, state } = own.server
    await expectSameAfterSilence(own, {
      ...{ ...course(), state, wholeAmount: 18_000, lookedAtAgainMs: 7 * hourMs },
      joining: () => joining(shop),
      changingMinds: () => {
        shop.change(memberNo(shop, 0), { meta: { agree_sms: 'no', agree_mail: '1' } })
        shop.change(memberNo(shop, 1), { meta: { agree_sms: 'yes', agree_mail: '0' } })
        const old = [...shop.orders.values()].find(({ status }) => status === 'completed')
        shop.trash(old?.id ?? 0)
      },
    })
  })

  test('tells nothing twice, however often it is looked at', async () => {
    await expectToldOnce(own)
  })

  test('has its webhooks switched on again that it switched off while we were away', async () => {
    const { server, world } = own
    const { shop } = server
    shop.deliveries.length = 0
    for (let no = 0; no < 8; no++)
      shop.change(memberNo(shop, 3), { phone: `010-1111-${1_000 + no}` })
    for (const one of shop.deliveries.splice(0)) shop.answered(one, 503)
    expect(shop.webhooks.filter(({ status }) => status === 'disabled')).toHaveLength(1)
    world.clock.advance(16 * minuteMs)
    await own.pull()
    expect(shop.webhooks.filter(({ status }) => status === 'disabled')).toHaveLength(0)
  })

  test('may give a key that only reads: what changes is found by looking', async () => {
    const { service, actor, list, connected, world } = own
    const id = (await list())?.row.id ?? 0
    await connected.disconnect(actor, id)
    expect(own.server.shop.webhooks).toHaveLength(0)
    expect(await service.connect(actor, { ...asked, consumerKey: readOnlyKey })).toBe(id)
    await own.pull()
    await expectSame(own)
    const row = (await list())?.row
    expect(row?.state).toBe('connected')
    expect(JSON.parse(row?.settings ?? '{}').settleError).toContain('key')
    await connected.disconnect(actor, id)
    await service.connect(actor, asked)
    world.clock.advance(dayMs)
    await own.pull()
    await expectSame(own)
  })
})

describe('a coupon of WooCommerce', () => {
  test('is a code bound to one address, made before the message leaves, and redeemed by their order', async () => {
    const { shop } = own.server
    await expectCouponRedeemed(own, course(), ({ code, endsAt, member }) =>
      expect([...shop.coupons.values()]).toMatchObject([
        {
          ...{ code: code.toLowerCase(), amount: '5000', discount_type: 'fixed_cart' },
          email_restrictions: [shop.customers.get(member)?.email],
          ...{ usage_limit: 1, minimum_amount: '10000' },
          date_expires_gmt: new Date(endsAt).toISOString().slice(0, 19),
        },
      ]),
    )
  })
})

describe('a webhook of WooCommerce', () => {
  test('is signed as its own tests say', () => {
    // plugins/woocommerce/tests/legacy/unit-tests/webhooks/crud.php, test_generate_signature: body "secret", an empty secret.
    const signature = 'GBDo00G55h6IiV+6CxqivQPLbI//KzaOZm747971tPs='
    const keys = { ...testKeys, hookSecret: '' }
    const headers = { 'x-wc-webhook-signature': signature }
    expect(readWooNotice({ headers, body: 'secret', credentials: keys })?.about).toEqual([])
    expect(readWooNotice({ headers, body: 'secret2', credentials: keys })).toBeUndefined()
  })

  test('that is forged or unsigned is refused, one that is played again changes nothing', async () => {
    await expectOnlyGenuine(own, course(), {
      signature: 'x-wc-webhook-signature',
      forged: (body) => JSON.stringify({ ...JSON.parse(body), id: 999_999 }),
    })
  })

  test('that is a ping of a new address is answered', async () => {
    expect(await own.deliver([{ headers: {}, body: 'webhook_id=12' }])).toEqual([0])
  })
})

function joining(shop: WooShop): number {
  const who = { first: '새봄', last: '윤', email: 'new@customer.example', phone: '010-2222-3333' }
  return shop.join({ ...who, role: 'customer', meta: { agree_sms: 'yes' } }).id
}

function ordering(
  shop: WooShop,
  customer: number,
  { at, codes = ['SPRING'] }: { readonly at: number; readonly codes?: readonly string[] },
): number {
  const [product] = shop.products.values()
  const who = shop.customers.get(customer)
  const buyer = {
    ...{ first: who?.first ?? '', last: who?.last ?? '' },
    ...{ email: who?.email ?? '', phone: who?.phone ?? '' },
  }
  const line = { product: product?.id ?? 0, variation: 0, name: '원두', price: 10_000 }
  return shop.order({
    ...{ at, paidAt: null, status: 'pending', customer, buyer },
    lines: [{ ...line, quantity: 2, off: 2_000 }],
    ...{ fee: 3_000, total: 21_000, codes },
  }).id
}
