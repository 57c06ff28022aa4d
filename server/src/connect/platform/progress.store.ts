import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { PlatformResource } from './rows.ts'

export type RunKind = 'backfill' | 'look' | 'sweep'

/** How far a resource of a connection is brought, and the look under way. */
export type ProgressRow = {
  readonly shop: ShopId
  readonly connection: number
  readonly resource: PlatformResource
  readonly state: 'waiting' | 'backfill' | 'following'
  readonly watermark: number | null
  readonly sweptAt: number | null
  readonly runKind: RunKind | null
  readonly runFrom: number | null
  readonly runTo: number | null
  readonly runBegunAt: number | null
  readonly cursor: string | null
  readonly done: number
  readonly total: number | null
  readonly refused: number
  /** JSON. */
  readonly refusals: string | null
  readonly nextAt: number
  readonly tries: number
  readonly error: string | null
  readonly detail: string | null
  readonly broughtAt: number | null
  readonly leasedBy: string | null
}

const columns = (db: Database | Tx) => db`
  shop, connection, resource, state, watermark, swept_at as "sweptAt", run_kind as "runKind", run_from as "runFrom",
  run_to as "runTo", run_begun_at as "runBegunAt", cursor, done, total, refused, refusals, next_at as "nextAt", tries, error,
  detail, brought_at as "broughtAt", leased_by as "leasedBy"`

/** Makes the rows of a connection, or lets what failed try again now. */
export async function beginProgress(
  db: Database | Tx,
  of: { readonly shop: ShopId; readonly connection: number },
  made: { readonly resources: readonly PlatformResource[]; readonly now: number },
): Promise<void> {
  await db`
    insert into connection_progress (shop, connection, resource, state, next_at)
    select ${of.shop}, ${of.connection}, u.resource, 'waiting', ${made.now}
    from unnest(${[...made.resources]}::text[]) as u(resource)
    on conflict (shop, connection, resource) do update set next_at = ${made.now}, tries = 0, error = null, detail = null`
}

/** How far each connection has brought each resource. */
export async function readProgress(
  db: Database | Tx,
  shop: ShopId,
): Promise<readonly ProgressRow[]> {
  return await db<ProgressRow[]>`
    select ${columns(db)} from connection_progress where shop = ${shop} order by connection, resource`
}

/**
 * Takes the resource whose time has come first, of connections that work and that nobody pulls: one worker a connection, for they
 * share its calls. People come before what they bought.
 */
export async function takeProgress(
  db: Database,
  lease: { readonly by: string; readonly now: number; readonly until: number },
): Promise<ProgressRow | undefined> {
  const [row] = await db<ProgressRow[]>`
    update connection_progress set leased_by = ${lease.by}, leased_until = ${lease.until}
    where (shop, connection, resource) = (
      select p.shop, p.connection, p.resource
      from connection_progress p join connections c on c.shop = p.shop and c.id = p.connection and c.state = 'connected'
      where p.next_at <= ${lease.now}
        and p.shop not in (select id from shops where restored_at is not null)
        and not exists (
          select 1 from connection_progress o
          where o.shop = p.shop and o.connection = p.connection and o.leased_until > ${lease.now}
        )
      order by array_position(array['backfill', 'waiting', 'following'], p.state),
        array_position(array['products', 'members', 'orders', 'coupons'], p.resource), p.next_at
      limit 1 for update of p, c skip locked
    )
    returning ${columns(db)}`
  return row
}

/** The next look comes now instead of at its time; one that failed and rests goes on resting. */
export async function lookSooner(
  db: Database | Tx,
  of: Pick<ProgressRow, 'shop' | 'connection' | 'resource'>,
  now: number,
): Promise<void> {
  await db`
    update connection_progress set next_at = least(next_at, ${now})
    where shop = ${of.shop} and connection = ${of.connection} and resource = ${of.resource} and tries = 0`
}

/** What a look has come to; written in the transaction that writes what it brought. Answers false when the lease is another's. */
export async function noteProgress(
  db: Database | Tx,
  of: Pick<ProgressRow, 'shop' | 'connection' | 'resource'>,
  noted: Omit<ProgressRow, 'shop' | 'connection' | 'resource' | 'leasedBy'> & {
    readonly by: string
    /** null gives the lease back. */
    readonly leasedUntil: number | null
  },
): Promise<boolean> {
  const written = await db`
    update connection_progress set
      state = ${noted.state}, watermark = ${noted.watermark}, swept_at = ${noted.sweptAt}, run_kind = ${noted.runKind},
      run_from = ${noted.runFrom}, run_to = ${noted.runTo}, run_begun_at = ${noted.runBegunAt}, cursor = ${noted.cursor},
      done = ${noted.done}, total = ${noted.total}, refused = ${noted.refused}, refusals = ${noted.refusals},
      next_at = ${noted.nextAt}, tries = ${noted.tries}, error = ${noted.error}, detail = ${noted.detail},
      brought_at = ${noted.broughtAt}, leased_until = ${noted.leasedUntil},
      leased_by = ${noted.leasedUntil === null ? null : noted.by}
    where shop = ${of.shop} and connection = ${of.connection} and resource = ${of.resource} and leased_by = ${noted.by}`
  return written.count > 0
}

/** A stopped worker gives it back; the next one goes on at the cursor. */
export async function leaveProgress(
  db: Database,
  of: Pick<ProgressRow, 'shop' | 'connection' | 'resource'>,
  by: string,
): Promise<void> {
  await db`
    update connection_progress set leased_by = null, leased_until = null
    where shop = ${of.shop} and connection = ${of.connection} and resource = ${of.resource} and leased_by = ${by}`
}
