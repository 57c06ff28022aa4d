import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShopId } from '../lib/brand.ts'
import { type Shops, shops } from '../shops/shops.service.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import type { Route } from '../web/route.ts'
import { seasonsRoutes } from './seasons.routes.ts'

let world: TestWorld
let tenants: Shops
let shop: ShopId
let routes: readonly Route[]

beforeAll(async () => {
  world = await openTestWorld({ now: Date.parse('2026-11-30T15:30:00Z') })
  tenants = shops(world)
  shop = await insertShop(world.db)
  routes = seasonsRoutes({ shops: tenants, clock: world.clock })
})
afterAll(() => world?.close())

/** What the tests look at of the answers. */
type Answer = {
  readonly from: string
  readonly to: string
  readonly items: readonly { readonly id: string | null; readonly orderBy: number | null }[]
  readonly holidays: readonly { readonly day: string }[]
}

async function call(
  method: 'get' | 'put',
  given: { readonly query?: object; readonly body?: object } = {},
) {
  const one = routes.find((route) => route.method === method)
  const answer = await one?.handle({
    actor: { shop, name: 'member:1', role: 'marketer' },
    params: {},
    query: one.query?.parse(given.query ?? {}) ?? {},
    body: one.body?.parse(given.body ?? {}),
    request: new Request('http://localhost/'),
    signal: new AbortController().signal,
  })
  return one?.response.parse(answer) as Answer
}

test("the calendar begins at the shop's today and tells by when to order", async () => {
  const { from, to, items } = await call('get')
  // Half past midnight in Seoul, still November in London.
  expect([from, to]).toEqual(['2026-12-01', '2027-03-31'])
  expect(items.map(({ id }) => id)).toContain('seollal')
  const christmas = items.find(({ id }) => id === 'christmas')
  expect(christmas?.orderBy).toBe(Date.parse('2026-12-23T14:00:00+09:00'))
  expect(items.find(({ id }) => id === 'kimjang')?.orderBy).toBeNull()
})

test('what the shop changes holds from then on and is in the audit log', async () => {
  const body = {
    orderByTime: '12:00',
    orderByLeadDays: { christmas: 5 },
    hidden: ['new_year'],
    holidays: [{ day: '2026-12-31', name: '임시공휴일' }],
  }
  await call('put', { body })
  const query = { from: '2026-12-20', to: '2027-01-05' }
  const { items, holidays } = await call('get', { query })
  expect(items.map(({ id }) => id)).not.toContain('new_year')
  expect(items.find(({ id }) => id === 'christmas')?.orderBy).toBe(
    Date.parse('2026-12-20T12:00:00+09:00'),
  )
  expect(holidays.map(({ day }) => day)).toEqual(['2026-12-25', '2026-12-31', '2027-01-01'])
  const [act] = await tenants.auditLog(shop, { before: undefined, limit: 1 })
  expect(act).toMatchObject({ act: 'seasons.changed', actor: 'member:1' })
})

test('days that end before they begin, or more than 400 of them, are refused', async () => {
  const asked = (from: string, to: string) => call('get', { query: { from, to } })
  await expect(asked('2026-12-02', '2026-12-01')).rejects.toThrow('end before')
  await expect(asked('2026-01-01', '2027-12-01')).rejects.toThrow('400')
})
