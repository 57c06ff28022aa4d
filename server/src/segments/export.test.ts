import { afterAll, beforeAll, expect, test } from 'vitest'
import { did } from '../events/line-world.contract.ts'
import type { ShopId } from '../lib/brand.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { vault } from '../vault/vault.service.ts'
import type { Actor } from '../web/route.ts'
import type { Condition } from './definition.ts'
import { exportPageRows } from './export.service.ts'
import { defined, openSegments } from './segments-world.contract.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const viewed: Condition = {
  kind: 'event',
  event: 'Product Viewed',
  window: { kind: 'ever' },
  measure: { of: 'count', is: { op: '>=', value: 1 } },
}

async function openShop() {
  const shop = await insertShop(world.db)
  const room = openSegments(world)
  const input = { name: "VIP '고객'", description: '', definition: defined(viewed) }
  const { id } = await room.segments.create({ shop, name: 'member:1' }, input)
  await room.settle(shop)
  const file = async (role: Actor['role']): Promise<string> => {
    const actor = { shop, name: 'member:1', role } satisfies Actor
    const { body } = await room.segments.exportMembers(actor, { id, language: 'en' })
    // The decoder must leave the mark, which response.text() would take away.
    const bytes = await new Response(body).arrayBuffer()
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  }
  return { shop, room, id, file }
}

function contactOf(kind: 'email' | 'phone', value: string, masked: string) {
  const safe = vault(Buffer.alloc(32, 7))
  return { hash: safe.hash(kind, value), sealed: safe.seal(value), masked }
}

test('a file of members holds names, addresses and times for a marketer, and masks for a viewer', async () => {
  const { shop, room, file } = await openShop()
  await room.door.accept(shop, [
    did(world, { anonymous: 'd1' }),
    did(
      world,
      {
        anonymous: 'd1',
        user: 'u1',
        verified: true,
        email: contactOf('email', 'kim@x.kr', 'k**@x.kr'),
        phone: contactOf('phone', '+821012345678', '010-****-5678'),
      },
      { kind: 'identify', name: 'Identified', body: { traits: { name: '=김하늘' } } },
    ),
  ])
  await room.settle(shop)
  const [row] = await world.db<{ customer: number }[]>`
    select customer from memberships where shop = ${shop}`
  const head = '\uFEFFid,name,email,phone,entered_at\r\n'
  expect(await file('marketer')).toBe(
    `${head}${row?.customer},'=김하늘,kim@x.kr,010-1234-5678,2026-03-01 09:00:00\r\n`,
  )
  expect(await file('viewer')).toBe(
    `${head}${row?.customer},'=***,k**@x.kr,010-****-5678,2026-03-01 09:00:00\r\n`,
  )
  expect(room.audited.filter((act) => act === 'segment.exported')).toHaveLength(2)
})

test('a large segment is written page by page, and one who stops reading stops the reading', async () => {
  const { db } = world
  const { shop, room, id, file } = await openShop()
  const people = exportPageRows * 2 + 5
  await db`
    insert into customers (shop, assignment_key, created_at, first_seen_at, last_seen_at)
    select ${shop}, 'k' || n, 0, 0, 0 from generate_series(1, ${people}::int) as n`
  await db`
    insert into memberships (shop, segment, customer, version, entered_at, cause)
    select shop, ${id}, id, 1, 0, 'backfill' from customers where shop = ${shop}`
  const lines = (await file('owner')).trimEnd().split('\r\n')
  expect(lines).toHaveLength(people + 1)
  const ids = lines.slice(1).map((line) => Number(line.split(',')[0]))
  expect(ids).toEqual(ids.toSorted((a, b) => a - b))
  const actor = { shop: shop as ShopId, name: 'member:1', role: 'owner' } satisfies Actor
  const { body } = await room.segments.exportMembers(actor, { id, language: 'en' })
  const reader = body.getReader()
  await reader.read()
  await reader.cancel()
})
