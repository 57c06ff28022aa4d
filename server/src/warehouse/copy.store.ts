import { Readable } from 'node:stream'
import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { z } from 'zod'
import type { Warehouse } from './connection.store.ts'
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
const copyMs = 6 * 3_600_000
const loadBytes = 8 * 1024 * 1024
/** Where ClickHouse reports an error after rows were sent; tab-separated text holds no bare carriage return. */
const brokenOff = '\r\n__exception__\r\n'

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

async function tablesOf(warehouse: Warehouse): Promise<readonly FoundTable[]> {
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
    name === own ? `least(source.${own}, ${limit})` : `source.${name}`,
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
  const answer = await client.exec({
    query: `${sql} format TabSeparated`,
    query_params:
      limits === undefined
        ? {}
        : { shops: positions.map((one) => one.shop), limits: positions.map((one) => one[limits]) },
    clickhouse_settings: { max_execution_time: copyMs / 1_000, date_time_output_format: 'simple' },
  })
  let tail = Buffer.alloc(0)
  for await (const chunk of answer.stream) {
    const bytes = chunk as Buffer
    tail = Buffer.concat([tail, bytes]).subarray(-65_536)
    yield bytes
  }
  if (tail.includes(brokenOff)) {
    throw new Error(
      `ClickHouse broke off while ${table.name} was copied: ${tail.subarray(tail.indexOf(brokenOff)).toString()}`,
    )
  }
}

async function copyIn(
  client: ClickHouseClient,
  { table, lines }: { readonly table: Table; readonly lines: Buffer },
): Promise<void> {
  const { stream } = await client.exec({
    query: `insert into ${identifier(table.name)} (${table.columns.map(identifier).join(', ')}) format TabSeparated`,
    values: Readable.from([lines]),
    clickhouse_settings: {
      max_execution_time: copyMs / 1_000,
      async_insert: 0,
      // Two equal blocks of a backup are two blocks.
      insert_deduplicate: 0,
      max_partitions_per_insert_block: '0',
      date_time_input_format: 'basic',
    },
  })
  stream.resume()
  await new Promise((resolve, reject) => stream.once('end', resolve).once('error', reject))
}

/** Cuts bytes into pieces of about 8 MiB that end with a line; tab-separated text escapes line ends inside values. */
async function* inLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of bytes) {
    parts.push(chunk)
    length += chunk.length
    if (length < loadBytes) continue
    const whole = Buffer.concat(parts)
    const end = whole.lastIndexOf(10) + 1
    if (end > 0) yield whole.subarray(0, end)
    parts = [whole.subarray(end)]
    length = whole.length - end
  }
  if (length > 0) yield Buffer.concat(parts)
}

function identifier(name: string): string {
  return `\`${name.replace(/[\\`]/g, '\\$&')}\``
}

async function withClient<T>(
  warehouse: { readonly url: string; readonly database: string },
  work: (client: ClickHouseClient) => Promise<T>,
): Promise<T> {
  const client = createClient({
    url: warehouse.url,
    database: warehouse.database,
    request_timeout: copyMs,
    log: { level: 127 },
  })
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}
