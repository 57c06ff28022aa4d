import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** A campaign that names a picture, and in which of its texts. */
export type ImageUser = {
  readonly id: number
  readonly name: string
  /** live: a version that may still send; draft: as it is being written; sent: an earlier version, or an ended campaign. */
  readonly as: 'live' | 'draft' | 'sent'
}

/** The campaigns whose texts name a picture by its key, live ones first. */
export async function campaignsShowing(
  db: Database,
  shop: ShopId,
  key: string,
): Promise<readonly ImageUser[]> {
  return await db<ImageUser[]>`
    select id, name, "as" from (
      select c.id, c.name, case
        when c.state in ('live', 'paused') and exists (
          select from campaign_versions v
          where v.shop = c.shop and v.campaign = c.id and v.version = c.version and strpos(v.flow, ${key}) > 0) then 'live'
        when c.state <> 'stopped' and c.archived_at is null and strpos(c.draft, ${key}) > 0 then 'draft'
        when exists (
          select from campaign_versions v
          where v.shop = c.shop and v.campaign = c.id and strpos(v.flow, ${key}) > 0) then 'sent'
        end as "as"
      from campaigns c where c.shop = ${shop}) as used
    where "as" is not null
    order by array_position(array['live', 'draft', 'sent'], "as"), id`
}
