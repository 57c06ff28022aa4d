import type { Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** An order as far as coupons care; `goods` is what its goods cost before discounts, ten-thousandths as text. */
export type CouponOrder = {
  readonly id: string
  readonly customer: number | null
  readonly status: string
  readonly paidAt: number | null
  readonly coupon: string | null
  readonly goods: string
  readonly lines: readonly {
    readonly product: string
    readonly category: string | null
    readonly goods: string
  }[]
  /** The buyer paid for another order before; false of a buyer nobody knows. */
  readonly hasEarlier: boolean
}

/** Those of the orders that used coupons or came to nothing. */
export async function readCouponOrders(
  tx: Tx,
  shop: ShopId,
  ids: readonly string[],
): Promise<readonly CouponOrder[]> {
  return await tx<CouponOrder[]>`
    select id, customer, status, paid_at as "paidAt", coupon,
           coalesce((select sum(l.price * l.quantity) from order_lines l
                     where l.shop = o.shop and l.order_id = o.id and l.is_goods), 0)::text as goods,
           coalesce((select json_agg(json_build_object(
                       'product', l.product, 'category', coalesce(l.category, p.category), 'goods', (l.price * l.quantity)::text))
                     from order_lines l left join products p on p.shop = l.shop and p.id = l.product
                     where l.shop = o.shop and l.order_id = o.id and l.is_goods), '[]') as lines,
           exists (select 1 from orders e where e.shop = o.shop and e.customer = o.customer and e.id <> o.id
                   and e.status = 'paid' and e.paid_at < o.paid_at) as "hasEarlier"
    from orders o
    where shop = ${shop} and id = any(${[...ids]}::text[]) and coupon is not null
      and status in ('paid', 'cancelled', 'refunded')
    order by id`
}

/** Those of the people who have a paid order. */
export async function readOrdered(
  tx: Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<ReadonlySet<number>> {
  const rows = await tx<{ customer: number }[]>`
    select distinct customer from orders
    where shop = ${shop} and customer = any(${[...customers]}::bigint[]) and status = 'paid'`
  return new Set(rows.map(({ customer }) => customer))
}
