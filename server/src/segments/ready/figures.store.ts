import type { ShopId } from '../../lib/brand.ts'
import { dayMs } from '../../lib/duration.ts'
import { gapsSql, type Interval, leastIntervals } from '../../orders/repurchase-interval.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import { ownPeopleSql, survivorSql } from '../../warehouse/survivor.ts'
import { bestShare, type ShopFigures } from './figures.ts'

/** Longest the shop's figures may take; the defaults stand in for them after that. */
const figuresMaxMs = 10_000

// Days between an order and the next one of the same customer, by the rule of every page that speaks of them.
const intervalsSql = `
  select quantileExactArray(0.5)(gaps) as median, sum(length(gaps)) as intervals from (${gapsSql('shop')})`

// One row a buyer over the newest version of each order: when they ordered last, and what they spent net of refunds.
const spentSql = `
  with ${survivorSql('customer')} as person
  select
    quantileExactIf({best:Float64})(toFloat64(spent), last >= {since:Int64}) as bestSpent,
    countIf(last >= {since:Int64}) as buyers
  from (
    select toUnixTimestamp64Milli(max(assumeNotNull(paid_at))) as last, sum(gross - refunded) as spent
    from order_versions final
    where shop = {shop:UInt32} and status = 'paid' and paid_at is not null and customer != 0
      and person not in ${ownPeopleSql}
      and arrayExists(line -> line.is_goods and line.quantity > line.refunded_quantity, lines)
      and currency = {currency:String} and paid_at <= fromUnixTimestamp64Milli({now:Int64})
    group by person
  )`

type NamedInterval = Interval & { readonly key: string; readonly name: string }

/** Intervals of the products or categories with most of them, 30 at least; the name is the newest one, of a category its key. */
export async function readIntervals(
  warehouse: Warehouse,
  shop: ShopId,
  asked: { readonly by: 'product' | 'category'; readonly now: number; readonly limit: number },
): Promise<readonly NamedInterval[]> {
  const { by, now, limit } = asked
  const named = `
    select line.product as key, argMax(line.name, version) as name from order_versions array join lines as line
    where shop = {shop:UInt32} group by key`
  return await warehouse.query<NamedInterval>(
    `select g.key as key, ${by === 'product' ? 'n.name' : 'g.key'} as name, g.medianDays as medianDays, g.intervals as intervals
     from (
       select name as key, quantileExactArray(0.5)(gaps) as medianDays, toUInt32(sum(length(gaps))) as intervals
       from (${gapsSql(by)}) group by name having intervals >= {least:UInt32}
       order by intervals desc, key limit {limit:UInt32}) as g
     ${by === 'product' ? `left join (${named}) as n on n.key = g.key` : ''}
     order by intervals desc, key`,
    { shop, asOf: now, least: leastIntervals, limit },
    { maxMs: figuresMaxMs },
  )
}

/** What a shop's orders say of it as of `now` (UTC ms): in ClickHouse, beside the live path. */
export async function readFigures(
  warehouse: Warehouse,
  shop: ShopId,
  asked: { readonly currency: string; readonly now: number },
): Promise<ShopFigures> {
  const { currency, now } = asked
  const options = { maxMs: figuresMaxMs }
  const [[gap], [row]] = await Promise.all([
    warehouse.query<{ median: number | null; intervals: number }>(
      intervalsSql,
      { shop, asOf: now },
      options,
    ),
    warehouse.query<{ bestSpent: number | null; buyers: number }>(
      spentSql,
      { shop, currency, now, since: now - 365 * dayMs, best: 1 - bestShare },
      options,
    ),
  ])
  return {
    currency,
    medianIntervalDays: gap?.median ?? null,
    intervals: Number(gap?.intervals ?? 0),
    bestBuyersSpent: row?.bestSpent ?? null,
    buyers: Number(row?.buyers ?? 0),
  }
}
