import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Notice } from '../intent.ts'
import type { AskedAddress } from './confirm.ts'

export type NoticeRow = {
  readonly id: number
  readonly customer: number
  readonly notice: Notice
  readonly channel: string
  /** UTC ms: when it was made, or when it was to go at the earliest. */
  readonly from: number
  /** JSON of kept.ts Kept. */
  readonly kept: string
}

/** Those of these messages that are notices. */
export async function readNotices(
  db: Database | Tx,
  shop: ShopId,
  messages: readonly number[],
): Promise<readonly NoticeRow[]> {
  if (messages.length === 0) return []
  return await db<NoticeRow[]>`
    select id, customer, notice, channel, greatest(created_at, not_before) as "from", content as kept from outbox
    where shop = ${shop} and id = any(${[...messages]}::bigint[]) and notice is not null`
}

/** Notices to these people that are on their way or arrived. */
export async function readOpenNotices(
  tx: Tx,
  shop: ShopId,
  asked: { readonly customers: readonly number[]; readonly since: number },
): Promise<readonly NoticeRow[]> {
  if (asked.customers.length === 0) return []
  return await tx<NoticeRow[]>`
    select id, customer, notice, channel, greatest(created_at, not_before) as "from", content as kept from outbox
    where shop = ${shop} and customer = any(${[...asked.customers]}::bigint[]) and created_at > ${asked.since}
      and notice is not null and state in ('queued', 'sending', 'sent', 'unconfirmed')`
}

/** How the addresses of these people were asked to confirm something since `since` (UTC ms), as customers or as others. */
export async function readAsked(
  tx: Tx,
  shop: ShopId,
  asked: { readonly customers: readonly number[]; readonly since: number },
): Promise<readonly AskedAddress[]> {
  if (asked.customers.length === 0) return []
  return await tx<AskedAddress[]>`
    select c.customer, case c.channel when 'phone' then 'sms' else c.channel end as carrier,
           encode(c.value_hash, 'hex') as address,
           coalesce(json_agg(o.created_at) filter (where o.id is not null), '[]') as "askedAt"
    from contacts c
    left join outbox o on o.shop = c.shop and o.contact_hash = c.value_hash and o.notice = 'consent_confirm'
      and o.created_at > ${asked.since}
    where c.shop = ${shop} and c.customer = any(${[...asked.customers]}::bigint[])
    group by c.customer, c.channel, c.value_hash`
}
