import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** Notes that a recipe asks for what a segment buys; whether it was not asked for before. */
export async function wantSegment(
  db: Database,
  shop: ShopId,
  { segment, now }: { readonly segment: number; readonly now: number },
): Promise<boolean> {
  const [row] = await db<{ fresh: boolean }[]>`
    insert into recommendation_segments (shop, segment, asked_at)
    select shop, id, ${now} from segments where shop = ${shop} and id = ${segment} and archived_at is null
    on conflict (shop, segment) do update set asked_at = excluded.asked_at
    returning xmax = 0 as fresh`
  return row?.fresh ?? false
}

/** Living segments that recipes asked for since then, those asked for last first. */
export async function wantedSegments(
  db: Database,
  shop: ShopId,
  { since, limit }: { readonly since: number; readonly limit: number },
): Promise<readonly number[]> {
  const rows = await db<{ segment: number }[]>`
    select w.segment from recommendation_segments w
    join segments s on s.shop = w.shop and s.id = w.segment and s.archived_at is null
    where w.shop = ${shop} and w.asked_at >= ${since}
    order by w.asked_at desc, w.segment limit ${limit}`
  return rows.map((row) => row.segment)
}

/** Members of a segment after this one, by id; of many, those whom the hash takes: one in so many that `most` are left. */
export async function membersAfter(
  db: Database,
  shop: ShopId,
  asked: {
    readonly segment: number
    readonly share: number
    readonly after: number
    readonly limit: number
  },
): Promise<readonly number[]> {
  const { segment, share, after, limit } = asked
  const rows = await db<{ customer: number }[]>`
    select customer from memberships
    where shop = ${shop} and segment = ${segment} and customer > ${after} and hashint8(customer) % ${share} = 0
    order by customer limit ${limit}`
  return rows.map((row) => row.customer)
}

/** How many members a segment has. */
export async function membersCount(db: Database, shop: ShopId, segment: number): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*)::int as count from memberships where shop = ${shop} and segment = ${segment}`
  return row?.count ?? 0
}
