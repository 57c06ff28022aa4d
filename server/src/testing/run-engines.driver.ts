import { connectDatabase } from '../database/connection.store.ts'
import { type EngineAddresses, startEngines } from '../engines/engines.service.ts'

/**
 * Starts the engines of a data folder in a process of its own, so that a test can kill it: prints one JSON line when they are
 * ready, one a log message before, and stops on SIGTERM.
 */
const [dataFolder = '', databaseUrl] = process.argv.slice(2)
const say = (line: Readonly<Record<string, unknown>>) => {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

try {
  const engines = await startEngines(
    { dataFolder, databaseUrl: databaseUrl || undefined, clickhouseUrl: undefined },
    (level, message) => say({ level, message }),
  )
  process.once('SIGTERM', () => {
    void engines.stop().then(() => process.exit(0))
  })
  await answers(engines)
  say({
    ready: true,
    databaseUrl: engines.databaseUrl,
    warehouseUrl: engines.warehouseUrl,
    user: process.getuid?.(),
  })
} catch (error) {
  say({ failed: error instanceof Error ? error.message : String(error) })
  process.exit(1)
}

async function answers(engines: EngineAddresses): Promise<void> {
  const db = connectDatabase(engines.databaseUrl, { max: 1 })
  await db`select 1`
  await db.end()
}
