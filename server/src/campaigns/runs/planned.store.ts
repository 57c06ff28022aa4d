import type { Database } from '../../database/connection.store.ts'
import type { CampaignId, ShopId } from '../../lib/brand.ts'

/** A campaign that may call people at set times, with the flow it does so by (JSON). */
export type PlannedRow = {
  readonly id: CampaignId
  readonly name: string
  readonly state: 'draft' | 'live' | 'paused'
  readonly flow: string
}

/** Campaigns in use whose flow has a schedule or an anniversary: as published while they run, else as drafted. */
export async function scheduledCampaigns(
  db: Database,
  shop: ShopId,
  limit: number,
): Promise<readonly PlannedRow[]> {
  return await db<PlannedRow[]>`
    select * from (
      select c.id, c.name, c.state, case when c.state = 'draft' then c.draft else coalesce(v.flow, c.draft) end as flow
      from campaigns c
      left join campaign_versions v on v.shop = c.shop and v.campaign = c.id and v.version = c.version
      where c.shop = ${shop} and c.archived_at is null and c.state in ('draft', 'live', 'paused')
    ) one
    where flow::jsonb #>> '{trigger,kind}' in ('schedule', 'anniversary')
    order by id desc limit ${limit}`
}

/** Runs that were due in a span and called somebody. */
export async function runsDue(
  db: Database,
  shop: ShopId,
  span: { readonly from: number; readonly to: number; readonly limit: number },
): Promise<
  readonly {
    readonly campaign: number
    readonly name: string
    readonly at: number
    readonly called: number
  }[]
> {
  return await db<{ campaign: number; name: string; at: number; called: number }[]>`
    select r.campaign, c.name, r.due_at as at, sum(r.called)::int as called
    from campaign_runs r join campaigns c on c.shop = r.shop and c.id = r.campaign
    where r.shop = ${shop} and r.due_at >= ${span.from} and r.due_at < ${span.to} and r.begun_at is not null
    group by r.campaign, c.name, r.due_at order by r.due_at limit ${span.limit}`
}
