import type { Config } from '../config.ts'
import { connectDatabase } from '../database/connection.store.ts'
import { migrateDatabase } from '../database/migrate.store.ts'
import { runningEngines, startEngines } from '../engines/engines.service.ts'
import { openLog } from '../http/log.ts'
import { systemClock } from '../lib/clock.ts'
import { loadSecret } from '../vault/secret.service.ts'
import { connectWarehouse } from '../warehouse/connection.store.ts'
import { migrateWarehouse } from '../warehouse/migrate.store.ts'
import { bringUp, refuseHalfUndone, type Tell, versionsBefore } from './upgrade.ts'

/** Engines, connections and secret of an installation: what the server and each command begin with. */
export type Opened = Awaited<ReturnType<typeof openInstallation>>

/**
 * Starts the engines of the data folder, or joins those of the server that runs on it when `join` is said. `started` tells
 * which: who joined leaves the line to the server. An older version's data are upgraded, after a backup.
 */
export async function openInstallation(
  config: Config,
  options: { readonly join: boolean; readonly tell?: Tell },
) {
  refuseHalfUndone(config.dataFolder)
  const before = versionsBefore(config.dataFolder)
  const log = openLog(config.logLevel)
  const joined = options.join ? runningEngines(config) : undefined
  const engines = joined
    ? { ...joined, stop: async () => undefined }
    : await startEngines(config, log.say)
  const db = connectDatabase(engines.databaseUrl, { max: joined ? 4 : 20 })
  const warehouse = connectWarehouse({
    url: engines.warehouseUrl,
    database: engines.warehouseDatabase,
  })
  const close = async () => {
    await db.end({ timeout: 5 })
    await warehouse.close()
    await engines.stop()
  }
  try {
    if (joined) await Promise.all([migrateDatabase(db), migrateWarehouse(warehouse)])
    else await bringUp({ config, db, warehouse }, before, options.tell ?? told(log))
    const secret = await loadSecret(config)
    return {
      config,
      db,
      databaseUrl: engines.databaseUrl,
      warehouse,
      secret,
      log,
      clock: systemClock,
      started: joined === undefined,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function told(log: ReturnType<typeof openLog>): Tell {
  return (what, detail) => log.say('info', `upgrade: ${what} ${detail ?? ''}`.trim())
}
