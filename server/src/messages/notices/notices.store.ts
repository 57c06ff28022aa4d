import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Notice } from '../intent.ts'

export type NoticeRow = {
  readonly id: number
  readonly customer: number
  readonly notice: Notice
  readonly channel: string
  readonly createdAt: number
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
    select id, customer, notice, channel, created_at as "createdAt", content as kept from outbox
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
    select id, customer, notice, channel, created_at as "createdAt", content as kept from outbox
    where shop = ${shop} and customer = any(${[...asked.customers]}::bigint[]) and created_at > ${asked.since}
      and notice is not null and state in ('queued', 'sending', 'sent', 'unconfirmed')`
}
