import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** Orders and net revenue (currency units) by bucket of payment time; paid and not cancelled, also what was all given back later. */
export async function readOrders(
  db: Database,
  shop: ShopId,
  asked: { readonly currency: string; readonly bounds: readonly number[]; readonly to: number },
): Promise<
  readonly { readonly bucket: number; readonly orders: number; readonly revenue: number }[]
> {
  return await db<{ bucket: number; orders: number; revenue: number }[]>`
    select width_bucket(paid_at, ${[...asked.bounds]}::bigint[]) as bucket, count(*) as orders,
           (sum(gross - refunded) / 10000.0)::float8 as revenue
    from orders
    where shop = ${shop} and status in ('paid', 'refunded') and currency = ${asked.currency}
      and paid_at >= ${asked.bounds[0] ?? 0} and paid_at < ${asked.to}
      and not exists (select from internal_people i where i.shop = orders.shop and i.customer = orders.customer)
    group by bucket`
}

/** Messages that left, by bucket of time. */
export async function readSent(
  db: Database,
  shop: ShopId,
  asked: { readonly bounds: readonly number[]; readonly to: number },
): Promise<readonly { readonly bucket: number; readonly sent: number }[]> {
  return await db<{ bucket: number; sent: number }[]>`
    select width_bucket(sent_at, ${[...asked.bounds]}::bigint[]) as bucket, count(*) as sent
    from outbox
    where shop = ${shop} and state = 'sent' and sent_at >= ${asked.bounds[0] ?? 0} and sent_at < ${asked.to}
      and customer not in (select customer from internal_people where shop = ${shop})
    group by bucket`
}

/** What campaigns are called, by id. */
export async function readNames(
  db: Database,
  shop: ShopId,
  campaigns: readonly number[],
): Promise<readonly { readonly id: number; readonly name: string }[]> {
  if (campaigns.length === 0) return []
  return await db<{ id: number; name: string }[]>`
    select id, name from campaigns where shop = ${shop} and id = any(${[...campaigns]}::bigint[]) order by id`
}
