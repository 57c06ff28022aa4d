import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

export type SentMail = {
  readonly id: number
  readonly provider: string | null
  /** base64url */
  readonly contactHash: string | null
}

/** The mails of these ids as they were handed over. */
export async function readSentMails(
  db: Database,
  shop: ShopId,
  messages: readonly number[],
): Promise<ReadonlyMap<number, SentMail>> {
  if (messages.length === 0) return new Map()
  const rows = await db<{ id: number; provider: string | null; hash: Uint8Array | null }[]>`
    select id, provider, contact_hash as hash from outbox
    where shop = ${shop} and id = any(${[...messages]}::bigint[]) and channel = 'email'`
  return new Map(
    rows.map(({ id, provider, hash }) => [
      id,
      {
        id,
        provider,
        contactHash: hash === null ? null : Buffer.from(hash).toString('base64url'),
      },
    ]),
  )
}
