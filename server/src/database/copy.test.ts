import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { databaseCopy } from './copy.store.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const packet = 8_192

/** Copies everything with a reader that is slower than the server; returns the bytes sent for `shops`, and its rows. */
async function copiedSlowly(): Promise<{ readonly sent: number; readonly shops: number }> {
  const { db } = world
  const [{ columns } = { columns: 0 }] = await db<{ columns: number }[]>`
    select count(*)::int as columns from information_schema.columns where table_name = 'shops'`
  let sent = 8 + 2 * columns
  let shops = 0
  await databaseCopy(db).dump(async (table, pieces) => {
    let rows = 0
    for await (const piece of pieces) {
      await new Promise(setImmediate)
      rows += piece.filter((byte) => byte === 10).length
      if (table === 'shops') sent += piece.length
    }
    if (table === 'shops') {
      shops = rows
      sent += 5 * rows
    }
    return rows
  })
  return { sent, shops }
}

test('a table is copied out to the end also when the end of the command comes in a packet of its own', async () => {
  // PostgreSQL sends 8 KiB at a time. The rows are made so long that the last packet holds "no more rows" but not all of "the
  // command is complete", while a slow reader still has the driver's stream full: there the driver stops reading.
  const { db } = world
  await insertShop(db)
  await db`
    insert into shops (name, created_at) select repeat('x', 1000), 0 from generate_series(1, 200)`
  for (const beyond of [0, 3, 8, 14, 19]) {
    const { sent } = await copiedSlowly()
    const more = (((packet - 5 - beyond - sent) % packet) + packet) % packet
    await db`
      update shops set name = name || repeat('y', ${more}::int) where id = (select max(id) from shops)`
    expect(await copiedSlowly()).toEqual({ sent: sent + more, shops: 201 })
  }
})
