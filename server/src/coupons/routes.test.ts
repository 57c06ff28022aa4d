import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShopId } from '../lib/brand.ts'
import { type Shops, shops } from '../shops/shops.service.ts'
import { openTestWorld, type TestWorld } from '../testing/world.store.ts'
import type { Actor } from '../web/route.ts'
import { couponsRoutes } from './coupons.routes.ts'
import { coupons } from './coupons.service.ts'
import { couponPools } from './pools.service.ts'

let world: TestWorld
let tenants: Shops
let shop: ShopId
let call: (way: string, given?: object, role?: Actor['role']) => Promise<unknown>

beforeAll(async () => {
  world = await openTestWorld()
  tenants = shops({ db: world.db, clock: world.clock })
  shop = await tenants.create('온샵', false)
  const pools = couponPools({ db: world.db, clock: world.clock, audit: tenants.audit })
  const routes = couponsRoutes({ pools, shops: tenants, maskName: () => '김*늘' })
  call = async (way, given = {}, role = 'marketer') => {
    const [method, path] = way.split(' ')
    const found = routes.find((one) => one.method === method && one.path === path)
    const { query = {}, body, ...rest } = { query: {}, body: undefined, params: {}, ...given }
    return await found?.handle({
      actor: { shop, name: 'member:1', role },
      request: new Request('http://localhost/'),
      signal: new AbortController().signal,
      query: found.query?.parse(query) ?? {},
      body: found.body?.parse(body),
      ...rest,
    })
  }
})
afterAll(() => world?.close())

test('a coupon is made, filled, given, listed by page and taken along as a file; codes are for those who may use them', async () => {
  const made = await call('post /api/coupons', {
    body: {
      name: '=가을',
      discount: { kind: 'percent', percent: 10, most: 5_000 },
      minOrder: 30_000,
      validHours: 48,
      perPerson: { count: 1, days: 90 },
      codes: { kind: 'uploaded' },
    },
  })
  expect(made).toMatchObject({
    sentence: { ko: '10% 할인(최대 5,000원), 3만원 이상 주문, 발급 후 48시간, 1인 90일에 1번' },
    discount: { kind: 'percent', percent: 10, most: 5_000 },
    remaining: 0,
  })
  const params = { id: (made as { readonly id: number }).id }
  const text = '쿠폰번호\nAUTUMN-1\nAUTUMN-2\n가을\n'
  expect(await call('post /api/coupons/{id}/codes', { params, body: { text } })).toMatchObject({
    added: 2,
    refused: [{ line: 4, reason: 'not_a_code' }],
  })
  const asks = [1, 2].map((customer) => ({
    pool: params.id,
    customer,
    causeKey: `c${customer}`,
    campaign: null,
  }))
  const now = world.clock.now()
  await world.db.begin((tx) => coupons().issueAll(tx, shop, { asks, now }))

  type Page = { readonly items: readonly object[]; readonly next: string | null }
  const first = (await call('get /api/coupons/issued', { query: { limit: '1' } })) as Page
  expect(first.items).toMatchObject([{ code: 'AUTUMN-2', state: 'issued' }])
  const second = (await call('get /api/coupons/issued', {
    query: { limit: '1', after: first.next },
  })) as Page
  expect(second.items).toMatchObject([{ code: 'AUTUMN-1' }])
  const found = await call('get /api/coupons/issued', { query: { code: 'autumn-1' } }, 'viewer')
  expect(found).toMatchObject({ items: [{ code: 'AU••••-1', customerName: '김*늘' }] })
  const file = (await call('get /api/coupons/{id}/issued.csv', { params })) as Response
  expect(await file.text()).toMatch(/AUTUMN-2,issued[\s\S]*'=가을,1,,AUTUMN-1/)
  const korean = (await call('get /api/coupons/{id}/issued.csv', {
    params,
    query: { language: 'ko' },
  })) as Response
  const sheet = await korean.text()
  expect(sheet.split('\r\n')[0]).not.toMatch(/[a-z]/)
  expect(sheet).toContain('AUTUMN-2,발급함')

  await call('patch /api/coupons/{id}', { params, body: { state: 'archived' } })
  expect(await call('get /api/coupons')).toEqual({ items: [] })
  expect(await call('get /api/coupons', { query: { archived: 'true' } })).toMatchObject({
    items: [{ state: 'archived', use: { issued: 2 } }],
  })
  const acts = (await tenants.auditLog(shop, { before: undefined, limit: 9 })).map(({ act }) => act)
  expect(acts).toEqual([
    'coupon.changed',
    'coupon.exported',
    'coupon.exported',
    'coupon.codes-added',
    'coupon.created',
  ])
})
