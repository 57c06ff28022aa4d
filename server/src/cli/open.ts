import type { Config } from '../config.ts'
import { readCarriedKeys } from '../connect/out/carried-keys.store.ts'
import type { Database } from '../database/connection.store.ts'
import { migrateDatabase, pendingMigrations } from '../database/migrate.store.ts'
import {
  type EngineAddresses,
  runningEngines,
  startEngines,
  warehouseAddress,
} from '../engines/engines.service.ts'
import { openLog } from '../http/log.ts'
import { systemClock } from '../lib/clock.ts'
import { loadSecret } from '../vault/secret.service.ts'
import { vault } from '../vault/vault.service.ts'
import { migrateWarehouse } from '../warehouse/migrate.store.ts'
import { connectTo } from './connected.ts'
import { bringUp, refuseHalfUndone, type Tell, versionsBefore } from './upgrade.ts'

/** Engines, connections and secret of an installation: what the server and each command begin with. */
export type Opened = Awaited<ReturnType<typeof openInstallation>>

type Options = {
  /**
   * `if-running`: beside the server of the data folder where there is one. `must`: one of several processes, which starts no
   * engines and migrates nothing.
   */
  readonly join: 'never' | 'if-running' | 'must'
  readonly tell?: Tell
}

/** Connections to PostgreSQL: the embedded one takes 60 in all. */
const connections = { alone: 20, oneOfSeveral: 8, command: 4 } as const

/**
 * Starts the engines of the data folder, or joins those of the server that runs on it. `started` tells which: who joined leaves
 * the line to the server. An older version's data are upgraded, after a backup.
 */
export async function openInstallation(config: Config, options: Options) {
  refuseHalfUndone(config.dataFolder)
  const before = versionsBefore(config.dataFolder)
  const log = openLog(config.logLevel)
  const joined = options.join === 'never' ? undefined : joinedEngines(config, options.join)
  const engines = joined
    ? { ...joined, stop: async () => undefined }
    : await startEngines(config, log.say)
  const several = options.join === 'must' ? connections.oneOfSeveral : connections.command
  const connected = connectTo(engines, joined ? several : connections.alone)
  const { db, warehouse } = connected
  const close = async () => {
    await connected.close()
    await engines.stop()
  }
  try {
    if (options.join === 'must') await upToDate(db, log)
    else if (joined) await Promise.all([migrateDatabase(db), migrateWarehouse(warehouse)])
    else await bringUp({ config, db, warehouse }, before, options.tell ?? told(log))
    const secret = await loadSecret(config)
    const { open } = vault(secret)
    const carried = await readCarriedKeys(db)
    return {
      config,
      db,
      databaseUrl: engines.databaseUrl,
      warehouse,
      secret,
      carriedKeys: new Map(carried.map(({ purpose, sealed }) => [purpose, open(sealed)])),
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

function joinedEngines(config: Config, join: Options['join']): EngineAddresses | undefined {
  const { databaseUrl, clickhouseUrl } = config
  if (join === 'must' && databaseUrl !== undefined && clickhouseUrl !== undefined)
    return { databaseUrl, ...warehouseAddress(clickhouseUrl) }
  const running = runningEngines(config)
  if (join === 'must' && !running)
    throw new Error(
      'No engines run on this data folder. Start them first (danggol start --role engines), or name them in DATABASE_URL and CLICKHOUSE_URL.',
    )
  return running
}

/** Waits until whoever starts the engines, or `danggol upgrade`, has brought the databases to this version. */
async function upToDate(db: Database, log: ReturnType<typeof openLog>): Promise<void> {
  for (let looks = 0; (await pendingMigrations(db)).length > 0; looks++) {
    if (looks % 50 === 0)
      log.say('warn', 'Waiting for the databases to be of this version (danggol upgrade).')
    await new Promise((again) => setTimeout(again, 200))
  }
}

function told(log: ReturnType<typeof openLog>): Tell {
  return (what, detail) => log.say('info', `upgrade: ${what} ${detail ?? ''}`.trim())
}
