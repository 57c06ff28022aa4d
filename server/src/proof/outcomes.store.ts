import type { Database } from '../database/connection.store.ts'
import { shopExperiment } from '../experiments/shop-wide.ts'
import type { ShopId } from '../lib/brand.ts'
import { beforeMs, type Caps } from './caps.store.ts'
import type { Compared } from './compared.ts'
import type { CostSums, Person, SpendingSums } from './outcome-sums.ts'

export type OutcomesAsked = {
  readonly compared: readonly (Compared & { readonly caps: Caps })[]
  readonly currency: string
  readonly now: number
  /** Ascending, UTC ms. */
  readonly bounds: readonly number[]
  /** They are splits for another tool, by their ids, instead of campaigns. */
  readonly isOutside?: boolean
  /** It is the hold-out of the whole shop, whose campaign is 0. */
  readonly isShopWide?: boolean
}

/** Who of a comparison was in a segment, of those decided on since then (UTC ms). */
export type InsideAsked = { readonly customers: readonly number[]; readonly since: number }

/**
 * Intent to send: everyone who was sent, or would have been, from that instant on, whatever came of the message; the recorded
 * assignment says under which share, and who met both arms.
 */
export function people(db: Database, shop: ShopId, asked: OutcomesAsked) {
  const { compared, now, isOutside, isShopWide } = asked
  const named = (row: 'a' | 'f') =>
    isShopWide
      ? db`${shopExperiment}::text`
      : db`${isOutside ? 'split:' : 'campaign:'} || ${db(row)}.campaign`
  // Of a split everyone who was drawn is compared, from the draw on; of the whole shop from the first message of any campaign on.
  const decided =
    isOutside || isShopWide
      ? db`
      select a.campaign, d.customer, d.first_arm as arm, d.at, a.window_ms, a.cap, a.cap_before
      from asked a join assignments d on d.shop = ${shop} and d.experiment = ${named('a')}
      where d.customer not in (select customer from internal_people where shop = ${shop})`
      : db`
      select distinct on (d.campaign, d.customer) d.campaign, d.customer, d.arm, d.at, a.window_ms, a.cap, a.cap_before
      from asked a join decisions d on d.shop = ${shop} and d.campaign = a.campaign and d.would_send
      where d.customer not in (select customer from internal_people where shop = ${shop})
      order by d.campaign, d.customer, d.at, d.id`
  return db`
    asked as (
      select * from unnest(
        ${compared.map((one) => one.campaign)}::bigint[], ${compared.map((one) => one.windowMs)}::bigint[],
        ${compared.map((one) => one.caps.spent)}::float8[], ${compared.map((one) => one.caps.spentBefore)}::float8[]
      ) as u(campaign, window_ms, cap, cap_before)
    ), first as (${decided}
    ), people as (
      select f.*, s.share, coalesce(s.arm = 'mixed', false) as mixed, f.at + f.window_ms <= ${now} as is_over
      from first f
      left join assignments s
        on s.shop = ${shop} and s.experiment = ${named('f')} and s.customer = f.customer
    )`
}

/**
 * Orders and what was spent, by arm, share and day of decision. An order counts when it was paid in `(decision, decision +
 * window]`, in the shop's currency, and something of it was kept; `before` is what was kept of the 90 days until the decision.
 */
export async function readSpending(
  db: Database,
  shop: ShopId,
  asked: OutcomesAsked,
): Promise<readonly SpendingSums[]> {
  return await readSpendingInside(db, shop, { ...asked, inside: { customers: [], since: 0 } })
}

/** The same, apart for who was in a segment and who was not. */
export async function readSpendingInside(
  db: Database,
  shop: ShopId,
  asked: OutcomesAsked & { readonly inside: InsideAsked },
): Promise<readonly (SpendingSums & { readonly inside: boolean })[]> {
  if (asked.compared.length === 0) return []
  const { inside } = asked
  return await db<(SpendingSums & { readonly inside: boolean })[]>`
    with ${people(db, shop, asked)}, spent as (
      select p.*, coalesce(o.orders, 0) as orders, coalesce(o.refunded, false) as refunded, coalesce(o.revenue, 0) as revenue,
             least(coalesce(o.revenue, 0), p.cap) as y, least(coalesce(o.before, 0), p.cap_before) as x,
             coalesce(o.before, 0) > 0 as bought, p.customer = any(${[...inside.customers]}::bigint[]) as inside
      from people p left join lateral (
        select count(*) filter (where o.paid_at > p.at and o.status = 'paid' and o.gross > o.refunded) as orders,
               bool_or(o.paid_at > p.at and o.refunded > 0) as refunded,
               (sum(o.gross - o.refunded) filter (where o.paid_at > p.at and o.status = 'paid') / 10000.0)::float8 as revenue,
               (sum(o.gross - o.refunded) filter (where o.paid_at <= p.at and o.status = 'paid') / 10000.0)::float8 as before
        from orders o
        where o.shop = ${shop} and o.customer = p.customer and o.currency = ${asked.currency}
          and o.paid_at > p.at - ${beforeMs} and o.paid_at <= least(p.at + p.window_ms, ${asked.now})
      ) o on true
      where p.at >= ${inside.since}
    )
    select campaign, arm, share, mixed, is_over as "over", bought as "boughtBefore", inside,
           width_bucket(at, ${[...asked.bounds]}::bigint[]) as bucket, count(*) as people, count(*) filter (where orders > 0) as buyers, count(*) filter (where refunded) as refunders,
           sum(orders)::float8 as orders, sum(orders * orders)::float8 as "ordersSquares", sum(orders * x)::float8 as "ordersBefore",
           sum(revenue)::float8 as paid, sum(y)::float8 as revenue, sum(y * y)::float8 as "revenueSquares",
           sum(x * y)::float8 as "revenueBefore", sum(x)::float8 as before, sum(x * x)::float8 as "beforeSquares"
    from spent group by campaign, arm, share, mixed, is_over, bought, inside, bucket`
}

/**
 * What it cost, and what must not get worse, of one campaign. Goods cost what the shop said of the product, else the price
 * less the margin, as does an order whose lines are not known; prices are before coupons and what was paid is after them, so coupons are in it. Sending costs what the
 * campaign's messages to the person cost in the window of the orders: who enters again is written to again, and orders of then are not counted either.
 */
export async function readCosts(
  db: Database,
  shop: ShopId,
  asked: OutcomesAsked & { readonly margin: number | null },
): Promise<readonly CostSums[]> {
  if (asked.compared.length === 0) return []
  return await db<CostSums[]>`
    with ${people(db, shop, asked)}, cost as (
      select p.*, coalesce(m.sending, 0) as sending, coalesce(m.complained, false) as complained, coalesce(c.left_us, false) as left_us,
             coalesce(o.revenue, 0) > 0 as bought,
             least(coalesce(o.revenue, 0), p.cap) - coalesce(o.goods, 0) * least(1, p.cap / nullif(o.revenue, 0)) - coalesce(m.sending, 0) as y,
             least(coalesce(o.before, 0), p.cap_before) as x
      from people p
      left join lateral (
        select sum(case when o.paid_at > p.at then (o.gross - o.refunded) / 10000.0 end)::float8 as revenue,
               sum(case when o.paid_at <= p.at then (o.gross - o.refunded) / 10000.0 end)::float8 as before,
               sum(case when o.paid_at > p.at
                 then coalesce(g.goods, (o.gross - o.refunded) / 10000.0 * (1 - ${asked.margin}::float8)::numeric, 0) end)::float8 as goods
        from orders o left join lateral (
          select sum(case when ${asked.margin}::float8 is null then 0 else (l.quantity - l.refunded_quantity)
                   * coalesce(k.cost, greatest(l.price, l.net::numeric / nullif(l.quantity - l.refunded_quantity, 0)) * (1 - ${asked.margin}::float8)::numeric) end) / 10000.0 as goods
          from order_lines l left join product_costs k on k.shop = l.shop and k.product = l.product
          where l.shop = o.shop and l.order_id = o.id and l.is_goods and o.paid_at > p.at
        ) g on true
        where o.shop = ${shop} and o.customer = p.customer and o.currency = ${asked.currency} and o.status = 'paid'
          and o.paid_at > p.at - ${beforeMs} and o.paid_at <= least(p.at + p.window_ms, ${asked.now})
      ) o on true
      left join lateral (
        select (sum(m.cost) filter (where m.campaign = p.campaign and m.created_at <= p.at + p.window_ms and not ${asked.isOutside ?? false}) / 10000.0)::float8 as sending,
               bool_or(m.complained_at > p.at and m.complained_at <= p.at + p.window_ms) as complained
        from outbox m where m.shop = ${shop} and m.customer = p.customer and m.created_at >= p.at - ${beforeMs}
      ) m on true
      left join lateral (
        select true as left_us from consent_events c
        where c.shop = ${shop} and c.customer = p.customer and c.kind in ('refuse', 'withdraw') and c.scope = 'ad_day'
          and c.at > p.at and c.at <= p.at + p.window_ms limit 1
      ) c on true
    )
    select arm, share, mixed, is_over as "over", width_bucket(at, ${[...asked.bounds]}::bigint[]) as bucket, count(*) as people,
           count(*) filter (where left_us) as "optedOut", count(*) filter (where complained) as complained,
           sum(sending)::float8 as sending, count(*) filter (where bought) as nonzero, sum(y)::float8 as y, sum(y * y)::float8 as yy,
           sum(x)::float8 as x, sum(x * x)::float8 as xx, sum(x * y)::float8 as xy
    from cost group by arm, share, mixed, is_over, bucket`
}

/** The people of one campaign's comparison, one by one, for what lies in the warehouse. */
export async function readPeople(
  db: Database,
  shop: ShopId,
  asked: OutcomesAsked,
): Promise<readonly Person[]> {
  return await db<Person[]>`
    with ${people(db, shop, asked)}
    select customer, arm, share, mixed, is_over as "over", at, width_bucket(at, ${[...asked.bounds]}::bigint[]) as bucket from people`
}
