import { afterAll, beforeAll, expect, test } from 'vitest'
import { coupons } from '../coupons/coupons.service.ts'
import { PoolDraft } from '../coupons/pool-draft.ts'
import { couponPools } from '../coupons/pools.service.ts'
import { accept } from '../events/accept.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs, hourMs } from '../lib/duration.ts'
import { shops } from '../shops/shops.service.ts'
import { openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { couponExpiring } from './coupon-expiring.service.ts'

let world: TestWorld
let shop: ShopId
const room = coupons()

beforeAll(async () => {
  world = await openTestWorld()
  shop = await shops({ db: world.db, clock: world.clock }).create('온샵', false)
})
afterAll(() => world?.close())

async function given(validHours: number | null, customer: number): Promise<number> {
  const { db, clock } = world
  const tenants = shops({ db, clock })
  const draft = PoolDraft.parse({
    name: `쿠폰 ${validHours}`,
    discount: { kind: 'amount', amount: 5_000 },
    codes: { kind: 'generated' },
    validHours,
  })
  const pools = couponPools({ db, clock, audit: tenants.audit })
  const { id: pool } = await pools.create({ shop, name: 'member:1' }, draft)
  const asks = [{ pool, customer, causeKey: `given ${customer}`, campaign: null }]
  const [one] = await db.begin((tx) => room.issueAll(tx, shop, { asks, now: clock.now() }))
  return one?.kind === 'issued' ? one.id : 0
}

/** What the log was told, by coupon, oldest first. */
async function told(): Promise<readonly (readonly [number, number])[]> {
  const { db, clock } = world
  const door = accept({ db, clock })
  // There is no line here that reads what it was told: it is taken for read.
  await db`
    insert into lanes (shop, name, position) select shop, 'line', head from log_heads where shop = ${shop}
    on conflict (shop, name) do update set position = excluded.position`
  // Several processes look at once.
  const two = [1, 2].map(() => couponExpiring({ db, clock, coupons: room, accept: door }))
  await Promise.all(two.map((one) => one.turn()))
  const rows = await db<{ body: string }[]>`
    select body::text as body from log where shop = ${shop} and name = 'Coupon Expiring' order by position`
  return rows.map(({ body }) => {
    const { properties } = JSON.parse(body)
    return [properties.coupon_id, properties.days_left] as const
  })
}

test('an unused coupon is told of 7, 3 and 1 days before its end, each once; a short one only where its time is longer', async () => {
  const month = await given(30 * 24, 1)
  const short = await given(48, 2)
  await given(24, 3)
  await given(null, 4)
  expect(await told()).toEqual([])
  world.clock.advance(dayMs)
  expect(await told()).toEqual([[short, 1]])
  expect(await told()).toHaveLength(1)
  world.clock.advance(22 * dayMs - hourMs)
  expect(await told()).toHaveLength(1)
  world.clock.advance(hourMs)
  expect((await told()).slice(1)).toEqual([[month, 7]])
  world.clock.advance(4 * dayMs)
  expect((await told()).slice(2)).toEqual([[month, 3]])
  // Nobody looked for some hours: there is less left, and it is said so.
  world.clock.advance(2 * dayMs + hourMs)
  expect((await told()).slice(3)).toEqual([[month, 1]])
  world.clock.advance(dayMs)
  expect(await told()).toHaveLength(4)
})

test('a coupon that was used meanwhile, or whose person was forgotten, is not told of', async () => {
  const before = (await told()).length
  await given(72, 11)
  const gone = await given(72, 12)
  const { db, clock } = world
  await db.begin((tx) => room.erase(tx, shop, [12]))
  const [row] = await db<{ key: string }[]>`
    select code_key as key from coupons where shop = ${shop} and customer = 11`
  const use = { order: 'o1', customer: 11, codeKeys: [row?.key ?? ''], position: 1, goods: 1n }
  await db.begin((tx) => room.redeem(tx, shop, [{ ...use, at: clock.now() }]))
  clock.advance(2.5 * dayMs)
  expect(gone).toBeGreaterThan(0)
  expect(await told()).toHaveLength(before)
})
