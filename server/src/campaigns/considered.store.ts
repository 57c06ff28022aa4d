import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { KeptReason } from './decided-by.ts'

/** Somebody who was considered for a campaign and did not enter. */
export type ConsideredRow = {
  readonly campaign: number
  readonly customer: number
  readonly why: KeptReason
  /** UTC ms */
  readonly at: number
  /** What decided it, JSON. */
  readonly data: string
}

/** One row a person, campaign and reason: the newest data, how often, since when. */
export async function saveConsidered(
  tx: Tx,
  shop: ShopId,
  rows: readonly ConsideredRow[],
): Promise<void> {
  if (rows.length === 0) return
  await tx`
    insert into considered as c (shop, campaign, customer, why, first_at, last_at, times, data)
    select ${shop}, u.campaign, u.customer, u.why, u.at, u.at, 1, u.data
    from unnest(
      ${rows.map((row) => row.campaign)}::bigint[], ${rows.map((row) => row.customer)}::bigint[],
      ${rows.map((row) => row.why)}::text[], ${rows.map((row) => row.at)}::bigint[],
      ${rows.map((row) => row.data)}::text[]
    ) as u(campaign, customer, why, at, data)
    on conflict (shop, campaign, why, customer) do update
    set last_at = greatest(c.last_at, excluded.last_at), times = c.times + 1, data = excluded.data`
}

/** What is kept of merged people goes to their survivors, added up. */
export async function moveConsidered(
  tx: Tx,
  shop: ShopId,
  merges: readonly { readonly from: number; readonly to: number }[],
): Promise<void> {
  if (merges.length === 0) return
  await tx`
    with gone as (
      delete from considered c using unnest(
        ${merges.map(({ from }) => from)}::bigint[], ${merges.map(({ to }) => to)}::bigint[]
      ) as m(gone, kept)
      where c.shop = ${shop} and c.customer = m.gone
      returning c.campaign, m.kept, c.why, c.first_at, c.last_at, c.times, c.data
    )
    insert into considered as c (shop, campaign, customer, why, first_at, last_at, times, data)
    select ${shop}, campaign, kept, why, min(first_at), max(last_at), sum(times),
           (array_agg(data order by last_at desc))[1]
    from gone group by campaign, kept, why
    on conflict (shop, campaign, why, customer) do update
    set first_at = least(c.first_at, excluded.first_at), last_at = greatest(c.last_at, excluded.last_at),
        times = c.times + excluded.times,
        data = case when excluded.last_at > c.last_at then excluded.data else c.data end`
}

/** Forgets what is kept of erased people. */
export async function eraseConsidered(
  tx: Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<void> {
  await tx`delete from considered where shop = ${shop} and customer = any(${[...customers]}::bigint[])`
}

/** People looked at to tell how old the oldest row may be. */
const sampledRows = 20_000

/**
 * When (UTC ms) the newest `most` rows begin, told from a sample of the table; undefined where there are no more than those. The
 * count is the planner's, which is a day old at most.
 */
export async function consideredSince(db: Database, most: number): Promise<number | undefined> {
  const [size] = await db<{ rows: number }[]>`
    select reltuples::float8 as rows from pg_class where oid = 'considered'::regclass`
  const rows = size?.rows ?? 0
  if (rows <= most) return undefined
  const percent = Math.min(100, (100 * sampledRows) / rows)
  const [cut] = await db<{ at: number | null }[]>`
    select percentile_disc(${1 - most / rows}::float8) within group (order by last_at) as at
    from considered tablesample system (${percent}::real)`
  return cut?.at ?? undefined
}

/** Deletes a bite of what last happened before `before` (UTC ms); answers how much. */
export async function pruneConsidered(
  db: Database,
  asked: { readonly before: number; readonly limit: number },
): Promise<number> {
  const gone = await db`
    delete from considered where ctid = any(array(
      select ctid from considered where last_at < ${asked.before} limit ${asked.limit}))`
  return gone.count
}
