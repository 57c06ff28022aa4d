import type { Database, Tx } from '../database/connection.store.ts'
import type { CampaignId, ShopId } from '../lib/brand.ts'

/** How many people are under way on a version. */
export type OnVersion = { readonly version: number; readonly people: number }

/** The people under way in a campaign, by the version they are on; the newest first. */
export async function underWay(
  db: Database | Tx,
  shop: ShopId,
  campaign: number,
): Promise<readonly OnVersion[]> {
  return await db<OnVersion[]>`
    select version, count(*)::int as people from enrolments
    where shop = ${shop} and campaign = ${campaign} and state = 'active'
    group by version order by version desc`
}

/** Notes what is to be done to everybody under way, or that it is done (null). */
export async function setUnfinished(
  tx: Database | Tx,
  shop: ShopId,
  what: { readonly campaign: number; readonly unfinished: 'cancelling' | 'moving' | null },
): Promise<void> {
  await tx`
    update campaigns set unfinished = ${what.unfinished} where shop = ${shop} and id = ${what.campaign}`
}

/** Notes that everybody has moved to the version, unless a newer one has been published meanwhile. */
export async function endMoving(
  db: Database,
  shop: ShopId,
  moved: { readonly campaign: number; readonly to: number },
): Promise<void> {
  await db`
    update campaigns set unfinished = null
    where shop = ${shop} and id = ${moved.campaign} and unfinished = 'moving' and version = ${moved.to}`
}

export type Unsettled = {
  readonly id: CampaignId
  readonly version: number
  readonly state: string
  readonly unfinished: 'cancelling' | 'moving' | null
}

/** Campaigns whose people are being moved or ended, or that drain. */
export async function unsettled(db: Database, shop: ShopId): Promise<readonly Unsettled[]> {
  return await db<Unsettled[]>`
    select id, version, state, unfinished from campaigns
    where shop = ${shop} and (unfinished is not null or state = 'draining') order by id`
}

/** A version that some are on and the next, with the steps on which they may stay. */
export type Move = {
  readonly campaign: number
  readonly from: number
  readonly to: number
  readonly kept: readonly number[]
  readonly limit: number
  readonly now: number
}

/**
 * Moves up to `limit` people from a version to another: whoever stands on a step that is kept stays on it, timer and all; the
 * others end. Answers how many there were.
 */
export async function movePeople(tx: Tx, shop: ShopId, move: Move): Promise<number> {
  const { campaign, from, to, now } = move
  const kept = [...move.kept]
  const moved = await tx<{ id: number }[]>`
    with bite as (
      select id, step = any(${kept}::int[]) as stays from enrolments
      where shop = ${shop} and campaign = ${campaign} and state = 'active' and version = ${from}
      order by id limit ${move.limit}
    ), moved as (
      update enrolments e set version = ${to}, updated_at = ${now},
             state = case when bite.stays then e.state else 'exited' end,
             end_reason = case when bite.stays then null else 'step_removed' end,
             ended_at = case when bite.stays then null else ${now}::bigint end,
             due = case when bite.stays then e.due end, awaiting = bite.stays and e.awaiting
      from bite where e.shop = ${shop} and e.id = bite.id
      returning e.id
    ), gone as (
      delete from timers where shop = ${shop} and enrolment in (select id from bite where not stays)
    )
    select id from moved`
  return moved.length
}

/** Ends a campaign that drains once nobody is under way and nothing of it waits to leave; whether it did. */
export async function endDrained(
  tx: Tx,
  shop: ShopId,
  campaign: { readonly id: number; readonly now: number },
): Promise<boolean> {
  const ended = await tx`
    update campaigns c set state = 'stopped', updated_at = ${campaign.now}
    where c.shop = ${shop} and c.id = ${campaign.id} and c.state = 'draining'
      and not exists (select 1 from enrolments e where e.shop = c.shop and e.campaign = c.id and e.state = 'active')
      and not exists (select 1 from outbox o where o.shop = c.shop and o.campaign = c.id and o.state in ('queued', 'sending'))`
  return ended.count > 0
}
