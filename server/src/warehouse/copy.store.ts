import type { ClickHouseClient } from '@clickhouse/client'
import { z } from 'zod'
import type { Warehouse } from './connection.store.ts'
import { copyIn, copyMs, identifier, inLines, streamed, withClient } from './copy-lines.store.ts'
import { migrateWarehouse, warehouseMigrations } from './migrate.store.ts'

type Write = (table: string, bytes: AsyncIterable<Uint8Array>) => Promise<number>
type Read = (table: string) => AsyncIterable<Uint8Array>

/**
 * Where PostgreSQL's snapshot stands, by shop. Events beyond `history` are written again from its log. Mirrors may have been
 * written, and forgotten there, up to `line`.
 */
export type SnapshotPosition = {
  readonly shop: number
  readonly history: number
  readonly line: number
}

/** A table of PostgreSQL's part of the backup: its COPY text of numbers is tab-separated text for ClickHouse too. */
type DatabaseTable = {
  readonly columns: readonly string[]
  readonly lines: AsyncIterable<Uint8Array>
}

type LoadFrom = {
  readonly read: Read
  readonly fromDatabase: (table: string) => DatabaseTable
}

/** What a backup says of its history: tables with their columns and numbers of rows. */
export const WarehouseSnapshot = z.object({
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number() })),
  /** What it was written under; backups of before this was noted do not say. */
  migrations: z.array(z.string()).optional(),
})
export type WarehouseSnapshot = z.infer<typeof WarehouseSnapshot>

export type WarehouseCopy = ReturnType<typeof warehouseCopy>

/** Who became whom is known exactly by PostgreSQL's snapshot, while our rows may have been replaced since. */
const takenFromDatabase = 'aliases'
/** Made anew from the others where they are missing (first-purchase/lives.store.ts). */
const madeAnew = new Set(['purchase_lives', 'purchase_lives_built', 'purchase_products'])
/**
 * Reads and writes history as tab-separated text over HTTP: the same for the embedded engine and a server given by URL, whose
 * disks FREEZE would leave the files on.
 */
export function warehouseCopy(warehouse: Warehouse) {
  return {
    /** Every table, cut at the positions: what came later is not in it. */
    async dump(positions: readonly SnapshotPosition[], write: Write): Promise<WarehouseSnapshot> {
      return await withClient(warehouse, async (client) => {
        const tables: WarehouseSnapshot['tables'] = []
        for (const table of await tablesOf(warehouse)) {
          if (table.name === takenFromDatabase || madeAnew.has(table.name)) continue
          const rows = await write(table.name, copyOut(client, { table, positions }))
          tables.push({ name: table.name, columns: table.columns, rows })
        }
        return { tables, migrations: [...(await warehouseMigrations(warehouse))] }
      })
    },

    /** Names the first table that holds rows; asked from outside, because the database may not be there yet. */
    async firstFull(): Promise<string | undefined> {
      return await withClient({ url: warehouse.url, database: 'default' }, async (client) => {
        const answer = await client.query({
          query: `select name from system.tables
            where database = {database:String} and name <> 'schema_migrations'
              and engine like '%MergeTree' and total_rows > 0 limit 1`,
          query_params: { database: warehouse.database },
          format: 'JSONEachRow',
        })
        const [row] = await answer.json<{ name: string }>()
        return row?.name
      })
    },

    /** Lays out the tables, loads them and compares the counts; after a failure nothing is left in them. */
    async load(
      snapshot: unknown,
      { read, fromDatabase }: LoadFrom,
      options: { readonly keepSchema?: boolean } = {},
    ): Promise<void> {
      const wanted = WarehouseSnapshot.parse(snapshot)
      const only = options.keepSchema ? wanted.migrations : undefined
      await migrateWarehouse(warehouse, undefined, { only })
      await withClient(warehouse, async (client) => {
        for (const table of wanted.tables) {
          for await (const lines of inLines(read(table.name))) {
            await copyIn(client, { table, lines })
          }
          await compareCount(warehouse, table)
        }
        const { columns, lines: all } = fromDatabase(takenFromDatabase)
        for await (const lines of inLines(all)) {
          await copyIn(client, { table: { name: takenFromDatabase, columns }, lines })
        }
      })
      await warehouse.reloadAliases()
    },

    async clear(): Promise<void> {
      if ((await this.firstFull()) === undefined) return
      for (const { name } of await tablesOf(warehouse)) {
        await warehouse.command(
          'truncate table {table:Identifier}',
          { table: name },
          { maxMs: copyMs },
        )
      }
    },
  }
}

type Table = { readonly name: string; readonly columns: readonly string[] }
/** A table as it stands: its sorting key, and what decides between rows of one key (ReplacingMergeTree). */
type FoundTable = {
  readonly name: string
  readonly columns: string[]
  readonly key: string
  readonly engine: string
}

async function compareCount(
  warehouse: Warehouse,
  table: Table & { readonly rows: number },
): Promise<void> {
  const [row] = await warehouse.query<{ n: number }>(
    'select count() as n from {table:Identifier}',
    {
      table: table.name,
    },
  )
  if (row?.n !== table.rows) {
    throw new Error(
      `${table.name} has ${row?.n} rows after loading; the backup says ${table.rows}.`,
    )
  }
}

/** Tables of rows, with how ClickHouse sorts and replaces them. */
export async function tablesOf(warehouse: Warehouse): Promise<readonly FoundTable[]> {
  return await warehouse.query<FoundTable>(`
    select owner as name, groupArray(field) as columns, any(sorting) as key, any(kind) as engine from (
      select c.table as owner, c.name as field, t.sorting_key as sorting, t.engine as kind from system.columns c
      join system.tables t on t.database = c.database and t.name = c.table
      where c.database = currentDatabase() and t.engine like '%MergeTree' and c.table <> 'schema_migrations'
        and c.default_kind not in ('ALIAS', 'MATERIALIZED')
      order by c.table, c.position)
    group by owner order by owner`)
}

/**
 * What of a table belongs to the snapshot. Events: those up to where history is complete. Mirrors: of each key the newest row
 * up to the line; a key whose only row is newer (its older ones were merged away since) gives its oldest, as if of then, because
 * PostgreSQL may have forgotten the one that is gone.
 */
function selection(table: FoundTable): {
  readonly sql: string
  readonly limits: 'history' | 'line' | undefined
} {
  const from = `from ${identifier(table.name)}`
  const all = table.columns.map(identifier)
  const version = ['position', 'version'].find((name) => table.columns.includes(name))
  if (version === undefined || !table.columns.includes('shop')) {
    return { sql: `select ${all.join(', ')} ${from}`, limits: undefined }
  }
  const own = identifier(version)
  const limit = 'transform(shop, {shops:Array(UInt32)}, {limits:Array(UInt64)}, toUInt64(0))'
  if (!table.engine.includes('Replacing')) {
    return { sql: `select ${all.join(', ')} ${from} where ${own} <= ${limit}`, limits: 'history' }
  }
  const columns = all.map((name) =>
    name === own ? `least(source.${own}, ${limit}) as ${own}` : `source.${name}`,
  )
  const isOld = `source.${own} <= ${limit}`
  return {
    sql: `select ${columns.join(', ')} ${from} as source
      order by ${table.key}, ${isOld} desc, if(${isOld}, -toInt64(source.${own}), toInt64(source.${own}))
      limit 1 by ${table.key}`,
    limits: 'line',
  }
}

async function* copyOut(
  client: ClickHouseClient,
  {
    table,
    positions,
  }: { readonly table: FoundTable; readonly positions: readonly SnapshotPosition[] },
): AsyncGenerator<Uint8Array> {
  const { sql, limits } = selection(table)
  const params =
    limits === undefined
      ? {}
      : { shops: positions.map((one) => one.shop), limits: positions.map((one) => one[limits]) }
  yield* streamed(client, { name: table.name, sql, params })
}

/** Some columns of a shop's rows: as `selection` has them of all shops. */
export function copyRows(
  client: ClickHouseClient,
  of: {
    readonly table: FoundTable
    readonly columns: readonly string[]
    readonly shop: number
    readonly line: number
    readonly history: number
  },
): AsyncGenerator<Uint8Array> {
  const { table, columns, ...params } = of
  const whole = selection({ ...table, columns: [...table.columns] })
  const limit = whole.limits === 'history' ? params.history : params.line
  const sql = `select ${columns.map(identifier).join(', ')} from (${whole.sql}) where shop = {shop:UInt32}`
  return streamed(client, {
    name: table.name,
    sql,
    params: { shop: params.shop, shops: [params.shop], limits: [limit] },
  })
}
