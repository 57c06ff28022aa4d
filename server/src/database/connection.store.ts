import postgres from 'postgres'
import { isConnectionLost } from './connection-lost.ts'

/** int8 is a JavaScript number here: positions, times and amounts all stay below 2^53. */
export type Database = postgres.Sql<{ bigint: number | bigint }>
/** A transaction of `Database`: what `db.begin(async (tx) => ...)` hands out. */
export type Tx = postgres.TransactionSql<{ bigint: number | bigint }>

/**
 * Opens a pool. The URL is libpq's; a socket folder stands in the host, percent-encoded
 * (`postgres://user:secret@%2Frun%2Fpg/danggol`) or in `?host=`. `plansOnce`: statements are planned once a connection and not
 * for each set of parameters: right for a few statements that always find little, wrong for everything else.
 */
export function connectDatabase(
  url: string,
  options: { readonly max?: number; readonly plansOnce?: boolean } = {},
): Database {
  const socketFolder = socketFolderOf(url)
  const db: Database = postgres(url, {
    ...(socketFolder === undefined ? {} : { host: socketFolder }),
    max: options.max ?? 10,
    connect_timeout: 10,
    max_lifetime: null,
    onnotice: () => {},
    connection: {
      application_name: 'danggol',
      TimeZone: 'UTC',
      ...(options.plansOnce ? { plan_cache_mode: 'force_generic_plan' } : {}),
    },
    types: {
      bigint: {
        to: 20,
        from: [20],
        serialize: (value: number | bigint) => value.toString(),
        parse: (text: string): number | bigint => Number(text),
      },
    },
  })
  return Object.assign(db, { begin: surviving(db.begin) })
}

/**
 * The driver (3.4.9) answers a transaction whose connection was lost by a `rollback` on that connection: an exception nobody can
 * catch, or a query that never settles. Here such a transaction does nothing more; its promise is rejected all the same,
 * because the driver races the work against the connection's end.
 */
function surviving(begin: Database['begin']): Database['begin'] {
  const guarded = async (...given: readonly unknown[]): Promise<unknown> => {
    const work = given.at(-1) as (tx: Tx) => unknown
    const transaction = { isOver: false }
    const guardedWork = async (tx: Tx): Promise<unknown> => {
      try {
        return await work(refusingWhenOver(tx, transaction))
      } catch (error) {
        // Of statements sent together one failed: what else the work would send must not come after the rollback.
        transaction.isOver = true
        if (!isConnectionLost(error)) throw error
        return await new Promise<never>(() => {})
      }
    }
    const options = given.length > 1 ? [given[0] as string] : []
    try {
      return await (begin as (...all: readonly unknown[]) => Promise<unknown>)(
        ...options,
        guardedWork,
      )
    } catch (error) {
      transaction.isOver = true
      throw error
    }
  }
  return guarded as Database['begin']
}

/** Work that goes on after its transaction has ended, for whatever reason, must not reach a connection that is another's by now. */
function refusingWhenOver(tx: Tx, transaction: { readonly isOver: boolean }): Tx {
  return new Proxy(tx, {
    apply: (target, self, given) => {
      if (transaction.isOver) {
        throw Object.assign(new Error('this transaction is over, or its connection was lost'), {
          code: 'CONNECTION_CLOSED',
        })
      }
      return Reflect.apply(target, self, given)
    },
  })
}

function socketFolderOf(url: string): string | undefined {
  const parsed = new URL(url)
  const host = parsed.searchParams.get('host') ?? decodeURIComponent(parsed.hostname)
  return host.startsWith('/') ? host : undefined
}
