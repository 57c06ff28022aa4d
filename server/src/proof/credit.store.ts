import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { PageTouch } from './page-touches.store.ts'

/** Orders and what was kept of them, currency units. */
export type Credit = { readonly orders: number; readonly revenue: number }

/**
 * Orders that followed the campaign's messages, as other tools credit them: its message was the last one before the order, it
 * was clicked before it, or its coupon was used in it. A message on a page is one from the moment it was seen. Each within the
 * window from the message, the click; one order may be in all three.
 */
export async function readCredit(
  db: Database,
  shop: ShopId,
  asked: {
    readonly campaign: number
    readonly windowMs: number
    readonly currency: string
    readonly now: number
    /** What lies in history: page messages before orders. */
    readonly pages: readonly PageTouch[]
  },
): Promise<{ readonly lastTouch: Credit; readonly click: Credit; readonly coupon: Credit }> {
  const { pages } = asked
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
    ), kept as (
      select o.id, o.customer, o.paid_at, o.gross - o.refunded as amount from orders o
      where o.shop = ${shop} and o.status = 'paid' and o.gross > o.refunded and o.currency = ${asked.currency}
        and o.paid_at <= ${asked.now}
        and o.customer not in (select customer from internal_people where shop = ${shop})
    ), pages as (
      select * from unnest(
        ${pages.map((one) => one.order)}::text[], ${pages.map((one) => one.own)}::bigint[],
        ${pages.map((one) => one.pressed)}::bigint[], ${pages.map((one) => one.other)}::bigint[]
      ) as u(id, own, pressed, other)
    ), touched as (
      select o.id, o.customer, o.paid_at, o.amount, greatest(s.sent_at, case when s.clicked_at < o.paid_at then s.clicked_at end) as at,
             coalesce(s.clicked_at < o.paid_at and o.paid_at <= s.clicked_at + ${asked.windowMs}, false) as clicked
      from sent s join kept o on o.customer = s.customer and o.paid_at > s.sent_at
        and o.paid_at <= greatest(s.sent_at, s.clicked_at) + ${asked.windowMs}
      union all
      select o.id, o.customer, o.paid_at, o.amount, p.own, p.pressed > 0
      from pages p join kept o on o.id = p.id where p.own > 0
    ), followed as (
      select t.id, t.amount, bool_or(t.clicked) as clicked,
             coalesce(max(p.other), 0) <= max(t.at) and not exists (
               select from outbox n where n.shop = ${shop} and n.customer = t.customer and n.state = 'sent'
                 and n.campaign is distinct from ${asked.campaign}::bigint and n.sent_at > max(t.at) and n.sent_at <= t.paid_at
             ) as last
      from touched t left join pages p on p.id = t.id
      group by t.id, t.customer, t.paid_at, t.amount
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
