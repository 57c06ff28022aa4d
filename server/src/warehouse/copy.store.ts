import { Readable } from 'node:stream'
import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { z } from 'zod'
import type { Warehouse } from './connection.store.ts'
import { migrateWarehouse } from './migrate.store.ts'

type Write = (table: string, bytes: AsyncIterable<Uint8Array>) => Promise<number>
type Read = (table: string) => AsyncIterable<Uint8Array>

/** Up to where history is complete, by shop: rows beyond it are written again from PostgreSQL's log. */
export type HistoryPosition = { readonly shop: number; readonly history: number }

export const WarehouseSnapshot = z.object({
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number() })),
})
export type WarehouseSnapshot = z.infer<typeof WarehouseSnapshot>

export type WarehouseCopy = ReturnType<typeof warehouseCopy>

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
    async dump(positions: readonly HistoryPosition[], write: Write): Promise<WarehouseSnapshot> {
      return await withClient(warehouse, async (client) => {
        const tables: WarehouseSnapshot['tables'] = []
        for (const table of await tablesOf(warehouse)) {
          const rows = await write(table.name, copyOut(client, { table, positions }))
          tables.push({ name: table.name, columns: table.columns, rows })
        }
        return { tables }
      })
    },

    async firstFull(): Promise<string | undefined> {
      const [row] = await warehouse.query<{ name: string }>(`
        select name from system.tables
        where database = currentDatabase() and name <> 'schema_migrations' and total_rows > 0 limit 1`)
      return row?.name
    },

    /** Lays out the tables, loads them and compares the counts; after a failure nothing is left in them. */
    async load(snapshot: unknown, read: Read): Promise<void> {
      const wanted = WarehouseSnapshot.parse(snapshot)
      await migrateWarehouse(warehouse)
      await withClient(warehouse, async (client) => {
        for (const table of wanted.tables) {
          for await (const lines of inLines(read(table.name)))
            await copyIn(client, { table, lines })
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
      })
      await warehouse.reloadAliases()
    },

    async clear(): Promise<void> {
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

type Table = { readonly name: string; readonly columns: string[] }

async function tablesOf(warehouse: Warehouse): Promise<readonly Table[]> {
  return await warehouse.query<Table>(`
    select owner as name, groupArray(field) as columns from (
      select c.table as owner, c.name as field from system.columns c
      join system.tables t on t.database = c.database and t.name = c.table
      where c.database = currentDatabase() and t.engine like '%MergeTree' and c.table <> 'schema_migrations'
        and c.default_kind not in ('ALIAS', 'MATERIALIZED')
      order by c.table, c.position)
    group by owner order by owner`)
}

async function* copyOut(
  client: ClickHouseClient,
  { table, positions }: { readonly table: Table; readonly positions: readonly HistoryPosition[] },
): AsyncGenerator<Uint8Array> {
  const cut = ['position', 'version'].find((name) => table.columns.includes(name))
  const isCut = cut !== undefined && table.columns.includes('shop')
  const where = isCut
    ? `where ${identifier(cut)} <= transform(toUInt32(shop), {shops:Array(UInt32)}, {limits:Array(UInt64)}, toUInt64(0))`
    : ''
  const answer = await client.exec({
    query: `select ${table.columns.map(identifier).join(', ')} from ${identifier(table.name)} ${where} format TabSeparated`,
    query_params: isCut
      ? { shops: positions.map((one) => one.shop), limits: positions.map((one) => one.history) }
      : {},
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
  warehouse: Warehouse,
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
