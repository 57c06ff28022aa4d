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
                     where l.shop = o.shop and l.order_id = o.id and l.is_goods), 0)::text as goods
    from orders o
    where shop = ${shop} and id = any(${[...ids]}::text[]) and coupon is not null
      and status in ('paid', 'cancelled', 'refunded')
    order by id`
}
