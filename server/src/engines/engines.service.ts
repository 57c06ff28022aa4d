import packageFile from '../../package.json' with { type: 'json' }
import { startClickhouse } from './clickhouse.driver.ts'
import { packagedClickhouseVersion } from './clickhouse-version.driver.ts'
import { lockFolder, noteVersions, refuseNewer, runningOn } from './data-folder.driver.ts'
import { createDatabase } from './database.store.ts'
import type { EngineLog } from './engine-log.ts'
import { startPostgres } from './postgres.driver.ts'
import { packagedPostgres } from './postgres-files.driver.ts'

export type EngineSettings = {
  readonly dataFolder: string
  readonly databaseUrl: string | undefined
  readonly clickhouseUrl: string | undefined
}

/** Where the engines are. `warehouseUrl` names no database; `warehouseDatabase` does. */
export type EngineAddresses = {
  readonly databaseUrl: string
  readonly warehouseUrl: string
  readonly warehouseDatabase: string
}

export type Engines = Awaited<ReturnType<typeof startEngines>>

const databaseName = 'danggol'

/**
 * Takes the data folder and starts each engine that is not given by URL. Throws one sentence that says what to do when the
 * folder is in use, cannot be written, or was written by a newer version. `stop` ends what was started, and only that.
 */
export async function startEngines(settings: EngineSettings, log: EngineLog) {
  const lock = lockFolder(settings.dataFolder)
  const running: { stop(): Promise<void> }[] = []
  const stop = async () => {
    await Promise.all(running.map((engine) => engine.stop()))
    lock.release()
  }
  try {
    refuseNewer(settings.dataFolder, versionsOf(settings))
    const folder = settings.dataFolder
    // Both at once, and both waited for: the one that did start must be stopped when the other one fails.
    const [database, warehouse] = await Promise.allSettled([
      settings.databaseUrl ??
        startPostgres({ folder, log }).then(async (postgres) => {
          running.push(postgres)
          await createDatabase(postgres.serverUrl('postgres'), databaseName)
          return postgres.serverUrl(databaseName)
        }),
      settings.clickhouseUrl ??
        startClickhouse({ folder, log }).then((clickhouse) => {
          running.push(clickhouse)
          return clickhouse.url
        }),
    ])
    if (database.status === 'rejected') throw database.reason
    if (warehouse.status === 'rejected') throw warehouse.reason
    const addresses = { databaseUrl: database.value, ...warehouseAddress(warehouse.value) }
    noteVersions(settings.dataFolder, versionsOf(settings))
    lock.announce(addresses)
    return { ...addresses, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The engines of the Danggol that runs on this data folder: how the CLI joins a running server. */
export function runningEngines(settings: EngineSettings): EngineAddresses | undefined {
  const found = runningOn(settings.dataFolder)
  if (!found?.databaseUrl || !found.warehouseUrl || !found.warehouseDatabase) return undefined
  return {
    databaseUrl: found.databaseUrl,
    warehouseUrl: found.warehouseUrl,
    warehouseDatabase: found.warehouseDatabase,
  }
}

/** ClickHouse's URL may name its database in the path; `danggol` unless it does. */
export function warehouseAddress(url: string): Omit<EngineAddresses, 'databaseUrl'> {
  const parsed = new URL(url)
  const warehouseDatabase = parsed.pathname.replaceAll('/', '') || databaseName
  if (!/^\w+$/.test(warehouseDatabase)) {
    throw new Error('CLICKHOUSE_URL: the name of the database may have letters, digits and _ only.')
  }
  parsed.pathname = '/'
  return { warehouseUrl: parsed.toString().replace(/\/$/, ''), warehouseDatabase }
}

function versionsOf(settings: EngineSettings) {
  return {
    danggol: packageFile.version,
    ...(settings.databaseUrl === undefined ? { postgresql: packagedPostgres().version } : {}),
    ...(settings.clickhouseUrl === undefined ? { clickhouse: packagedClickhouseVersion() } : {}),
  }
}
