import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { survivorSql } from '../warehouse/survivor.ts'
import type { CampaignState } from './campaign.ts'
import { readForChosenGoods } from './chosen-goods.ts'

type Made = { readonly id: number; readonly name: string; readonly state: CampaignState }

/** What a shop made of one playbook. */
export type OfPlaybook = {
  /** The campaign for everybody the playbook is for: one that runs before one that ended before a draft, the newest of equals. */
  readonly campaign: Made | null
  /** How many more, not stopped, are for chosen goods alone. */
  readonly chosen: number
}

/** The campaigns a shop made, by playbook, as they run or would run; those put away are left out. */
export async function campaignsOfPlaybooks(
  db: Database,
  shop: ShopId,
): Promise<ReadonlyMap<string, OfPlaybook>> {
  const rows = await db<(Made & { playbook: string; trigger: string | null })[]>`
    select c.playbook, c.id, c.name, c.state,
           (case when c.state = 'draft' then c.draft else coalesce(v.flow, c.draft) end)::jsonb ->> 'trigger' as trigger
    from campaigns c
    left join campaign_versions v on v.shop = c.shop and v.campaign = c.id and v.version = c.version
    where c.shop = ${shop} and c.playbook is not null and c.archived_at is null
    order by array_position(array['live', 'paused', 'draining', 'stopped', 'draft'], c.state), c.id desc`
  return new Map(
    [...Map.groupBy(rows, ({ playbook }) => playbook)].map(([playbook, made]) => {
      const chosen = made.filter(({ trigger }) => readForChosenGoods(trigger))
      const first = made.find((one) => !chosen.includes(one))
      return [
        playbook,
        {
          campaign: first ? { id: first.id, name: first.name, state: first.state } : null,
          chosen: chosen.filter(({ state }) => state !== 'stopped').length,
        },
      ]
    }),
  )
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
