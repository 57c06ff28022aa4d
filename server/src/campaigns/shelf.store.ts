import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** Lays campaigns into a folder, or out of any (null). Answers how many there are. */
export async function layInto(
  db: Database,
  shop: ShopId,
  laid: { readonly ids: readonly number[]; readonly folder: string | null },
): Promise<number> {
  const rows = await db`
    update campaigns set folder = ${laid.folder}
    where shop = ${shop} and id = any(${[...laid.ids]}::bigint[]) returning id`
  return rows.length
}

/** Puts a campaign away (UTC ms) or takes it out again (null); answers false when it runs and so can't be put away. */
export async function putAway(
  db: Database,
  shop: ShopId,
  asked: { readonly id: number; readonly at: number | null },
): Promise<boolean> {
  const rows = await db`
    update campaigns set archived_at = ${asked.at}
    where shop = ${shop} and id = ${asked.id} and (${asked.at}::bigint is null or state in ('draft', 'stopped'))
    returning id`
  return rows.length > 0
}

export type Folder = { readonly name: string; readonly campaigns: number }

/** The folders that have campaigns in them, by name. */
export async function listFolders(db: Database, shop: ShopId): Promise<readonly Folder[]> {
  return await db<Folder[]>`
    select folder as name, count(*)::int as campaigns from campaigns
    where shop = ${shop} and folder is not null and archived_at is null group by folder order by folder`
}

export type VersionRow = {
  readonly version: number
  /** JSON of the flow as it was published. */
  readonly flow: string
  /** The member's name, or `key:3`. */
  readonly by: string
  readonly at: number
}

/** Published versions, newest first. */
export async function listVersions(
  db: Database,
  shop: ShopId,
  asked: { readonly campaign: number; readonly before: number | undefined; readonly limit: number },
): Promise<readonly VersionRow[]> {
  return await db<VersionRow[]>`
    select v.version, v.flow, coalesce(m.name, v.published_by) as by, v.published_at as at
    from campaign_versions v
    left join members m on m.shop = v.shop and v.published_by = 'member:' || m.id
    where v.shop = ${shop} and v.campaign = ${asked.campaign}
      and (${asked.before ?? null}::int is null or v.version < ${asked.before ?? null})
    order by v.version desc limit ${asked.limit}`
}
