import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connectDatabase } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { minuteMs, secondMs } from '../lib/duration.ts'
import { insertShop, openTestWorld, siblingUrl, type TestWorld } from '../testing/world.store.ts'
import { accept, backlogRowsLimit } from './accept.service.ts'
import type { Happening } from './happening.ts'
import { fromLogRow } from './logged.ts'

let world: TestWorld
let shop: ShopId
beforeAll(async () => {
  world = await openTestWorld({ max: 12 })
})
afterAll(() => world.close())
beforeEach(async () => {
  shop = await insertShop(world.db)
})

function happening(messageId: string, change: Partial<Happening> = {}): Happening {
  const now = world.clock.now()
  return {
    kind: 'event',
    name: 'Product Viewed',
    at: now,
    receivedAt: now,
    messageId,
    ids: { anonymous: 'device', verified: false },
    body: { properties: { product_id: 'P1' } },
    ...change,
  }
}

const many = (count: number, prefix = 'm') =>
  Array.from({ length: count }, (_, i) => happening(`${prefix}${i}`))

async function log(of: ShopId = shop) {
  const rows = await world.db`
    select position, kind, name, at, received_at as "receivedAt", ids, body, import_id as "importId"
    from log where shop = ${of} order by position`
  return rows.map((row) => ({
    position: row.position as number,
    happening: fromLogRow(row as never),
  }))
}

test('what is accepted is in the log, in order, at dense positions', async () => {
  const door = accept(world)
  const sent = many(3)
  expect(await door.accept(shop, sent)).toEqual({ accepted: 3, duplicates: 0, refused: [] })
  expect(await log()).toEqual(sent.map((one, index) => ({ position: index + 1, happening: one })))
})

test('the same batch twice changes nothing, and the same id twice in one batch counts once', async () => {
  const door = accept(world)
  await door.accept(shop, many(50))
  expect(await door.accept(shop, many(50))).toEqual({ accepted: 0, duplicates: 50, refused: [] })
  expect(await door.accept(shop, [happening('x'), happening('x'), ...many(2)])).toMatchObject({
    accepted: 1,
    duplicates: 3,
  })
  expect(await log()).toHaveLength(51)
})

test('the same batch to two processes at once is one batch', async () => {
  const [one, other] = [accept(world), accept(world)]
  for (let round = 0; round < 10; round++) {
    const batch = many(200, `r${round}-`)
    const [a, b] = await Promise.all([
      one.accept(shop, batch),
      other.accept(shop, batch.toReversed()),
    ])
    expect(a.accepted + b.accepted).toBe(200)
    expect(a.duplicates + b.duplicates).toBe(200)
  }
  const positions = (await log()).map(({ position }) => position)
  expect(positions).toEqual(Array.from({ length: 2000 }, (_, i) => i + 1))
})

test('eight writers and a reader that follows: no position is missed and none comes late', async () => {
  const doors = Array.from({ length: 8 }, () => accept(world))
  let writing = true
  const seen: number[] = []
  const reader = (async () => {
    let last = 0
    for (;;) {
      const wasWriting = writing
      const rows = await world.db<{ position: number }[]>`
        select position from log where shop = ${shop} and position > ${last} order by position limit 500`
      for (const { position } of rows) {
        expect(position).toBe(last + 1)
        last = position
        seen.push(position)
      }
      if (!wasWriting && rows.length === 0) return
    }
  })()
  await Promise.all(
    doors.map(async (door, writer) => {
      for (let i = 0; i < 40; i++) await door.accept(shop, many(25, `w${writer}-${i}-`))
    }),
  )
  writing = false
  await reader
  expect(seen).toHaveLength(8000)
})

test('shops share commits, never positions or message ids', async () => {
  const other = await insertShop(world.db)
  const door = accept(world)
  await Promise.all([
    door.accept(shop, many(5)),
    door.accept(other, many(7)),
    door.accept(shop, many(2, 'n')),
  ])
  expect((await log(shop)).map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect((await log(other)).map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7])
})

test("a page can't use up the id of a server's event or of one the line derives", async () => {
  const door = accept(world)
  await door.accept(shop, [happening('order-1', { body: { browser: true } })])
  expect(await door.accept(shop, [happening('order-1')])).toMatchObject({ accepted: 1 })
  const derived = happening('order-1', { kind: 'derived', name: 'Visit Started' })
  expect(await world.db.begin((tx) => door.appendInTransaction(tx, shop, [derived, derived]))).toBe(
    1,
  )
})

test('what a turn derives is kept with the turn or not at all', async () => {
  const door = accept(world)
  const failed = world.db.begin(async (tx) => {
    await door.appendInTransaction(tx, shop, many(3))
    throw new Error('the turn failed')
  })
  await expect(failed).rejects.toThrow('the turn failed')
  expect(await log()).toEqual([])
  expect(await door.accept(shop, many(3))).toMatchObject({ accepted: 3 })
})

test('one row the database refuses costs only itself', async () => {
  const door = accept(world)
  const bad = [...many(30), happening('bad', { name: 'a\u0000b' }), ...many(30, 'n')]
  const [mine, neighbours] = await Promise.all([
    door.accept(shop, bad),
    door.accept(shop, many(10, 'k')),
  ])
  expect(mine).toMatchObject({ accepted: 60, duplicates: 0, refused: [{ index: 30 }] })
  expect(neighbours).toEqual({ accepted: 10, duplicates: 0, refused: [] })
  expect(await log()).toHaveLength(70)
})

test('whoever waits for the log is woken once a commit', async () => {
  const woken: ShopId[] = []
  const door = accept({ ...world, onAppended: (of) => woken.push(of) })
  const heard: string[] = []
  const listener = connectDatabase(world.databaseUrl, { max: 1 })
  await listener.listen('danggol_log', (payload) => heard.push(payload))
  await Promise.all([door.accept(shop, many(5)), door.accept(shop, many(5, 'n'))])
  await expect.poll(() => heard).toEqual([String(shop)])
  expect(woken).toEqual([shop])
  await listener.end()
})

describe('back pressure', () => {
  test('a line that lies too far behind sends callers away until it has caught up', async () => {
    await world.db`update log_heads set head = ${backlogRowsLimit + 1} where shop = ${shop}`
    const door = accept(world)
    await expect(door.accept(shop, many(1))).rejects.toMatchObject({ code: 'busy' })
    await world.db`update lanes set position = 5 where shop = ${shop} and name = 'line'`
    world.clock.advance(secondMs)
    expect(await door.accept(shop, many(1))).toMatchObject({ accepted: 1 })
  })

  test('a line that has not moved for a minute does too', async () => {
    const door = accept(world)
    await door.accept(shop, many(1))
    world.clock.advance(minuteMs + 1)
    await expect(door.accept(shop, many(1, 'n'))).rejects.toMatchObject({ code: 'busy' })
    const other = await insertShop(world.db)
    expect(await door.accept(other, many(1))).toMatchObject({ accepted: 1 })
  })

  test('memory for waiting rows is bounded', async () => {
    const door = accept({ ...world, waitingBytes: 100_000 })
    const large = 'x'.repeat(16_000)
    const calls = Array.from({ length: 10 }, (_, i) =>
      door.accept(shop, [happening(`l${i}`, { body: { properties: { large } } })]),
    )
    const outcomes = await Promise.allSettled(calls)
    const refused = outcomes.filter((one) => one.status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.every((one) => (one.reason as { code?: string }).code === 'busy')).toBe(true)
    expect(await log()).toHaveLength(10 - refused.length)
  })

  test('a database that is away is busy, and nothing is acknowledged', async () => {
    const nowhere = new URL(siblingUrl(world.databaseUrl, 'nobody'))
    nowhere.hostname = '127.0.0.1'
    nowhere.port = '1'
    nowhere.searchParams.delete('host')
    const db = connectDatabase(nowhere.toString(), { max: 1 })
    await expect(accept({ db, clock: world.clock }).accept(shop, many(1))).rejects.toMatchObject({
      code: 'busy',
    })
    await db.end({ timeout: 0 })
  })
})
