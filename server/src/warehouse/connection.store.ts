import { type ClickHouseSettings, createClient } from '@clickhouse/client'

/** Queries that may run longer than this share one session of the embedded engine: pass `maxMs` above it for reports and exports. */
export const shortQueryMaxMs = 10_000

export type QueryOptions = {
  /** The query is stopped after this many milliseconds; 10 s unless told. */
  readonly maxMs?: number
  /** Aborting stops the work, not only the waiting. */
  readonly signal?: AbortSignal
  readonly settings?: ClickHouseSettings
}

/** The values of each column, in the order of the rows. */
type Columns<T> = { readonly [C in keyof T]?: readonly T[C][] }

export type Warehouse = ReturnType<typeof connectWarehouse>

const always: ClickHouseSettings = {
  async_insert: 0,
  date_time_input_format: 'best_effort',
  date_time_output_format: 'iso',
  output_format_json_quote_64bit_integers: 0,
}

/**
 * Opens ClickHouse over HTTP. Rows come as JSON: 64-bit integers and decimals are numbers (ask for `toString(x)` where more
 * than 15 digits matter), DateTime64 is ISO text in UTC. `{name:Type}` parameters only; values are never written into SQL.
 */
export function connectWarehouse(at: { readonly url: string; readonly database: string }) {
  const client = createClient({
    url: at.url,
    database: at.database,
    application: 'danggol',
    request_timeout: 3_600_000,
    // Long lists of values would make the URL longer than servers read.
    use_multipart_params_auto: true,
    max_open_connections: 20,
    // The embedded host drops idle connections after 60 s; the client must let go first.
    keep_alive: { enabled: true, idle_socket_ttl: 20_000 },
    log: { level: 127 },
    clickhouse_settings: always,
  })

  return {
    url: at.url,
    database: at.database,

    /** All rows of a SELECT. Bound the rows in the SQL: they are held in memory. */
    async query<T>(
      sql: string,
      params: Readonly<Record<string, unknown>> = {},
      options: QueryOptions = {},
    ): Promise<readonly T[]> {
      const result = await client.query({
        query: sql,
        format: 'JSONEachRow',
        ...shared(params, options),
      })
      return await result.json<T>()
    },

    /** The same column by column, none where there is no row: many rows are read in one piece, which takes a third of the time. */
    async columns<T>(
      sql: string,
      params: Readonly<Record<string, unknown>> = {},
      options: QueryOptions = {},
    ): Promise<Columns<T>> {
      const format = 'JSONColumnsWithMetadata'
      const result = await client.query({ query: sql, format, ...shared(params, options) })
      return (await result.json<T>()).data as unknown as Columns<T>
    },

    /** Rows of a SELECT in batches, as they arrive; stop early by leaving the loop. */
    async *stream<T>(
      sql: string,
      params: Readonly<Record<string, unknown>> = {},
      options: QueryOptions = {},
    ): AsyncGenerator<readonly T[]> {
      const result = await client.query({
        query: sql,
        format: 'JSONEachRow',
        ...shared(params, options),
      })
      const batches = result.stream<T>()
      try {
        for await (const batch of batches) yield batch.map((row) => row.json<T>())
      } finally {
        batches.destroy()
      }
    },

    /** Inserts rows as one block; the same block under the same token counts once, within the table's deduplication window. */
    async insert(
      table: string,
      rows: readonly Readonly<Record<string, unknown>>[],
      options: { readonly token?: string } = {},
    ): Promise<void> {
      if (rows.length === 0) return
      await client.insert({
        table,
        values: rows as Record<string, unknown>[],
        format: 'JSONEachRow',
        clickhouse_settings:
          options.token === undefined
            ? {}
            : { insert_deduplicate: 1, insert_deduplication_token: options.token },
      })
    },

    /** A statement without rows: DDL, ALTER, SYSTEM. */
    async command(
      sql: string,
      params: Readonly<Record<string, unknown>> = {},
      options: QueryOptions = {},
    ): Promise<void> {
      await client.command({ query: sql, ...shared(params, options) })
    },

    /** Makes merges known to `survivor_of`; call after writing aliases and before answering with them. */
    async reloadAliases(): Promise<void> {
      await client.command({ query: 'system reload dictionary survivor_of' })
    },

    async ping(): Promise<boolean> {
      return (await client.ping()).success
    },

    async close(): Promise<void> {
      await client.close()
    },
  }
}

function shared(params: Readonly<Record<string, unknown>>, options: QueryOptions) {
  // The client listens for an abort that comes; one that came already must not start the work.
  options.signal?.throwIfAborted()
  return {
    query_params: params,
    ...(options.signal === undefined ? {} : { abort_signal: options.signal }),
    clickhouse_settings: {
      ...options.settings,
      max_execution_time: (options.maxMs ?? shortQueryMaxMs) / 1_000,
    },
  }
}
