import type { Database } from '../database/connection.store.ts'
import { databaseHealth } from '../database/health.store.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { warehouseHealth } from '../warehouse/health.store.ts'

/** Why the server is not ready, a sentence each; nothing when it is. */
export async function unready(db: Database, warehouse: Warehouse): Promise<readonly string[]> {
  const [postgres, clickhouse] = await Promise.all([databaseHealth(db), warehouseHealth(warehouse)])
  return [
    ...(postgres.ok ? [] : [`PostgreSQL: ${postgres.message}`]),
    ...(clickhouse.ok ? [] : [`ClickHouse: ${clickhouse.message}`]),
  ]
}
