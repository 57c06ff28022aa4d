import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

type Erasure = {
  /** UTC ms */
  readonly at: number
  /** `member:12` or `key:3`; null where nobody is on record. */
  readonly by: string | null
  readonly byName: string | null
  /** Facts of orders that stay and name nobody. */
  readonly orders: number
}

/** When a customer was erased and who did it; undefined while they were not. */
export async function readErasure(
  db: Database,
  shop: ShopId,
  customer: number,
): Promise<Erasure | undefined> {
  const [row] = await db<Erasure[]>`
    select c.erased_at as at, a.actor as by, m.name as "byName",
           (select count(*) from orders o where o.shop = c.shop and o.customer = c.id) as orders
    from customers c
    left join lateral (
      select actor from audit_log l
      where l.shop = c.shop and l.act = 'customer.erased' and l.object = 'customer:' || c.id
      order by l.id limit 1) a on true
    left join members m on m.shop = c.shop and a.actor = 'member:' || m.id
    where c.shop = ${shop} and c.id = ${customer} and c.erased_at is not null`
  return row
}
