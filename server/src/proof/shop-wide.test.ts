import { afterAll, beforeAll, expect, test } from 'vitest'
import { assignments } from '../experiments/assignments.service.ts'
import { shopExperiment } from '../experiments/shop-wide.ts'
import { dayMs } from '../lib/duration.ts'
import { shops } from '../shops/shops.service.ts'
import { openTestWorld } from '../testing/world.store.ts'
import { readCosts, readSpending } from './outcomes.store.ts'
import { advertisedTo, peopleOf, shopWideBegan } from './shop-wide.store.ts'

let world: Awaited<ReturnType<typeof openTestWorld>>
const now = Date.UTC(2026, 2, 2, 1)
beforeAll(async () => {
  world = await openTestWorld({ now, max: 4 })
})
afterAll(() => world?.close())

test('both arms are counted from the first message of any campaign, and who met both is told apart', async () => {
  const { db, clock } = world
  const shop = await shops({ db, clock }).create('온샵', false)
  const of = { experiment: shopExperiment, share: 0.1, at: now - 40 * dayMs }
  await db.begin(async (tx) => {
    const { record } = assignments()
    await record(tx, shop, [
      { ...of, customer: 1, arm: 'holdout' },
      { ...of, customer: 2, arm: 'treatment' },
      { ...of, customer: 3, arm: 'treatment', at: now - dayMs },
      { ...of, customer: 4, arm: 'treatment' },
      // Another experiment's people are none of this comparison.
      { ...of, experiment: 'campaign:7', customer: 5, arm: 'holdout' },
    ])
    await record(tx, shop, [{ ...of, customer: 4, arm: 'holdout' }])
  })
  const compared = {
    campaign: 0,
    windowMs: 30 * dayMs,
    metric: 'purchase',
    isOfCarts: false,
  } as const
  const caps = { spent: null, spentBefore: null }
  const bounds = [now - 90 * dayMs]
  const asked = {
    compared: [{ ...compared, caps }],
    currency: 'KRW',
    now,
    bounds,
    isShopWide: true,
  }
  const rows = await readSpending(db, shop, asked)
  const told = rows.map(({ arm, mixed, over, people, share }) => ({
    arm,
    mixed,
    over,
    people,
    share,
  }))
  expect(told).toHaveLength(4)
  for (const row of [
    { arm: 'holdout', mixed: false, over: true, people: 1, share: 0.1 },
    { arm: 'treatment', mixed: false, over: true, people: 1, share: 0.1 },
    { arm: 'treatment', mixed: false, over: false, people: 1, share: 0.1 },
    { arm: 'treatment', mixed: true, over: true, people: 1, share: 0.1 },
  ])
    expect(told).toContainEqual(row)
  expect(await readCosts(db, shop, { ...asked, margin: null })).toHaveLength(4)
  expect(await shopWideBegan(db, shop)).toBe(now - 40 * dayMs)
  expect(await peopleOf(db, shop, shopExperiment)).toBe(4)
  expect(await advertisedTo(db, shop, now - 28 * dayMs)).toBe(0)
})
