import { createHmac } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { accept } from '../events/accept.service.ts'
import type { Happening } from '../events/happening.ts'
import { ingestRoutes } from '../events/ingest.routes.ts'
import { fromLogRow, type LogRow } from '../events/logged.ts'
import { visitors } from '../events/visitors.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { keys } from '../shops/keys.service.ts'
import { shops } from '../shops/shops.service.ts'
import { vault } from '../vault/vault.service.ts'
import { insertShop, openTestWorld } from './world.store.ts'

export type IngestServer = Awaited<ReturnType<typeof openIngestServer>>

/** The ingest paths listening on a real port over a world of their own, with one shop and a key of either kind. */
export async function openIngestServer() {
  const world = await openTestWorld()
  const shop = await insertShop(world.db)
  const safe = vault(Buffer.alloc(32, 7))
  const known = keys({ db: world.db, clock: world.clock })
  const tenants = shops(world)
  const errors: unknown[] = []
  const needs = {
    accept: accept(world),
    resolveKey: known.resolve,
    vault: safe,
    clock: world.clock,
    visitors: visitors({ ...world, shops: tenants }),
    onError: (error: unknown) => errors.push(error),
  }
  const app = ingestRoutes(needs)
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise<void>((listening) => server.once('listening', () => listening()))
  const { port } = server.address() as AddressInfo

  async function rows(of: ShopId) {
    return world.db<(LogRow & { readonly position: number })[]>`
      select position, kind, name, at, received_at as "receivedAt", ids, body, import_id as "importId"
      from log where shop = ${of} order by position`
  }

  return {
    world,
    shop,
    shops: tenants,
    needs,
    url: `http://127.0.0.1:${port}`,
    writeKey: (await known.create(shop, 'server', 'write')).key,
    browserKey: (await known.create(shop, 'pages', 'browser')).key,
    /** As the shop's own server would sign a member's id. */
    sign: (userId: string) =>
      createHmac('sha256', safe.identitySecret(shop)).update(userId).digest('hex'),
    /** Everything in the shop's log, in order. */
    log: async (): Promise<readonly Happening[]> => (await rows(shop)).map(fromLogRow),
    positions: async (of: ShopId) => (await rows(of)).map((row) => row.position),
    /** Errors that were ours; a test that is not about them expects none. */
    errors,
    async close(): Promise<void> {
      await new Promise((closed) => {
        server.close(closed)
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
      await world.close()
    },
  }
}
