import { dayMs } from '../lib/duration.ts'
import { ownPeopleSql, survivorSql } from '../warehouse/survivor.ts'

/** Fewest intervals between two purchases of one customer that a median is taken of. */
export const leastIntervals = 30
/** Days until the next purchase is due where nothing is known yet. */
export const usualRepurchaseDays = 30
/** Bounds of what is known: sooner is nagging, later is forgotten. */
export const repurchaseDaysRange = [7, 180] as const
/** Purchases of so many days back from the newest one are looked at. */
export const intervalsOfDays = 730
/** Purchases of one customer looked at, the most one can have. */
const purchasesLimit = 200

/** What an interval is between: purchases of the same product, of the same category, of anything. */
export const intervalKinds = ['product', 'category', 'shop'] as const
export type IntervalKind = (typeof intervalKinds)[number]

const keys: { readonly [K in IntervalKind]: string } = {
  product: 'kept.product',
  category: "arrayFilter(name -> name != '', kept.category)",
  shop: "['']",
}

/** ClickHouse SQL of when the shop's newest order until `asOf` was paid; null without any. Parameters: shop, asOf (UTC ms). */
export const lastOrderSql = `
  select max(paid_at) from order_versions
  where shop = {shop:UInt32} and status = 'paid' and customer != 0 and paid_at <= fromUnixTimestamp64Milli({asOf:Int64})`

/** A shop without orders for longer is looked at as of its newest one: its history has ended, its customers' has not. */
const silentMs = 30 * dayMs

/** As of when a shop's habits are looked at, UTC ms: now, or the newest order where nothing is told any more. */
export function habitsAsOf(now: number, lastOrderAt: number | null): number {
  return lastOrderAt === null || now - lastOrderAt < silentMs ? now : lastOrderAt
}

/**
 * ClickHouse SQL of one row a customer and name (product, category, or '' for the shop): person, name, times of purchase (UTC
 * seconds, ascending), days between each two that lie a day or more apart. Effective orders of known people who are not the
 * shop's own, of the last `intervalsOfDays`. Parameters: shop, asOf (UTC ms). `also` narrows the orders.
 */
export const gapsSql = (by: IntervalKind, also = '1') => `
  select person, name, arraySort(groupUniqArray(${purchasesLimit})(at)) as times,
    arrayMap(gap -> gap / 86400, arrayFilter(gap -> gap >= 86400, arraySlice(arrayDifference(times), 2))) as gaps
  from (
    select ${survivorSql('customer')} as person, toInt64(toUnixTimestamp(assumeNotNull(paid_at))) as at,
      arrayFilter(line -> line.is_goods and line.quantity > line.refunded_quantity, lines) as kept,
      arrayJoin(arrayDistinct(${keys[by]})) as name
    from order_versions final
    where shop = {shop:UInt32} and status = 'paid' and paid_at is not null and customer != 0 and notEmpty(kept)
      and paid_at <= fromUnixTimestamp64Milli({asOf:Int64})
      and paid_at > (${lastOrderSql}) - toIntervalDay(${intervalsOfDays})
      and person not in ${ownPeopleSql} and ${also})
  group by person, name`

/** Days between purchases: their median, of how many. */
export type Interval = { readonly medianDays: number; readonly intervals: number }

/** After how many days the next purchase is due, and what that is known from; '' is nothing: the usual number. */
export type Due = { readonly days: number; readonly from: IntervalKind | '' }

/** The product's own median, else its category's, else the shop's, each of 30 intervals or more and within 7 to 180 days; else 30 days. */
export function dueAfter(known: { readonly [K in IntervalKind]?: Interval | undefined }): Due {
  const [least, most] = repurchaseDaysRange
  for (const from of intervalKinds) {
    const own = known[from]
    if (own && own.intervals >= leastIntervals)
      return { days: Math.min(most, Math.max(least, Math.round(own.medianDays))), from }
  }
  return { days: usualRepurchaseDays, from: '' }
}
