import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShopId } from '../lib/brand.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { seenOnPages } from './seen.store.ts'

let world: TestWorld
let shop: ShopId
beforeAll(async () => {
  world = await openTestWorld()
  shop = await insertShop(world.db)
})
afterAll(() => world.close())

test('pages tell who saw, pressed and closed a message, and each card by the place it stood at; merged people count once', async () => {
  let position = 0
  const told = (customer: number, what: string, card = '', place = 0, campaign = 4) => {
    position += 1
    const time = `2026-03-01 00:00:${String(position).padStart(2, '0')}.000`
    return {
      ...{ shop, customer, position, kind: 'event', name: `Promotion ${what}` },
      ...{ at: time, received_at: time, processed_at: time, message_id: `m${position}` },
      texts: card ? { card } : {},
      numbers: { campaign_id: campaign, ...(place ? { position: place } : {}) },
    }
  }
  await world.warehouse.insert('events', [
    told(1, 'Viewed', 'mug', 1),
    told(1, 'Viewed', 'tea', 2),
    told(1, 'Clicked', 'tea', 2),
    told(2, 'Viewed', 'tea', 1),
    told(2, 'Viewed', 'tea', 1),
    told(2, 'Dismissed'),
    told(3, 'Blocked'),
    told(4, 'Viewed', 'mug', 1, 5),
    told(9, 'Viewed', 'mug', 1),
  ])
  await world.warehouse.insert('aliases', [
    { shop, from_customer: 9, to_customer: 1, position: 100 },
  ])
  await world.warehouse.reloadAliases()
  expect(await seenOnPages(world.warehouse, shop, 4)).toEqual({
    ...{ seen: 2, clicked: 1, dismissed: 1, blocked: 1 },
    cards: [
      { position: 1, card: 'mug', seen: 1, clicked: 0 },
      { position: 1, card: 'tea', seen: 1, clicked: 0 },
      { position: 2, card: 'tea', seen: 1, clicked: 1 },
    ],
  })
})
