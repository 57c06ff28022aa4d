import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertCampaign, insertVersion, setState } from '../campaigns/campaigns.store.ts'
import { repurchaseDue } from '../campaigns/playbooks/repurchase-due.ts'
import { putAway } from '../campaigns/shelf.store.ts'
import { did } from '../events/line-world.contract.ts'
import { openFacts } from '../facts/facts-world.contract.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs, hourMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { readCampaigns } from './journey.store.ts'
import { servingFirst } from './journey.ts'
import { readStanding } from './suggestions.store.ts'
import { suggestionsOf } from './suggestions.ts'

let world: TestWorld
let shop: ShopId
let say: (device: string, name: string, properties?: JsonObject) => Promise<void>
let settle: () => Promise<void>

beforeAll(async () => {
  world = await openTestWorld()
  shop = await insertShop(world.db)
  const facts = openFacts(world)
  say = async (device, name, properties: JsonObject = {}) => {
    await facts.door.accept(shop, [
      did(world, { anonymous: device }, { name, body: { properties } }),
    ])
  }
  settle = () => facts.settle(shop)
})
afterAll(() => world.close())

const mug = { product_id: 'mug', name: '머그컵', price: 12_000, quantity: 2, currency: 'KRW' }
const order = (id: string) => ({ order_id: id, revenue: 24_000, currency: 'KRW', products: [mug] })
const standing = async () => {
  const { warehouse, clock } = world
  const signal = AbortSignal.timeout(dayMs)
  const rows = await readStanding(warehouse, shop, { now: clock.now(), dueDays: 30, signal })
  return Object.fromEntries(rows.map(({ kind, people, amount }) => [kind, [people, amount]]))
}

test('people are counted where they left, each at one step; who is still at it and who ordered are not', async () => {
  await say('buyer', 'Order Completed', order('o1'))
  await settle()
  world.clock.advance(40 * dayMs)
  await say('carted', 'Product Added', mug)
  await say('paying', 'Product Added', mug)
  await say('paying', 'Checkout Started')
  await say('looker', 'Product Viewed', mug)
  await say('asker', 'Products Searched', { query: '머그' })
  await say('done', 'Product Added', mug)
  await say('done', 'Order Completed', order('o2'))
  await settle()
  const nobody = { checkout: [0, null], cart: [0, 0], viewed: [0, null], searched: [0, null] }
  expect(await standing()).toMatchObject({ ...nobody, due: [1, null] })
  world.clock.advance(2 * hourMs)
  expect(await standing()).toEqual({
    checkout: [1, null],
    cart: [1, 240_000_000],
    due: [1, null],
    joined: [0, null],
    viewed: [1, null],
    searched: [1, null],
  })
  world.clock.advance(8 * dayMs)
  expect(await standing()).toMatchObject(nobody)
})

const general = repurchaseDue.flow('ko')
const forSoap = {
  ...general,
  trigger: {
    ...general.trigger,
    filter: {
      kind: 'products',
      match: 'any',
      where: [{ field: 'product_id', is: { type: 'text', op: 'equals', value: 'soap' } }],
    },
  },
}

test('a campaign for the buyers of one product serves neither everybody who is due nor their stage', async () => {
  const { db, clock } = world
  const own = await insertShop(db)
  const make = (name: string, flow: object) =>
    insertCampaign(db, own, {
      name,
      playbook: 'repurchase_due',
      draft: JSON.stringify(flow),
      now: clock.now(),
    })
  const due = [{ kind: 'due', people: 40, reachable: 40, amount: null }] as const
  const told = async () => {
    const campaigns = await readCampaigns(db, own)
    const { general: whole, chosen } = servingFirst(campaigns, 'bought')
    const drafts = suggestionsOf(due, campaigns).map(({ draft }) => draft)
    return { drafts, serving: whole.map(({ id }) => id), chosen }
  }
  const goLive = async (id: number, flow: object) =>
    await db.begin(async (tx) => {
      const made = { campaign: id, flow: JSON.stringify(flow), by: 'member:1', now: clock.now() }
      await insertVersion(tx, own, made)
      await setState(tx, own, { id, state: 'live', now: clock.now() })
    })

  const soap = await make('재구매: 쌀겨 비누', forSoap)
  expect(await told()).toEqual({ drafts: [null], serving: [], chosen: 1 })
  await goLive(soap, forSoap)
  expect(await told()).toEqual({ drafts: [null], serving: [], chosen: 1 })
  const whole = await make('재구매 유도', general)
  const again = await make('재구매: 쌀겨 비누', forSoap)
  expect(await told()).toEqual({ drafts: [whole], serving: [whole], chosen: 2 })
  await putAway(db, own, { id: again, at: clock.now() })
  expect(await told()).toEqual({ drafts: [whole], serving: [whole], chosen: 1 })
  // Who enters is what was published, whatever the draft became since.
  await goLive(whole, general)
  await db`update campaigns set draft = ${JSON.stringify(forSoap)} where shop = ${own} and id = ${whole}`
  expect(await told()).toEqual({ drafts: [], serving: [whole], chosen: 1 })
})
