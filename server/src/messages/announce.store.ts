import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

export type FinishedRow = {
  readonly shop: ShopId
  readonly id: number
  readonly customer: number
  readonly campaign: number | null
  readonly version: number | null
  readonly step: number | null
  readonly enrolment: number | null
  readonly channel: string
  readonly purpose: string
  readonly state: 'sent' | 'unconfirmed' | 'failed' | 'refused'
  readonly attempt: number
  readonly provider: string | null
  readonly providerId: string | null
  readonly reason: string | null
  readonly cause: string | null
  readonly at: number | null
  readonly deliveredAt: number | null
  readonly failedAt: number | null
  readonly bouncedAt: number | null
  readonly complainedAt: number | null
  /** What the shop's server answered, JSON text. */
  readonly answer: string | null
}

/**
 * Finished messages whose receipts are not in the log yet; an unclear one is told when nobody is left to ask, and one that was
 * refused while it waited to the flow that asked for it.
 */
export async function readUnannounced(
  db: Database,
  limit: number,
): Promise<readonly FinishedRow[]> {
  return await db<FinishedRow[]>`
    select o.shop, o.id, o.customer, o.campaign, o.campaign_version as version, o.step, o.enrolment, o.channel, o.purpose,
           o.state, o.attempt, o.provider, o.provider_id as "providerId", o.reason, o.cause, o.sent_at as at,
           o.delivered_at as "deliveredAt", o.failed_at as "failedAt", o.bounced_at as "bouncedAt",
           o.complained_at as "complainedAt", o.answer
    from shops s join outbox o on o.shop = s.id
    where o.announced_at is null
      and (o.state in ('sent', 'unconfirmed', 'failed') or o.state = 'refused' and o.enrolment is not null)
      and not (o.state = 'unconfirmed' and o.ask_at is not null)
    order by o.shop, o.id limit ${limit}`
}

/** Marks receipts as being in the log; a message that changed again meanwhile is announced again. */
export async function markAnnounced(
  db: Database,
  shop: ShopId,
  done: { readonly rows: readonly FinishedRow[]; readonly at: number },
): Promise<void> {
  await db`
    update outbox o set announced_at = ${done.at}
    from unnest(
      ${done.rows.map((row) => row.id)}::bigint[], ${done.rows.map((row) => row.state)}::text[],
      ${done.rows.map((row) => row.deliveredAt)}::bigint[], ${done.rows.map((row) => row.complainedAt)}::bigint[]
    ) as u(id, state, delivered_at, complained_at)
    where o.shop = ${shop} and o.id = u.id and o.state = u.state and o.delivered_at is not distinct from u.delivered_at
      and o.complained_at is not distinct from u.complained_at`
}
