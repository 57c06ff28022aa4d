import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { FeedRow, RunState } from './feeds.store.ts'

export type DueFeed = FeedRow & { readonly shop: ShopId }
export type Lease = { readonly by: string; readonly now: number; readonly until: number }

/** Takes a feed whose time has come and that nobody works on, and begins a run of it. All shops. */
export async function takeFeed(db: Database, lease: Lease): Promise<DueFeed | undefined> {
  const [row] = await db<DueFeed[]>`
    update feeds set leased_by = ${lease.by}, leased_until = ${lease.until}, run = run + 1
    where (shop, id) = (
      select shop, id from feeds
      where next_at <= ${lease.now} and (leased_until is null or leased_until <= ${lease.now})
      order by next_at limit 1 for update skip locked
    )
    returning shop, id, name, url, every_minutes as "everyMinutes", mapping, missing_runs as "missingRuns", is_on as "isOn",
      next_at as "nextAt", run, etag, modified, hash, products, confirmed_hash as "confirmedHash", made_at as "madeAt"`
  if (!row) return undefined
  // What a killed worker left running has ended with it.
  await db`
    update feed_runs set state = 'failed', ended_at = ${lease.now}, problem = 'stopped'
    where shop = ${row.shop} and feed = ${row.id} and state = 'running'`
  await db`
    insert into feed_runs (shop, feed, run, state, begun_at)
    values (${row.shop}, ${row.id}, ${row.run}, 'running', ${lease.now})`
  return row
}

/** Notes how far it came and keeps the lease; false when another worker has the feed by now, or it is gone. */
export async function noteRun(
  db: Database,
  feed: Pick<DueFeed, 'shop' | 'id' | 'run'>,
  noted: Lease & { readonly lines: number; readonly told: number },
): Promise<boolean> {
  const kept = await db`
    update feeds set leased_until = ${noted.until}
    where shop = ${feed.shop} and id = ${feed.id} and run = ${feed.run} and leased_by = ${noted.by}`
  if (kept.count === 0) return false
  await db`
    update feed_runs set lines = ${noted.lines}, told = ${noted.told}
    where shop = ${feed.shop} and feed = ${feed.id} and run = ${feed.run}`
  return true
}

export type Ended = {
  readonly state: RunState
  readonly at: number
  readonly nextAt: number | null
  readonly hash: string | null
  readonly lines: number
  readonly told: number
  readonly refused: number
  readonly gone: number
  readonly problem: string | null
  readonly detail: string | null
  /** JSON of the first refused lines. */
  readonly refusals: string | null
  /** What was taken: the next run asks whether it changed. */
  readonly taken?: { readonly etag: string | null; readonly modified: string | null }
}

/** Runs of a feed that are kept. */
const runsKept = 50

/** The run is over, and so is the lease. */
export async function endRun(
  db: Database,
  feed: Pick<DueFeed, 'shop' | 'id' | 'run'>,
  ended: Ended,
): Promise<void> {
  const { shop, id, run } = feed
  await db.begin(async (tx) => {
    await tx`
      update feed_runs
      set state = ${ended.state}, ended_at = ${ended.at}, hash = ${ended.hash}, lines = ${ended.lines}, told = ${ended.told},
          refused = ${ended.refused}, gone = ${ended.gone}, problem = ${ended.problem}, detail = ${ended.detail},
          refusals = ${ended.refusals}
      where shop = ${shop} and feed = ${id} and run = ${run}`
    await tx`
      update feeds set leased_by = null, leased_until = null, next_at = ${ended.nextAt}
      where shop = ${shop} and id = ${id} and run = ${run}`
    if (ended.taken) {
      await tx`
        update feeds
        set hash = ${ended.hash}, etag = ${ended.taken.etag}, modified = ${ended.taken.modified}, products = ${ended.lines},
            confirmed_hash = null
        where shop = ${shop} and id = ${id} and run = ${run}`
    }
    await tx`delete from feed_runs where shop = ${shop} and feed = ${id} and run <= ${run - runsKept}`
  })
}

/** A stopped worker gives the feed back: the next one begins anew. */
export async function leaveFeed(
  db: Database,
  feed: Pick<DueFeed, 'shop' | 'id' | 'run'>,
): Promise<void> {
  await db`
    update feeds set leased_by = null, leased_until = null
    where shop = ${feed.shop} and id = ${feed.id} and run = ${feed.run}`
}

type FeedKey = { readonly shop: ShopId; readonly id: number }

/** What the feed said of these last. */
export async function itemsOf(
  db: Database,
  feed: FeedKey,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly hash: string; readonly isGone: boolean }>> {
  const rows = await db<{ id: string; hash: string; isGone: boolean }[]>`
    select id, hash, is_gone as "isGone" from feed_items
    where shop = ${feed.shop} and feed = ${feed.id} and id = any(${[...ids]}::text[])`
  return new Map(rows.map((row) => [row.id, row]))
}

/** The feed said this; what it said is in the log already. */
export async function saveItems(
  db: Database,
  feed: FeedKey,
  items: readonly { readonly id: string; readonly hash: string }[],
): Promise<void> {
  await db`
    insert into feed_items (shop, feed, id, hash)
    select ${feed.shop}, ${feed.id}, u.id, u.hash
    from unnest(${items.map(({ id }) => id)}::text[], ${items.map(({ hash }) => hash)}::text[]) as u(id, hash)
    on conflict (shop, feed, id) do update set hash = excluded.hash, missed = 0, is_gone = false`
}

/** Products of the feed that are for sale as far as it goes, in order of id. */
export async function pageOfItems(
  db: Database,
  feed: FeedKey,
  page: {
    readonly after: string
    readonly limit: number
    /** Only those that were missing in the last file. */
    readonly missedOnly: boolean
  },
): Promise<readonly { readonly id: string; readonly missed: number }[]> {
  return await db<{ id: string; missed: number }[]>`
    select id, missed from feed_items
    where shop = ${feed.shop} and feed = ${feed.id} and not is_gone and id > ${page.after}
      ${page.missedOnly ? db`and missed > 0` : db``}
    order by id limit ${page.limit}`
}

/** How often products were missing; those of `gone` are no longer for sale. */
export async function saveMissed(
  db: Database,
  feed: FeedKey,
  said: {
    readonly missing: readonly string[]
    readonly back: readonly string[]
    readonly gone: readonly string[]
  },
): Promise<void> {
  const of = db`shop = ${feed.shop} and feed = ${feed.id}`
  if (said.missing.length > 0)
    await db`update feed_items set missed = missed + 1 where ${of} and id = any(${[...said.missing]}::text[])`
  if (said.back.length > 0)
    await db`update feed_items set missed = 0 where ${of} and id = any(${[...said.back]}::text[])`
  if (said.gone.length > 0)
    await db`update feed_items set is_gone = true where ${of} and id = any(${[...said.gone]}::text[])`
}
