import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'

export type FeedRow = {
  readonly id: number
  readonly name: string
  /** null: brought by hand. */
  readonly url: string | null
  readonly everyMinutes: number
  /** JSON of feed-fields.ts FeedMapping. */
  readonly mapping: string
  readonly missingRuns: number
  readonly isOn: boolean
  readonly nextAt: number | null
  readonly run: number
  readonly etag: string | null
  readonly modified: string | null
  readonly hash: string | null
  readonly products: number
  readonly confirmedHash: string | null
  readonly madeAt: number
}

export type RunState = 'running' | 'done' | 'unchanged' | 'waiting' | 'failed'
export type RunRow = {
  readonly feed: number
  readonly run: number
  readonly state: RunState
  readonly begunAt: number
  readonly endedAt: number | null
  readonly lines: number
  readonly told: number
  readonly refused: number
  readonly gone: number
  readonly problem: string | null
  readonly detail: string | null
}

const columns = (db: Database) => db`
  id, name, url, every_minutes as "everyMinutes", mapping, missing_runs as "missingRuns", is_on as "isOn", next_at as "nextAt",
  run, etag, modified, hash, products, confirmed_hash as "confirmedHash", made_at as "madeAt"`

/** All feeds of a shop, in the order they were made. */
export async function listFeeds(db: Database, shop: ShopId): Promise<readonly FeedRow[]> {
  return await db<FeedRow[]>`select ${columns(db)} from feeds where shop = ${shop} order by id`
}

/** One feed; undefined where the shop has none of this id. */
export async function readFeed(
  db: Database,
  shop: ShopId,
  id: number,
): Promise<FeedRow | undefined> {
  const [row] = await db<FeedRow[]>`
    select ${columns(db)} from feeds where shop = ${shop} and id = ${id}`
  return row
}

/** What is said of a feed in the settings. */
export type FeedSaid = Pick<
  FeedRow,
  'name' | 'url' | 'everyMinutes' | 'mapping' | 'missingRuns' | 'isOn' | 'nextAt'
>

/** Makes a feed unless the shop has as many as it may; answers its id. */
export async function insertFeed(
  db: Database,
  shop: ShopId,
  said: FeedSaid & { readonly madeAt: number; readonly limit: number },
): Promise<number | undefined> {
  const [row] = await db<{ id: number }[]>`
    insert into feeds (shop, name, url, every_minutes, mapping, missing_runs, is_on, next_at, made_at)
    select ${shop}, ${said.name}, ${said.url}, ${said.everyMinutes}, ${said.mapping}, ${said.missingRuns}, ${said.isOn},
           ${said.nextAt}, ${said.madeAt}
    where (select count(*) from feeds where shop = ${shop}) < ${said.limit}
    returning id`
  return row?.id
}

/** Changes what is said of a feed. A new address or mapping makes the file be read anew, whatever it was. */
export async function updateFeed(
  db: Database,
  shop: ShopId,
  { id, ...said }: FeedSaid & { readonly id: number },
): Promise<void> {
  await db`
    update feeds
    set name = ${said.name}, every_minutes = ${said.everyMinutes}, missing_runs = ${said.missingRuns}, is_on = ${said.isOn},
        next_at = ${said.nextAt},
        hash = case when url is distinct from ${said.url} or mapping <> ${said.mapping} then null else hash end,
        etag = case when url is distinct from ${said.url} or mapping <> ${said.mapping} then null else etag end,
        modified = case when url is distinct from ${said.url} or mapping <> ${said.mapping} then null else modified end,
        url = ${said.url}, mapping = ${said.mapping}
    where shop = ${shop} and id = ${id}`
}

/** Takes a feed away; nothing happens where there is none of this id. */
export async function deleteFeed(db: Database, shop: ShopId, id: number): Promise<void> {
  await db`delete from feeds where shop = ${shop} and id = ${id}`
}

/** Lets a feed be run at a time; `confirmedHash` is the short file that somebody said is right. */
export async function planFeed(
  db: Database,
  shop: ShopId,
  plan: { readonly id: number; readonly at: number; readonly confirmedHash?: string },
): Promise<void> {
  await db`
    update feeds set next_at = ${plan.at},
      etag = case when ${plan.confirmedHash ?? null}::text is null then etag end,
      modified = case when ${plan.confirmedHash ?? null}::text is null then modified end,
      confirmed_hash = coalesce(${plan.confirmedHash ?? null}, confirmed_hash)
    where shop = ${shop} and id = ${plan.id}`
}

/** The newest runs of feeds, newest first. */
export async function listRuns(
  db: Database,
  shop: ShopId,
  asked: { readonly feeds: readonly number[]; readonly each: number },
): Promise<readonly RunRow[]> {
  if (asked.feeds.length === 0) return []
  return await db<RunRow[]>`
    select r.* from unnest(${[...asked.feeds]}::int[]) as f(id)
    cross join lateral (
      select feed, run, state, begun_at as "begunAt", ended_at as "endedAt", lines, told, refused, gone, problem, detail
      from feed_runs where shop = ${shop} and feed = f.id order by run desc limit ${asked.each}
    ) r order by r.feed, r.run desc`
}

/** The file of the newest run that waits for somebody's word. */
export async function waitingHash(
  db: Database,
  shop: ShopId,
  feed: number,
): Promise<string | undefined> {
  const [row] = await db<{ state: RunState; hash: string | null }[]>`
    select state, hash from feed_runs where shop = ${shop} and feed = ${feed} order by run desc limit 1`
  return row?.state === 'waiting' ? (row.hash ?? undefined) : undefined
}

/** JSON of the lines that said no product; undefined when there is no such run. */
export async function readRefusals(
  db: Database,
  shop: ShopId,
  asked: { readonly feed: number; readonly run: number },
): Promise<string | undefined> {
  const [row] = await db<{ refusals: string | null }[]>`
    select refusals from feed_runs where shop = ${shop} and feed = ${asked.feed} and run = ${asked.run}`
  return row ? (row.refusals ?? '[]') : undefined
}
