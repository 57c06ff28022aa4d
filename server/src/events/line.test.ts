import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalog } from '../catalog/catalog.service.ts'
import { consent } from '../consent/consent.service.ts'
import { customers } from '../customers/customers.service.ts'
import type { Ids } from '../customers/identity.ts'
import type { ShopId } from '../lib/brand.ts'
import { minuteMs } from '../lib/duration.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { accept } from './accept.service.ts'
import type { Happening } from './happening.ts'
import { line } from './line.service.ts'
import { visits } from './visits.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

function open() {
  const { db, clock } = world
  const door = accept({ db, clock })
  const lane = line({
    db,
    clock,
    customers: customers({ db }),
    consent: consent({ db }),
    catalog: catalog({ db }),
    rooms: [visits()],
    appendInTransaction: door.appendInTransaction,
  })
  return { door, lane }
}

let made = 0
function did(ids: Partial<Ids>, more: Partial<Happening> = {}): Happening {
  const at = world.clock.now()
  return {
    kind: 'event',
    name: 'Product Viewed',
    at,
    receivedAt: at,
    messageId: `m${++made}`,
    ids: { verified: false, ...ids },
    body: {},
    ...more,
  }
}

async function namesOf(shop: ShopId): Promise<readonly string[]> {
  const rows = await world.db<
    { name: string }[]
  >`select name from log where shop = ${shop} order by position`
  return rows.map((row) => row.name)
}

test('browsing before sign-in counts after it, and a visit is derived', async () => {
  const { db, clock } = world
  const shop = await insertShop(db)
  const { door, lane } = open()
  await door.accept(shop, [did({ anonymous: 'd1' })])
  await lane.drain(shop)
  await door.accept(shop, [
    did(
      { anonymous: 'd1', user: 'kim' },
      { kind: 'identify', name: 'Identified', body: { traits: { name: '김하늘', age: 30 } } },
    ),
  ])
  await lane.drain(shop)
  const people =
    await db`select id, member, name, traits, survivor from customers where shop = ${shop}`
  expect(people).toMatchObject([{ member: true, name: '김하늘', survivor: null }])
  expect(await namesOf(shop)).toEqual(['Product Viewed', 'Visit Started', 'Identified'])
  clock.advance(31 * minuteMs)
  await lane.drain(shop)
  expect((await namesOf(shop)).at(-1)).toBe('Visit Ended')
  expect(await db`select * from due where shop = ${shop}`).toHaveLength(0)
  const turns = await db<
    { customers: number[] }[]
  >`select customers from turns where shop = ${shop} order by first_position`
  expect(new Set(turns.flatMap((turn) => turn.customers))).toEqual(new Set([people[0]?.id]))
})
