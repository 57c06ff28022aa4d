import { afterAll, beforeAll, expect, test } from 'vitest'
import { takeErrands } from '../connect/platform/errands.store.ts'
import { takeNotices } from '../connect/platform/notices.store.ts'
import { takeProgress } from '../connect/platform/progress.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { claimDue } from '../reports/morning/morning.store.ts'
import { claimDeliveries } from '../segments/webhooks/deliveries.store.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world?.close())

/** One of everything that leaves a shop by itself, beside messages (messages/halt.test.ts) and standing files. */
async function due(shop: ShopId): Promise<void> {
  const { db } = world
  const [own] = await db<{ id: number }[]>`
    insert into connections (shop, kind, name, state, hook_hash, hook_sealed, asked_at)
    values (${shop}, 'cafe24', 'mall', 'connected', ${`hook-${shop}`}, '', 1) returning id`
  const connection = own?.id ?? 0
  await db`
    insert into connection_progress (shop, connection, resource, state, next_at)
    values (${shop}, ${connection}, 'orders', 'following', 1)`
  await db`
    insert into platform_errands (shop, key, kind, subject, connection, state, wanted_at, next_at)
    values (${shop}, 'coupon:1', 'coupon', 1, ${connection}, 'waiting', 1, 1)`
  await db`
    insert into platform_notices (shop, connection, delivery, part, topic, resource, external_id, received_at, next_at)
    values (${shop}, ${connection}, 'd', 0, 't', 'orders', '1', 1, 1)`
  const [hook] = await db<{ id: number }[]>`
    insert into segment_webhooks (shop, segment, url, moves, secret, since, created_at, created_by)
    values (${shop}, 1, 'https://shop.example', 'both', '', 0, 1, 'member:1') returning id`
  await db`
    insert into webhook_deliveries (shop, id, webhook, position, customer, body, state, due, created_at)
    values (${shop}, 'one', ${hook?.id ?? 0}, 1, 1, '{}', 'waiting', 1, 1)`
  await db`
    insert into morning_messages (shop, day, destination, next_at) values (${shop}, '2026-11-23', '{"kind":"slack"}', 1)`
}

/** How much of it somebody takes now, by what it is. */
async function taken(shop: ShopId) {
  const { db } = world
  const [now, until] = [10, 20]
  const progress = await takeProgress(db, { by: 'me', now, until })
  const claim = { now, leaseMs: 10, each: 1, limit: 10, oneAfter: 5 }
  return {
    looks: progress === undefined ? 0 : 1,
    errands: (await takeErrands(db, { now, until, limit: 10 })).length,
    notices: (await takeNotices(db, { now, until, limit: 10, always: [] })).length,
    webhooks: (await claimDeliveries(db, claim)).length,
    mornings: (await claimDue(db, shop, { day: '2026-11-23', now })).length,
  }
}

test('nothing leaves a restored copy: no look at a platform, no errand, no webhook, no morning message', async () => {
  const shop = await insertShop(world.db)
  await due(shop)
  await world.db`update shops set restored_at = 1 where id = ${shop}`
  const nothing = { looks: 0, errands: 0, notices: 0, webhooks: 0, mornings: 0 }
  expect(await taken(shop)).toEqual(nothing)
  await world.db`update shops set restored_at = null where id = ${shop}`
  expect(await taken(shop)).toEqual({
    ...{ looks: 1, errands: 1, notices: 1, webhooks: 1, mornings: 1 },
  })
})
