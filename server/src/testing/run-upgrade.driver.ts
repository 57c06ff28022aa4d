import { undoUpgrade } from '../cli/undo-upgrade.ts'
import { bringUp, versionsBefore } from '../cli/upgrade.ts'
import { readConfig } from '../config.ts'
import { connectDatabase } from '../database/connection.store.ts'
import { migrateDatabase, pendingMigrations } from '../database/migrate.store.ts'
import { startEngines } from '../engines/engines.service.ts'
import { connectWarehouse } from '../warehouse/connection.store.ts'
import { migrateWarehouse, warehouseMigrations } from '../warehouse/migrate.store.ts'
import { contentsOf, fillShop } from './upgraded-shop.store.ts'

/**
 * Upgrades and undoes in a process of its own that ends itself, as `kill -9` would, when it is told a step: `make FOLDER`,
 * `up FOLDER [STEP]`, `undo FOLDER [STEP]`, `look FOLDER`. Prints one JSON line of what it found at the end.
 */
const [act = '', dataFolder = '', killAt] = process.argv.slice(2)
const config = readConfig({ DANGGOL_DATA: dataFolder, DANGGOL_SECRET: 'x'.repeat(32) })
/** The older version knew all migrations but the last of each engine. */
const behind = 1

const tell = (what: string) => {
  if (what === killAt) process.kill(process.pid, 'SIGKILL')
}

if (act === 'undo') await undoUpgrade(config, tell)
else {
  const before = versionsBefore(dataFolder)
  const engines = await startEngines(config, () => undefined)
  const db = connectDatabase(engines.databaseUrl, { max: 4 })
  const warehouse = connectWarehouse({
    url: engines.warehouseUrl,
    database: engines.warehouseDatabase,
  })
  if (act === 'make') {
    const names = await pendingMigrations(db)
    await migrateDatabase(db, { only: names.slice(0, -behind) })
    await migrateWarehouse(warehouse)
    await fillShop(db, warehouse)
  }
  if (act === 'up') await bringUp({ config, db, warehouse }, before, tell)
  const found = {
    pending: (await pendingMigrations(db)).length,
    history: (await warehouseMigrations(warehouse)).length,
    contents: await contentsOf(db, warehouse),
  }
  process.stdout.write(`${JSON.stringify(found)}\n`)
  await db.end()
  await warehouse.close()
  await engines.stop()
}
process.exit(0)
