import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import {
  againDays,
  type FirstOrderSums,
  type FirstProducts,
  firstOrderDays,
  firstOrderKinds,
  spanMs,
} from './first-orders.ts'
import { type OutcomesAsked, people } from './outcomes.store.ts'

/**
 * First and second orders of the people of one comparison who had never ordered when it was decided. An order and its lines
 * count as in the table of first products: paid, in the shop's currency, with something of goods kept that brought something; a
 * variant counts as its parent.
 */
export async function readFirstOrders(
  db: Database,
  shop: ShopId,
  asked: OutcomesAsked & FirstProducts,
): Promise<readonly FirstOrderSums[]> {
  const firstMs = firstOrderDays * dayMs
  return await db<FirstOrderSums[]>`
    with ${people(db, shop, asked)}, kinds as (
      select * from unnest(
        ${[...firstOrderKinds]}::text[], ${firstOrderKinds.map(spanMs)}::bigint[],
        ${firstOrderKinds.map((kind) => (againDays(kind) ?? 0) * dayMs)}::bigint[]
      ) as k(kind, span_ms, again_ms)
    ), shown as (
      select coalesce(p.parent, u.product) as product
      from unnest(${[...(asked.products ?? [])]}::text[]) as u(product)
      left join products p on p.shop = ${shop} and p.id = u.product
    ), counted as (
      select o.customer, o.paid_at,
             row_number() over (partition by o.customer order by o.paid_at, o.sequence, o.id) as place,
             bool_or(coalesce(p.parent, l.product) in (select product from shown)) as with_products
      from orders o
      join order_lines l on l.shop = o.shop and l.order_id = o.id
      left join products p on p.shop = l.shop and p.id = l.product
      where o.shop = ${shop} and o.customer in (select customer from people) and o.status = 'paid'
        and o.currency = ${asked.currency} and o.paid_at <= ${asked.now}
        and l.is_goods and l.quantity > l.refunded_quantity and l.net > 0
      group by o.customer, o.id, o.paid_at, o.sequence
    ), lives as (
      select p.arm, p.share, p.mixed, p.at, f.with_products, s.paid_at - f.paid_at as again_ms,
             coalesce(f.paid_at <= p.at + ${firstMs}, false) as ordered
      from people p
      left join counted f on f.customer = p.customer and f.place = 1
      left join counted s on s.customer = p.customer and s.place = 2
      where f.paid_at is null or f.paid_at > p.at
    )
    select k.kind, arm, share, mixed, at + k.span_ms <= ${asked.now} as over, count(*) as people,
           count(*) filter (where ordered) as ordered,
           count(*) filter (where ordered and case k.kind
             when 'ordered' then true
             when 'with_products' then with_products
             else lives.again_ms <= k.again_ms end) as did
    from lives cross join kinds k
    group by k.kind, arm, share, mixed, over`
}
