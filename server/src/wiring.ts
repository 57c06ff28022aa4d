import { join } from 'node:path'
import { Hono } from 'hono'
import { catalog } from './catalog/catalog.service.ts'
import { channels } from './channels/channels.service.ts'
import type { Config } from './config.ts'
import { imports } from './connect/imports.service.ts'
import { consent } from './consent/consent.service.ts'
import { customers } from './customers/customers.service.ts'
import type { Database } from './database/connection.store.ts'
import { accept } from './events/accept.service.ts'
import { history } from './events/history.service.ts'
import { ingestRoutes } from './events/ingest.routes.ts'
import { line } from './events/line.service.ts'
import { visits } from './events/visits.ts'
import { assignments } from './experiments/assignments.service.ts'
import type { Log } from './http/log.ts'
import { unready } from './http/readiness.ts'
import { headOf, lineReadings } from './http/readings.store.ts'
import type { ShopId } from './lib/brand.ts'
import type { Clock } from './lib/clock.ts'
import { messages } from './messages/messages.service.ts'
import { orders } from './orders/orders.service.ts'
import { firstPurchaseRoutes } from './reports/first-purchase.routes.ts'
import { keys } from './shops/keys.service.ts'
import { members } from './shops/members.service.ts'
import { sessionRoutes } from './shops/session.routes.ts'
import { shopsRoutes } from './shops/shops.routes.ts'
import { shops } from './shops/shops.service.ts'
import { vault } from './vault/vault.service.ts'
import type { Warehouse } from './warehouse/connection.store.ts'
import type { Route } from './web/route.ts'

export type HouseNeeds = {
  readonly config: Config
  readonly db: Database
  readonly warehouse: Warehouse
  readonly secret: Uint8Array
  readonly clock: Clock
  readonly log: Log
  readonly demoShopUrl?: string
}
export type House = ReturnType<typeof wire>

/** Builds every room and says who listens to whom. The one file that knows them all. */
export function wire(needs: HouseNeeds) {
  const { config, db, warehouse, clock, log } = needs
  const { publicUrl } = config

  const safe = vault(needs.secret)
  const shop = shops({ db, clock })
  const apiKeys = keys({ db, clock })
  const people = members({ db, clock })
  const customer = customers({ db })
  const ledger = consent({ db })
  const products = catalog({ db })
  const carriers = channels({ db, vault: safe })
  const door = accept({ db, clock, onAppended: (id) => lane.wake(id) })
  const message = messages({ db, clock, shops: shop, consent: ledger, assignments: assignments() })
  const past = history({
    db,
    warehouse,
    clock,
    onError: (_, error) => log.failed(error, 'history'),
  })
  const lane = line({
    db,
    clock,
    customers: customer,
    consent: ledger,
    catalog: products,
    rooms: [visits(), orders().room, message.room],
    appendInTransaction: door.appendInTransaction,
    onTurn: (id) => past.wake(id),
  })
  const importer = imports({
    db,
    accept: door,
    clock,
    folder: join(config.dataFolder, 'imports'),
    wait: (ms) => new Promise((done) => setTimeout(done, ms)),
  })

  const routes: readonly Route[] = [
    ...sessionRoutes({ members: people, shops: shop, publicUrl, demoShopUrl: needs.demoShopUrl }),
    ...shopsRoutes({ shops: shop, keys: apiKeys, members: people, publicUrl }),
    ...firstPurchaseRoutes({ shops: shop, warehouse, clock, completeTo: past.completeTo }),
  ]

  return {
    shops: shop,
    keys: apiKeys,
    members: people,
    imports: importer,
    /** Where a shop's log ends, and up to where history holds it. */
    position: async (id: ShopId) => ({
      head: await headOf(db, id),
      written: await past.completeTo(id),
    }),
    line: lane,
    history: past,
    routes,
    pages: new Hono(),
    /** Why the server is not ready, a sentence each; nothing when it is. */
    unready: () => unready(db, warehouse),
    readings: () => lineReadings(db),
    ingest: ingestRoutes({
      accept: door,
      resolveKey: apiKeys.resolve,
      vault: safe,
      clock,
      onError: log.failed,
    }),
    /** Starts the workers: line, history, senders. */
    start: async (): Promise<void> => {
      await Promise.all([lane.start(), past.start()])
    },
    /** Lets what is under way finish, in the order in which the rooms feed each other. */
    stop: async (): Promise<void> => {
      await lane.stop()
      await past.stop()
      await carriers.close()
    },
  }
}
