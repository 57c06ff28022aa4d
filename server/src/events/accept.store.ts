import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { LogRow } from './logged.ts'

/** A row on its way into the log, and what it is remembered under. */
export type Arriving = { readonly key: string; readonly row: LogRow }

/** JSON text never holds it unescaped. */
const separator = '\u001e'

/**
 * Appends rows of one shop at dense positions, once per key; one statement, which outside a transaction is one commit.
 * Answers the indices (from 0) that were new, or 'all'.
 */
export async function appendRows(
  db: Database | Tx,
  shop: ShopId,
  arriving: readonly Arriving[],
): Promise<readonly number[] | 'all'> {
  const rows = arriving.map((one) => one.row)
  const [answer] = await db<[{ fresh: number[] | null }]>`
    select append_happenings(
      ${shop},
      ${arriving.map((one) => one.key)}::text[],
      ${rows.map((row) => row.kind)}::text[],
      ${rows.map((row) => row.name)}::text[],
      ${rows.map((row) => row.at)}::bigint[],
      ${rows.map((row) => row.receivedAt)}::bigint[],
      ${rows.map((row) => row.importId)}::text[],
      ${rows.map((row) => row.ids).join(separator)}::text,
      ${rows.map((row) => row.body).join(separator)}::text
    ) as fresh`
  return answer.fresh === null ? 'all' : answer.fresh.map((ordinal) => ordinal - 1)
}

/** How far the line lies behind the log's head; `oldestAt` is when the oldest unprocessed row was received (UTC ms). */
export type Backlog = { readonly rows: number; readonly oldestAt: number | null }

/** How many accepted events wait for the line, and since when the first (milliseconds; null where none). */
export async function readBacklog(db: Database, shop: ShopId): Promise<Backlog> {
  const [backlog] = await db<[{ rows: number; oldest_at: number | null }]>`
    with place as (
      select coalesce((select head from log_heads where shop = ${shop}), 0) as head,
             coalesce((select position from lanes where shop = ${shop} and name = 'line'), 0) as position
    )
    select head - position as rows,
           (select received_at from log where log.shop = ${shop} and log.position = place.position + 1) as oldest_at
    from place`
  return { rows: backlog.rows, oldestAt: backlog.oldest_at }
}
