import { afterAll, beforeAll, expect, test } from 'vitest'
import { PoolDraft } from '../coupons/pool-draft.ts'
import { couponPools } from '../coupons/pools.service.ts'
import { dayMs } from '../lib/duration.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'

let world: MessageWorld
beforeAll(async () => {
  world = await openMessageWorld()
})
afterAll(() => world?.close())

test('a coupon for first orders of knitwear takes off from that alone, and nobody who ordered gets one', async () => {
  const { db, clock, shop, shops, coupons, line } = world
  const pools = couponPools({ db, clock, audit: shops.audit })
  const { id: pool } = await pools.create(
    { shop, name: 'member:1' },
    PoolDraft.parse({
      name: '첫 구매',
      discount: { kind: 'percent', percent: 10, most: 50_000 },
      codes: { kind: 'shared', code: 'KNIT10' },
      firstOrderOnly: true,
      scope: { categories: ['의류/니트'], products: [] },
    }),
  )
  const customer = await world.member('u-knit')
  const give = (causeKey: string) =>
    db.begin((tx) =>
      coupons.issueAll(tx, shop, {
        asks: [{ pool, customer, causeKey, campaign: null }],
        now: clock.now(),
      }),
    )
  expect(await give('one')).toMatchObject([{ kind: 'issued', code: 'KNIT10' }])
  const order = async (id: string, category: string) => {
    await world.say({
      name: 'Order Completed',
      ids: { user: 'u-knit', verified: true },
      body: {
        properties: {
          order_id: id,
          coupon: 'KNIT10',
          products: [
            { product_id: 'p1', name: '니트', category, price: 30_000, quantity: 1 },
            { product_id: 'p2', name: '모자', category: '잡화', price: 10_000, quantity: 2 },
          ],
        },
      },
    })
    await line.drain(shop)
    clock.advance(dayMs)
  }
  await order('o1', '의류/니트/겨울')
  await order('o2', '신발')
  expect(
    await db`
      select order_id, discount, against from coupons where shop = ${shop} and pool = ${pool} order by order_id`,
  ).toEqual([
    { order_id: 'o1', discount: 3_000 * 10_000, against: null },
    { order_id: 'o2', discount: 5_000 * 10_000, against: 'not_first' },
  ])
  expect(await give('two')).toEqual([{ kind: 'refused', reason: 'coupon_not_first' }])
})
