import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

export type ListedMessage = {
  readonly id: number
  readonly customer: number
  readonly customerName: string | null
  readonly recipient: string | null
  readonly campaign: number | null
  readonly campaignName: string | null
  readonly step: number | null
  readonly channel: string
  readonly purpose: string
  readonly state: string
  readonly reason: string | null
  readonly detail: string | null
  readonly attempt: number
  readonly provider: string | null
  readonly contentId: string | null
  /** JSON of kept.ts Kept. */
  readonly kept: string
  readonly createdAt: number
  readonly notBefore: number
  readonly sentAt: number | null
  readonly deliveredAt: number | null
  readonly bouncedAt: number | null
  readonly clickedAt: number | null
}

export type MessageFilter = {
  readonly id?: number | undefined
  readonly state?: string | undefined
  readonly campaign?: number | undefined
  readonly customer?: number | undefined
  readonly before: number | undefined
  readonly limit: number
}

/** Messages, newest first. */
export async function readMessages(
  db: Database,
  shop: ShopId,
  filter: MessageFilter,
): Promise<readonly ListedMessage[]> {
  return await db<ListedMessage[]>`
    select o.id, o.customer, p.name as "customerName", c.masked as recipient, o.campaign, g.name as "campaignName", o.step,
           o.channel, o.purpose, o.state, o.reason, o.detail, o.attempt, o.provider, o.content_id as "contentId",
           o.content as kept, o.created_at as "createdAt", o.not_before as "notBefore", o.sent_at as "sentAt",
           o.delivered_at as "deliveredAt", o.bounced_at as "bouncedAt", o.clicked_at as "clickedAt"
    from outbox o
    left join customers p on p.shop = o.shop and p.id = o.customer
    left join contacts c on c.shop = o.shop and c.customer = o.customer and c.channel = case o.channel when 'email' then 'email' when 'sms' then 'phone' when 'kakao' then 'phone' end
    left join campaigns g on g.shop = o.shop and g.id = o.campaign
    where o.shop = ${shop} and o.id < ${filter.before ?? Number.MAX_SAFE_INTEGER}
      ${filter.id === undefined ? db`` : db`and o.id = ${filter.id}`}
      ${filter.state === undefined ? db`` : db`and o.state = ${filter.state}`}
      ${filter.campaign === undefined ? db`` : db`and o.campaign = ${filter.campaign}`}
      ${filter.customer === undefined ? db`` : db`and o.customer = ${filter.customer}`}
    order by o.id desc limit ${filter.limit}`
}

export type ListedDecision = {
  readonly id: number
  readonly at: number
  readonly campaign: number | null
  readonly campaignName: string | null
  readonly version: number | null
  readonly step: number | null
  readonly enrolment: number | null
  readonly customer: number
  readonly customerName: string | null
  readonly channel: string
  readonly purpose: string
  readonly arm: string
  readonly wouldSend: boolean
  readonly outcome: string
  readonly reason: string
  readonly until: number | null
  readonly message: number | null
}

/** Decisions, newest first. */
export async function readDecisions(
  db: Database,
  shop: ShopId,
  filter: {
    readonly campaign?: number | undefined
    readonly customer?: number | undefined
    readonly outcome?: string | undefined
    readonly before: number | undefined
    readonly limit: number
  },
): Promise<readonly ListedDecision[]> {
  return await db<ListedDecision[]>`
    select d.id, d.at, d.campaign, g.name as "campaignName", d.version, d.step, d.enrolment, d.customer,
           p.name as "customerName", d.channel, d.purpose, d.arm, d.would_send as "wouldSend", d.outcome, d.reason, d.until,
           d.message
    from decisions d
    left join customers p on p.shop = d.shop and p.id = d.customer
    left join campaigns g on g.shop = d.shop and g.id = d.campaign
    where d.shop = ${shop} and d.id < ${filter.before ?? Number.MAX_SAFE_INTEGER}
      ${filter.campaign === undefined ? db`` : db`and d.campaign = ${filter.campaign}`}
      ${filter.customer === undefined ? db`` : db`and d.customer = ${filter.customer}`}
      ${filter.outcome === undefined ? db`` : db`and d.outcome = ${filter.outcome}`}
    order by d.id desc limit ${filter.limit}`
}

/**
 * Ends or repeats a message that nobody knows about, by a person's word. Answers the decision to be told; undefined when
 * the message is not in one of the states any more.
 */
export async function changeByHand(
  tx: Tx,
  shop: ShopId,
  change: {
    readonly message: number
    readonly from: readonly string[]
    readonly to: 'sent' | 'failed' | 'queued'
    readonly reason: string
    readonly at: number
  },
): Promise<{ readonly decision: number | null; readonly month: number | null } | undefined> {
  const [row] = await tx<{ decision: number | null; month: number | null }[]>`
    update outbox set state = ${change.to}, reason = ${change.reason}, announced_at = null, lease_until = null, ask_at = null,
           failed_at = case ${change.to} when 'failed' then ${change.at} else failed_at end,
           sent_at = case ${change.to} when 'sent' then coalesce(sent_at, ${change.at}) end,
           not_before = case ${change.to} when 'queued' then ${change.at} else not_before end,
           due_at = case ${change.to} when 'queued' then ${change.at} else due_at end
    where shop = ${shop} and id = ${change.message} and state = any(${[...change.from]}::text[])
    returning decision, decision_month as month`
  return row
}
