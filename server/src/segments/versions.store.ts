import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { SegmentAct } from './segment.ts'

export type VersionRow = {
  readonly number: number
  readonly at: number
  readonly actor: string
  readonly act: SegmentAct
  readonly name: string
  readonly description: string
  readonly definition: string
}

/** Keeps what a change made of a segment; the transaction holds the line, so numbers never meet. */
export async function recordVersion(
  tx: Tx,
  shop: ShopId,
  one: Omit<VersionRow, 'number'> & { readonly segment: number; readonly keep: number },
): Promise<void> {
  const { segment } = one
  const [row] = await tx<{ number: number }[]>`
    insert into segment_versions (shop, segment, number, at, actor, act, name, description, definition)
    select ${shop}, ${segment}, coalesce(max(number), 0) + 1, ${one.at}, ${one.actor}, ${one.act}, ${one.name},
           ${one.description}, ${one.definition}
    from segment_versions where shop = ${shop} and segment = ${segment}
    returning number`
  await tx`
    delete from segment_versions
    where shop = ${shop} and segment = ${segment} and number <= ${(row?.number ?? 0) - one.keep}`
}

/** Versions of a segment, the newest first. `before` is the last number of the page before. */
export function listVersions(
  db: Database,
  shop: ShopId,
  of: {
    readonly segment: number
    readonly before: number | undefined
    readonly limit: number
  },
): Promise<readonly VersionRow[]> {
  const { before = null } = of
  return db<VersionRow[]>`
    select number, at, actor, act, name, description, definition from segment_versions
    where shop = ${shop} and segment = ${of.segment} and (${before}::int is null or number < ${before})
    order by number desc limit ${of.limit}`
}

/** A segment as one change left it; undefined where there was no such change. */
export async function readVersion(
  db: Database,
  shop: ShopId,
  of: { readonly segment: number; readonly number: number },
): Promise<VersionRow | undefined> {
  const [row] = await db<VersionRow[]>`
    select number, at, actor, act, name, description, definition from segment_versions
    where shop = ${shop} and segment = ${of.segment} and number = ${of.number}`
  return row
}

export type DeletedRow = {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly definition: string
  readonly archived_at: number
}

/** Deleted segments that are still kept, the last deleted first. */
export function listDeleted(
  db: Database,
  shop: ShopId,
  limit: number,
): Promise<readonly DeletedRow[]> {
  return db<DeletedRow[]>`
    select id, name, description, definition, archived_at from segments
    where shop = ${shop} and archived_at is not null order by archived_at desc, id desc limit ${limit}`
}

/** A deleted segment; undefined where none of this id was deleted. */
export async function readDeleted(
  db: Database,
  shop: ShopId,
  id: number,
): Promise<DeletedRow | undefined> {
  const [row] = await db<DeletedRow[]>`
    select id, name, description, definition, archived_at from segments
    where shop = ${shop} and id = ${id} and archived_at is not null`
  return row
}

/** What was kept of a deleted segment becomes the new one's; the deleted one is gone. */
export async function inheritSegment(
  tx: Tx,
  shop: ShopId,
  heir: { readonly from: number; readonly to: number },
): Promise<boolean> {
  const gone = await tx`
    delete from segments where shop = ${shop} and id = ${heir.from} and archived_at is not null`
  if (gone.count === 0) return false
  await tx`update segment_versions set segment = ${heir.to} where shop = ${shop} and segment = ${heir.from}`
  await tx`update segment_sizes set segment = ${heir.to} where shop = ${shop} and segment = ${heir.from}`
  await tx`update segment_webhooks set segment = ${heir.to} where shop = ${shop} and segment = ${heir.from}`
  await tx`delete from segment_builds where shop = ${shop} and segment = ${heir.from}`
  return true
}

/** Forgets segments deleted before a time, of all shops; answers how many. */
export async function purgeSegments(db: Database, before: number): Promise<number> {
  const gone = await db<{ n: number }[]>`
    with gone as (
      delete from segments where archived_at < ${before} returning shop, id
    ), versions as (
      delete from segment_versions v using gone where v.shop = gone.shop and v.segment = gone.id
    ), sizes as (
      delete from segment_sizes s using gone where s.shop = gone.shop and s.segment = gone.id
    ), hooks as (
      delete from segment_webhooks w using gone where w.shop = gone.shop and w.segment = gone.id returning w.shop, w.id
    ), deliveries as (
      delete from webhook_deliveries d using hooks where d.shop = hooks.shop and d.webhook = hooks.id
    ), builds as (
      delete from segment_builds b using gone where b.shop = gone.shop and b.segment = gone.id
    )
    select count(*) as n from gone`
  return gone[0]?.n ?? 0
}
