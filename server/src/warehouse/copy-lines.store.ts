import { Readable } from 'node:stream'
import { type ClickHouseClient, createClient } from '@clickhouse/client'

/** Longest that a statement of a copy may take. */
export const copyMs = 6 * 3_600_000
const loadBytes = 8 * 1024 * 1024
/** Where ClickHouse reports an error after rows were sent; tab-separated text holds no bare carriage return. */
const brokenOff = '\r\n__exception__\r\n'

/** Rows of a SELECT as lines of tab-separated text; throws when ClickHouse broke off in the middle. */
export async function* streamed(
  client: ClickHouseClient,
  of: {
    readonly name: string
    readonly sql: string
    readonly params: Readonly<Record<string, unknown>>
  },
): AsyncGenerator<Uint8Array> {
  const answer = await client.exec({
    query: `${of.sql} format TabSeparated`,
    query_params: of.params,
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
      `ClickHouse broke off while ${of.name} was copied: ${tail.subarray(tail.indexOf(brokenOff)).toString()}`,
    )
  }
}

/** Inserts whole lines of tab-separated text. */
export async function copyIn(
  client: ClickHouseClient,
  {
    table,
    lines,
  }: {
    readonly table: { readonly name: string; readonly columns: readonly string[] }
    readonly lines: Buffer
  },
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
export async function* inLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
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

/** A name as it stands in SQL. */
export function identifier(name: string): string {
  return `\`${name.replace(/[\\`]/g, '\\$&')}\``
}

/** A client that waits as long as a copy takes. */
export async function withClient<T>(
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
