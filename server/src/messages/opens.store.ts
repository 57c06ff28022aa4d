import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** Marks the first time a person opened the mail; false when it was opened before. */
export async function markOpened(
  db: Database,
  shop: ShopId,
  open: { readonly message: number; readonly at: number },
): Promise<boolean> {
  const rows = await db`
    update outbox set opened_at = ${open.at}
    where shop = ${shop} and id = ${open.message} and channel = 'email' and opened_at is null
    returning id`
  return rows.length > 0
}

/** When the mail was handed over; undefined when there is no such mail. */
export async function sentAtOf(
  db: Database,
  shop: ShopId,
  message: number,
): Promise<number | null | undefined> {
  const [row] = await db<{ at: number | null }[]>`
    select sent_at as at from outbox where shop = ${shop} and id = ${message} and channel = 'email'`
  return row?.at
}
