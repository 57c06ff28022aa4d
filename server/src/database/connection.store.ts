import postgres from 'postgres'

/** int8 is a JavaScript number here: positions, times and amounts all stay below 2^53. */
export type Database = postgres.Sql<{ bigint: number | bigint }>
/** A transaction of `Database`: what `db.begin(async (tx) => ...)` hands out. */
export type Tx = postgres.TransactionSql<{ bigint: number | bigint }>

/**
 * Opens a pool. The URL is libpq's; a socket folder stands in the host, percent-encoded
 * (`postgres://user:secret@%2Frun%2Fpg/danggol`) or in `?host=`.
 */
export function connectDatabase(url: string, options: { readonly max?: number } = {}): Database {
  const socketFolder = socketFolderOf(url)
  return postgres(url, {
    ...(socketFolder === undefined ? {} : { host: socketFolder }),
    max: options.max ?? 10,
    connect_timeout: 10,
    max_lifetime: null,
    onnotice: () => {},
    connection: { application_name: 'danggol', TimeZone: 'UTC' },
    types: {
      bigint: {
        to: 20,
        from: [20],
        serialize: (value: number | bigint) => value.toString(),
        parse: (text: string): number | bigint => Number(text),
      },
    },
  })
}

function socketFolderOf(url: string): string | undefined {
  const parsed = new URL(url)
  const host = parsed.searchParams.get('host') ?? decodeURIComponent(parsed.hostname)
  return host.startsWith('/') ? host : undefined
}
