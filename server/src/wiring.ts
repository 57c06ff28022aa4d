import { join } from 'node:path'
import { imports } from './connect/imports.service.ts'
import { wholeShop } from './connect/out/whole-shop.service.ts'
import { unready } from './http/readiness.ts'
import { headOf, lineReadings } from './http/readings.store.ts'
import { routesOf } from './http/routes.ts'
import type { ShopId } from './lib/brand.ts'
import { catalogueWork } from './wiring/catalogue.ts'
import { connectingWork } from './wiring/connecting.ts'
import { droppedFiles } from './wiring/dropped-files.ts'
import { groundFloor, type HouseNeeds } from './wiring/ground.ts'
import { lineRooms } from './wiring/line-rooms.ts'
import { movingShop } from './wiring/moving.ts'
import { publicPages } from './wiring/public-pages.ts'
import { filesOfConsents, filesOfLists, patience } from './wiring/refusals.ts'
import { reportingWork } from './wiring/reporting.ts'
import { runningWork } from './wiring/running.ts'
import { fitInThreads } from './wiring/value-threads.ts'
import { outside } from './wiring/workers.ts'

export type House = ReturnType<typeof wire>

/** Builds every room and says who listens to whom. The one file that knows them all. */
export function wire(needs: HouseNeeds) {
  const { config, db, warehouse, clock } = needs
  const ground = groundFloor(needs)
  const rooms = { ...ground, ...lineRooms(needs, ground) }
  const consentFiles = filesOfConsents(needs, rooms)
  const catalogue = catalogueWork(needs, rooms)
  const dropped = droppedFiles(needs, { ...rooms, consentFiles })
  const listFiles = filesOfLists(needs, rooms)
  const reporting = reportingWork(needs, rooms)
  const running = runningWork(needs, ground)
  const connecting = connectingWork(needs, rooms)
  const { stop: closePages, ...pages } = publicPages(needs, { ...rooms, reporting, connecting })
  const files = { consentFiles, listFiles, dropped }
  const workers = outside(needs, { ...rooms, ...files, catalogue, reporting, running, connecting })
  return {
    shops: ground.tenants,
    keys: ground.apiKeys,
    members: ground.people,
    imports: imports({
      db,
      accept: rooms.door,
      clock,
      folder: join(config.dataFolder, 'imports'),
      wait: patience,
    }),
    consentFiles,
    files: dropped.files,
    /** Everything a shop owns, into a folder of files. */
    exportShop: wholeShop({ db, warehouse, clock, vault: rooms.safe, shops: ground.tenants }),
    /** A shop row by row, for a fresh installation. */
    shopCopy: movingShop(needs, ground),
    /** Where a shop's log ends, and up to where history holds it. */
    position: async (id: ShopId) => ({
      head: await headOf(db, id),
      written: await rooms.past.completeTo(id),
    }),
    routes: routesOf({
      ...needs,
      ...rooms,
      consentFiles,
      listFiles,
      dropped,
      catalogue,
      reporting,
      running,
      connecting,
      backtests: workers.backtests,
      fitValue: fitInThreads(warehouse),
    }),
    ...pages,
    /** Of the installation's own domain, where it has one. */
    certificates: running.certificates,
    /** Why the server is not ready, a sentence each; nothing when it is. */
    unready: () => unready(db, warehouse),
    readings: () => lineReadings(db),
    ...workers,
    stop: async (): Promise<void> => {
      await workers.stop()
      await closePages()
    },
  }
}
