import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { survivorSql } from '../warehouse/survivor.ts'
import type { CampaignState } from './campaign.ts'

/** The campaign a shop made of each playbook: one that runs before one that ended before a draft, the newest of equals. */
export async function campaignsOfPlaybooks(
  db: Database,
  shop: ShopId,
): Promise<
  ReadonlyMap<string, { readonly id: number; readonly name: string; readonly state: CampaignState }>
> {
  const rows = await db<{ playbook: string; id: number; name: string; state: CampaignState }[]>`
    select distinct on (playbook) playbook, id, name, state from campaigns
    where shop = ${shop} and playbook is not null and archived_at is null
    order by playbook, array_position(array['live', 'paused', 'stopped', 'draft'], state), id desc`
  return new Map(rows.map(({ playbook, ...one }) => [playbook, one]))
}

/**
 * How many people did `event` in the last day and none of the `exits` after it: those a campaign on that event would have
 * taken in today. Counted from history, so a moment behind the line.
 */
export async function peopleSinceYesterday(
  warehouse: Warehouse,
  shop: ShopId,
  asked: { readonly event: string; readonly exits: readonly string[]; readonly now: number },
): Promise<number> {
  const rows = await warehouse.query<{ people: string }>(
    `select count() as people from (
       select ${survivorSql('customer')} as person,
              maxIf((at, position), name = {event:String}) as did,
              maxIf((at, position), name in {exits:Array(String)}) as left
       from events
       where shop = {shop:UInt32} and customer <> 0 and import_id = ''
         and (name = {event:String} or name in {exits:Array(String)})
         and at > fromUnixTimestamp64Milli({from:Int64}, 'UTC')
       group by person
       having countIf(name = {event:String}) > 0 and did > left
     )`,
    { shop, event: asked.event, exits: [...asked.exits], from: asked.now - dayMs },
  )
  return Number(rows[0]?.people ?? 0)
}
