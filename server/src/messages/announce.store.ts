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
  readonly state: 'sent' | 'unconfirmed' | 'failed'
  readonly attempt: number
  readonly provider: string | null
  readonly reason: string | null
  readonly at: number | null
  readonly bouncedAt: number | null
}

/** Finished messages whose receipts are not in the log yet. */
export async function readUnannounced(
  db: Database,
  limit: number,
): Promise<readonly FinishedRow[]> {
  return await db<FinishedRow[]>`
    select o.shop, o.id, o.customer, o.campaign, o.campaign_version as version, o.step, o.enrolment, o.channel, o.purpose,
           o.state, o.attempt, o.provider, o.reason, o.sent_at as at, o.bounced_at as "bouncedAt"
    from shops s join outbox o on o.shop = s.id
    where o.announced_at is null and o.state in ('sent', 'unconfirmed', 'failed')
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
    from unnest(${done.rows.map((row) => row.id)}::bigint[], ${done.rows.map((row) => row.state)}::text[]) as u(id, state)
    where o.shop = ${shop} and o.id = u.id and o.state = u.state`
}
