import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'

/** Keeps a browser's subscription; the same endpoint belongs to the device that named it last. */
export async function saveSubscription(
  db: Database | Tx,
  shop: ShopId,
  row: {
    /** base64url */
    readonly hash: string
    readonly device: string
    readonly sealed: string
    readonly at: number
  },
): Promise<void> {
  await db`
    insert into push_subscriptions (shop, endpoint_hash, device, sealed, created_at, seen_at)
    values (${shop}, ${Buffer.from(row.hash, 'base64url')}, ${row.device}, ${row.sealed}, ${row.at}, ${row.at})
    on conflict (shop, endpoint_hash) do update set device = excluded.device, sealed = excluded.sealed, seen_at = excluded.seen_at`
}

/** Whether this browser's subscription is kept already, whichever device named it. */
export async function hasSubscription(db: Database, shop: ShopId, hash: string): Promise<boolean> {
  const rows = await db`
    select 1 from push_subscriptions
    where shop = ${shop} and endpoint_hash = ${Buffer.from(hash, 'base64url')}`
  return rows.length > 0
}

/** Forgets a subscription that its push service no longer knows, or that the browser gave up. */
export async function dropSubscription(
  db: Database | Tx,
  shop: ShopId,
  hash: string,
): Promise<void> {
  await db`
    delete from push_subscriptions
    where shop = ${shop} and endpoint_hash = ${Buffer.from(hash, 'base64url')}`
}

/** Forgets every subscription of a shop: they belong to keys that are gone. */
export async function dropSubscriptions(db: Database | Tx, shop: ShopId): Promise<void> {
  await db`delete from push_subscriptions where shop = ${shop}`
}
