import type { Database, Tx } from '../../database/connection.store.ts'
import type { CampaignId, CustomerId, ShopId } from '../../lib/brand.ts'

/** A message of a flow that waits for its person's next page. */
export type WaitingRow = {
  readonly id: number
  readonly customer: CustomerId
  readonly campaign: CampaignId
  readonly version: number
  readonly step: number
  readonly enrolment: number | null
  readonly causeKey: string
  readonly createdAt: number
  readonly reason: string | null
  readonly contentId: string | null
  /** JSON of kept.ts Kept. */
  readonly kept: string
  readonly decision: number | null
  readonly month: number | null
}

/** The heaviest of a person's messages whose time has come, `since` (UTC ms) at the earliest; none while the shop is halted. */
export async function readWaiting(
  db: Database,
  shop: ShopId,
  of: { readonly customer: number; readonly now: number; readonly since: number },
): Promise<readonly WaitingRow[]> {
  return await db<WaitingRow[]>`
    select id, customer, campaign, campaign_version as version, step, enrolment, cause_key as "causeKey",
           created_at as "createdAt", reason, content_id as "contentId", content as kept, decision, decision_month as month
    from outbox
    where shop = ${shop} and customer = ${of.customer} and channel = 'onsite' and state = 'queued'
      and campaign is not null and step is not null and not_before <= ${of.now} and not_before > ${of.since}
      and exists (select 1 from shops where id = ${shop} and halted_at is null)
    order by precedence_weight desc nulls last, id limit 20`
}

/** Takes one that still waits for this transaction; false when another page has it. */
export async function takeWaiting(tx: Tx, shop: ShopId, message: number): Promise<boolean> {
  const rows = await tx`
    select 1 from outbox where shop = ${shop} and id = ${message} and state = 'queued'
      and exists (select 1 from shops where id = ${shop} and halted_at is null)
    for update skip locked`
  return rows.length > 0
}

/** It stands on the page now. */
export async function markShown(
  tx: Tx,
  shop: ShopId,
  shown: { readonly message: number; readonly at: number },
): Promise<void> {
  await tx`
    update outbox set state = 'sent', reason = 'sent', sent_at = ${shown.at}, announced_at = null
    where shop = ${shop} and id = ${shown.message}`
}

/** Ends what has waited since before `before` (UTC ms): its person did not come, and the flow goes on. */
export async function expireWaiting(
  db: Database,
  ends: { readonly before: number; readonly at: number },
): Promise<number> {
  const ended = await db`
    with ended as (
      update outbox o set state = 'failed', reason = 'no_visit', failed_at = ${ends.at}, announced_at = null
      from shops s
      where o.shop = s.id and o.channel = 'onsite' and o.state = 'queued' and o.not_before <= ${ends.before}
      returning o.shop, o.id, o.decision, o.decision_month
    ), told as (
      update decisions d set outcome = 'failed', reason = 'no_visit'
      from ended e where d.shop = e.shop and d.month = e.decision_month and d.id = e.decision
    )
    select id from ended`
  return ended.length
}
