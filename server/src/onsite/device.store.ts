import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { keyHashOf } from './visitor.store.ts'

/** Whom a device belongs to now; undefined before the line met it. */
export async function customerOfDevice(
  db: Database,
  shop: ShopId,
  anonymous: string,
): Promise<number | undefined> {
  const [row] = await db<{ customer: number }[]>`
    select coalesce(nullif(c.survivor, 0), c.id) as customer
    from identities i join customers c on c.shop = i.shop and c.id = i.customer
    where i.shop = ${shop} and i.kind = 'anonymous' and i.value_hash = decode(${keyHashOf(anonymous)}, 'hex')
      and c.erased_at is null`
  return row?.customer
}
