import { connectDatabase } from '../database/connection.store.ts'
import type { EngineAddresses } from '../engines/engines.service.ts'
import { connectWarehouse } from '../warehouse/connection.store.ts'

/** Connections to both databases; `most` to PostgreSQL. `close` ends them, not the engines. */
export function connectTo(engines: EngineAddresses, most: number) {
  const db = connectDatabase(engines.databaseUrl, { max: most })
  const warehouse = connectWarehouse({
    url: engines.warehouseUrl,
    database: engines.warehouseDatabase,
  })
  const close = async () => {
    await db.end({ timeout: 5 })
    await warehouse.close()
  }
  return { db, warehouse, close }
}

type Connected = Pick<ReturnType<typeof connectTo>, 'db' | 'warehouse'>

/** Works on the bare databases of engines that are ours; connections and engines are ended after. */
export async function withDatabases(
  engines: EngineAddresses & { readonly stop: () => Promise<void> },
  work: (connected: Connected) => Promise<void>,
): Promise<void> {
  const { close, ...connected } = connectTo(engines, 2)
  try {
    await work(connected)
  } finally {
    await close()
    await engines.stop()
  }
}
