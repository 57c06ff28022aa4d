import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** The newest order that each of these people paid for and that was not undone. */
export async function readLastOrders(
  db: Database | Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<ReadonlyMap<number, { readonly id: string; readonly paidAt: number }>> {
  if (customers.length === 0) return new Map()
  const rows = await db<{ customer: number; id: string; paidAt: number }[]>`
    select distinct on (customer) customer, id, paid_at as "paidAt" from orders
    where shop = ${shop} and customer = any(${[...customers]}::bigint[]) and status = 'paid' and paid_at is not null
    order by customer, paid_at desc, id`
  return new Map(rows.map(({ customer, ...order }) => [customer, order]))
}
