import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectDatabase, type Database, type Tx } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import { systemClock } from '../lib/clock.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { did, startWorker } from './line-world.contract.ts'
import type { LineRoom } from './turn.ts'

let world: TestWorld & { readonly clock: typeof systemClock }
let other: Database
beforeAll(async () => {
  world = Object.assign(await openTestWorld({ max: 12 }), { clock: systemClock }) as never
  other = connectDatabase(world.databaseUrl, { max: 2 })
})
afterAll(async () => {
  await other.end()
  await world.close()
})

/** Waits for what must come by itself; fails loudly when it does not. */
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const start = Date.now(); Date.now() - start < 20_000; ) {
    if (await holds().catch(() => false)) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`waited 20 s in vain: ${what}`)
}

async function isProcessed(shop: ShopId): Promise<boolean> {
  const [row] = await other<{ done: boolean }[]>`
    select h.head = l.position and h.head > 0 as done from log_heads h join lanes l on l.shop = h.shop and l.name = 'line'
    where h.shop = ${shop}`
  return row?.done ?? false
}

test('a line that runs hears of events that another process accepted, and history follows', async () => {
  const shop = await insertShop(world.db)
  const worker = startWorker(world)
  const elsewhere = startWorker(world)
  await Promise.all([worker.line.start(), worker.history.start()])
  await elsewhere.door.accept(shop, [did(world, { anonymous: 'd' })])
  await until('the line', () => isProcessed(shop))
  await until('history', async () => {
    const rows = await world.warehouse.query('select 1 from events where shop = {shop:UInt32}', {
      shop,
    })
    return rows.length === 2
  })
  await worker.line.stop()
  await worker.history.stop()
})

test('whoever is due is woken by the line itself', async () => {
  const shop = await insertShop(world.db)
  const fired: number[] = []
  const egg: LineRoom<Tx> = {
    name: 'egg',
    open: async (_tx, turn) => {
      const due = new Map<CustomerId, number>()
      const dueOf = (customer: CustomerId) =>
        due.get(customer) ?? Number(turn.people.get(customer)?.section('egg') ?? Infinity)
      return {
        nextDue: dueOf,
        fire: (customer, now) => {
          fired.push(systemClock.now() - now)
          due.set(customer, Infinity)
        },
        apply: ({ customer, processedAt }) => void due.set(customer, processedAt + 300),
        discard: (customer) => void due.delete(customer),
        close: async () => {
          for (const [customer, at] of due) {
            turn.people.get(customer)?.remember('egg', at === Infinity ? null : at)
          }
        },
      }
    },
  }
  const worker = startWorker(world, { rooms: [egg] })
  await worker.line.start()
  await worker.door.accept(shop, [did(world, { user: 'kim' })])
  await until('the egg', async () => fired.length > 0)
  await worker.line.stop()
  expect(fired).toHaveLength(1)
  expect(fired[0]).toBeLessThan(1_000)
})

test('a database that drops its connections in mid-turn costs nothing but time', async () => {
  const shop = await insertShop(world.db)
  const worker = startWorker(world)
  await worker.line.start()
  let accepted = 0
  for (let round = 0; round < 30; round++) {
    const batch = Array.from({ length: 50 }, (_, n) =>
      did(world, { user: `u${n}` }, { name: 'Seen' }),
    )
    const kept = await worker.door.accept(shop, batch).catch(() => undefined)
    accepted += kept?.accepted ?? 0
    if (round % 7 === 3) {
      await other`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.catch(
        () => {},
      )
    }
  }
  expect(accepted).toBeGreaterThan(0)
  await until('the line', () => isProcessed(shop))
  await worker.line.stop()
  const [log] = await other<
    { n: number }[]
  >`select count(*)::int as n from log where shop = ${shop} and name = 'Seen'`
  // What was refused may have been committed just before the connection was lost; what was accepted is there, once.
  expect(log?.n).toBeGreaterThanOrEqual(accepted)
  const [turns] = await other<{ n: number; people: number }[]>`
    select sum(cardinality(customers))::int as n, (select count(*)::int from customers where shop = ${shop}) as people
    from turns where shop = ${shop}`
  const [head] = await other<{ head: number }[]>`select head from log_heads where shop = ${shop}`
  expect(turns).toEqual({ n: head?.head, people: 50 })
  expect(await other`select 1 from line_failures where shop = ${shop}`).toHaveLength(0)
})
