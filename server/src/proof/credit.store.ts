import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** Orders and what was kept of them, currency units. */
export type Credit = { readonly orders: number; readonly revenue: number }

/**
 * Orders that followed the campaign's messages, as other tools credit them: its message was the last one before the order, it
 * was clicked before it, or its coupon was used in it. Each within the window from the message, the click; one order may be in
 * all three.
 */
export async function readCredit(
  db: Database,
  shop: ShopId,
  asked: {
    readonly campaign: number
    readonly windowMs: number
    readonly currency: string
    readonly now: number
  },
): Promise<{ readonly lastTouch: Credit; readonly click: Credit; readonly coupon: Credit }> {
  const [row] = await db<
    {
      lastOrders: number
      last: number
      clickOrders: number
      click: number
      couponOrders: number
      coupon: number
    }[]
  >`
    with sent as (
      select customer, sent_at, clicked_at from outbox
      where shop = ${shop} and campaign = ${asked.campaign} and state = 'sent'
        and customer not in (select customer from internal_people where shop = ${shop})
    ), followed as (
      select o.id, o.gross - o.refunded as amount,
             bool_or(s.clicked_at < o.paid_at and o.paid_at <= s.clicked_at + ${asked.windowMs}) as clicked,
             bool_or(not exists (
               select from outbox n where n.shop = ${shop} and n.customer = s.customer and n.state = 'sent'
                 and n.campaign is distinct from ${asked.campaign}::bigint and n.sent_at > s.sent_at and n.sent_at <= o.paid_at
             )) as last
      from sent s join orders o on o.shop = ${shop} and o.customer = s.customer and o.status = 'paid' and o.gross > o.refunded
        and o.currency = ${asked.currency} and o.paid_at > s.sent_at and o.paid_at <= ${asked.now}
        and o.paid_at <= greatest(s.sent_at, s.clicked_at) + ${asked.windowMs}
      group by o.id, amount
    ), used as (
      select distinct o.id, o.gross - o.refunded as amount
      from coupons c join orders o on o.shop = c.shop and o.id = c.order_id
      where c.shop = ${shop} and c.campaign = ${asked.campaign} and c.state = 'redeemed' and o.status = 'paid'
        and o.gross > o.refunded and o.currency = ${asked.currency}
    )
    select (count(*) filter (where last))::int as "lastOrders", coalesce(sum(amount) filter (where last) / 10000.0, 0)::float8 as last,
           (count(*) filter (where clicked))::int as "clickOrders", coalesce(sum(amount) filter (where clicked) / 10000.0, 0)::float8 as click,
           (select count(*)::int from used) as "couponOrders", coalesce((select sum(amount) from used) / 10000.0, 0)::float8 as coupon
    from followed`
  return {
    lastTouch: { orders: row?.lastOrders ?? 0, revenue: row?.last ?? 0 },
    click: { orders: row?.clickOrders ?? 0, revenue: row?.click ?? 0 },
    coupon: { orders: row?.couponOrders ?? 0, revenue: row?.coupon ?? 0 },
  }
}
