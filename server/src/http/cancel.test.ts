import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { ShopId } from '../lib/brand.ts'
import { openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { route } from '../web/route.ts'
import { api } from './api.ts'
import { idempotencyStore } from './idempotency.store.ts'
import { listen, stopListening } from './listen.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

test('a browser that goes away stops the work that ClickHouse does for it', async () => {
  const { db, warehouse, clock } = world
  const mark = `cancelled-${clock.now()}`
  const running = async () => {
    const [row] = await warehouse.query<{ n: number }>(
      `select count() as n from system.processes where query like {mark:String} and query not like '%system.processes%'`,
      { mark: `%${mark}%` },
    )
    return Number(row?.n ?? 0)
  }
  const slow = route({
    method: 'get',
    path: '/api/slow',
    summary: 'Counts for ever.',
    roles: [],
    response: z.object({ n: z.number() }),
    handle: async ({ signal }) => {
      await warehouse.query(
        `select sum(cityHash64(number)) as n, '${mark}' as mark from numbers(1000000000000)`,
        {},
        { signal, maxMs: 60_000 },
      )
      return { n: 1 }
    },
  })
  const app = api({
    routes: [slow],
    actorOfSession: async () => undefined,
    actorOfKey: async () => ({ shop: 1 as ShopId, name: 'key:1', role: 'owner' }),
    idempotency: idempotencyStore(db),
    clock,
    onError: () => {},
  })
  const server = await listen(app, { port: 0, host: '127.0.0.1' })
  if (!server.listening) await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const gone = new AbortController()
  const asked = fetch(`http://127.0.0.1:${port}/api/slow`, {
    headers: { authorization: 'Bearer k' },
    signal: gone.signal,
  }).catch((error: unknown) => error)
  await expect.poll(running, { timeout: 10_000 }).toBe(1)
  gone.abort()
  expect(await asked).toMatchObject({ name: 'AbortError' })
  await expect.poll(running, { timeout: 10_000 }).toBe(0)
  await stopListening(server, 100)
})
