import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startClickhouse } from '../../server/src/engines/clickhouse.driver.ts'
import { connectWarehouse, type Warehouse } from '../../server/src/warehouse/connection.store.ts'
import { migrateWarehouse } from '../../server/src/warehouse/migrate.store.ts'
import { percentile } from './measured.ts'

const cache = join(import.meta.dirname, '../../.cache/bench')
const migrations = join(import.meta.dirname, '../../server/src/warehouse/migrations')
const chunkRows = 1_000_000
const longMs = 3_600_000

/** One table's worth of generated history: `insert` is an INSERT ... SELECT over `numbers({from}, {count})`. */
export type Generated = {
  readonly table: string
  readonly rows: number
  readonly insert: string
  /** Rows written at once; fewer where a row is heavy. */
  readonly chunkRows?: number
}

/**
 * The embedded ClickHouse on a folder of its own in the cache, with our tables, filled once: a second run of the same size
 * finds its rows there, unless the tables have changed since. `name` tells histories apart; change it with the generator.
 */
export async function withWarehouse<T>(
  name: string,
  generated: readonly Generated[],
  work: (warehouse: Warehouse) => Promise<T>,
): Promise<T> {
  const folder = join(cache, `${name}-${tablesNow()}`)
  mkdirSync(folder, { recursive: true })
  const engine = await startClickhouse({ folder, log: (_, sentence) => console.error(sentence) })
  const warehouse = connectWarehouse({ url: engine.url, database: 'danggol' })
  try {
    await migrateWarehouse(warehouse)
    for (const one of generated) await fill(warehouse, one)
    await warehouse.reloadAliases()
    return await work(warehouse)
  } finally {
    await warehouse.close()
    await engine.stop()
  }
}

function tablesNow(): string {
  const hash = createHash('sha256')
  for (const file of readdirSync(migrations).sort())
    hash.update(readFileSync(join(migrations, file)))
  return hash.digest('hex').slice(0, 8)
}

/** Fills a table unless it has its rows already. */
export async function fill(warehouse: Warehouse, { table, rows, insert, ...one }: Generated) {
  const [found] = await warehouse.query<{ rows: number }>(`select count() as rows from ${table}`)
  if (found?.rows === rows) return
  console.error(`Generating ${rows} rows of ${table}, once ...`)
  await warehouse.command(`truncate table ${table}`)
  const step = one.chunkRows ?? chunkRows
  for (let from = 0; from < rows; from += step)
    await warehouse.command(
      insert,
      { from, count: Math.min(step, rows - from), rows },
      { maxMs: longMs },
    )
  // Merged once, as months of life do: the measured queries meet the parts that a settled shop has.
  await warehouse.command(`optimize table ${table} final`, {}, { maxMs: longMs })
}

type Query = { readonly sql: string; readonly params: Readonly<Record<string, unknown>> }

/**
 * The median of so many runs of each query, in seconds, and its rows; after one round that warms the caches. They take
 * turns, so that whatever else the machine does hits all alike.
 */
export async function timed<T>(warehouse: Warehouse, queries: readonly Query[], runs: number) {
  const seen = queries.map(() => ({ took: [] as number[], rows: [] as readonly T[] }))
  for (let run = 0; run <= runs; run++) {
    for (const [index, { sql, params }] of queries.entries()) {
      const from = performance.now()
      const rows = await warehouse.query<T>(sql, params, { maxMs: longMs })
      const one = seen[index]
      if (!one) continue
      one.rows = rows
      if (run > 0) one.took.push((performance.now() - from) / 1_000)
    }
  }
  return seen.map(({ took, rows }) => ({ seconds: percentile(took, 0.5), rows }))
}
