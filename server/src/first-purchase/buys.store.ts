import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { ownPeopleSql } from '../warehouse/survivor.ts'
import type { FirstPurchaseQuestion } from './first-purchase.ts'

/** Which lives are read: those made by these rules; up to `settled` every customer has one row, 0: not known (lives.store.ts). */
export type Lives = { readonly rules: string; readonly settled: number }

/** A question about lives. */
export type Asked = FirstPurchaseQuestion & Lives

/**
 * The newest life of each customer; parameters shop, rules, settled. FINAL would merge all of them by customer again in every
 * query, a third of the report over 10 M orders: what is settled is read as it lies, without those who have a newer one, and the few
 * that are newer beside it.
 */
export function newestLivesSql({ settled }: Lives): string {
  const own = 'shop = {shop:UInt32} and rules = {rules:UInt64}'
  if (settled === 0) return `(select * from purchase_lives final where ${own})`
  const newer = `from purchase_lives where ${own} and version > {settled:UInt64}`
  return `(
    select * from purchase_lives
    where ${own} and version <= {settled:UInt64} and customer not in (select customer ${newer})
    union all
    select * ${newer} and (customer, version) in (select customer, max(version) ${newer} group by customer))`
}

// A life as if it began with each product: what came before is cut off.
const fromEachProductSql = (lives: Lives) => `
  select l.shop as shop, l.rules as rules, l.customer as customer, [product] as first_products,
    l.first_at + shift as first_at, l.channel as channel, l.discounted as discounted,
    [if(begun = 0, l.first_nets[indexOf(l.first_products, product)], l.item_nets[indexOf(l.item_products, product)])] as first_nets,
    arrayMap(gap -> gap - shift, arraySlice(l.later_gaps, begun + 1)) as later_gaps,
    arrayMap(n -> n - if(begun = 0, 0, l.later_items[begun]), arraySlice(l.later_items, begun + 1)) as later_items,
    arrayMap(n -> n - if(begun = 0, 0, l.later_alones[begun]), arraySlice(l.later_alones, begun + 1)) as later_alones,
    arraySlice(l.later_nets, begun + 1) as later_nets, arraySlice(l.later_renewals, begun + 1) as later_renewals,
    arrayFilter((code, place) -> place > begun, l.item_products, l.item_orders) as item_products,
    arrayMap(gap -> gap - shift, arrayFilter((gap, place) -> place > begun, l.item_gaps, l.item_orders)) as item_gaps,
    arrayMap(place -> toUInt16(place - begun), arrayFilter(place -> place > begun, l.item_orders)) as item_orders,
    arrayFilter((code, place) -> place > begun, l.alone_products, l.alone_orders) as alone_products,
    arrayMap(gap -> gap - shift, arrayFilter((gap, place) -> place > begun, l.alone_gaps, l.alone_orders)) as alone_gaps,
    arrayMap(place -> toUInt16(place - begun), arrayFilter(place -> place > begun, l.alone_orders)) as alone_orders
  from (
    select *, arrayJoin(arrayDistinct(arrayConcat(first_products, item_products))) as product,
      if(has(first_products, product), 0, item_orders[indexOf(item_products, product)]) as begun,
      if(begun = 0, 0, later_gaps[begun]) as shift
    from ${newestLivesSql(lives)}) as l`

const joinedBeforeSql = `(
  select customer from customers final
  where shop = {shop:UInt32}
    and least(created_at, if(mapContains(times, 'created_at'), times['created_at'], created_at)) < fromUnixTimestamp64Milli({knownSince:Int64}))`

/**
 * The lives that a question is about, each with what it counts: the additional orders within the horizon (`gaps` in ms, `k` of
 * them) and what they brought, the products in them (`items`), those that were alone in an order (`alones`), ms `watched`,
 * whether that is the whole horizon (`ripe`), and after how many ms the first additional order came, however late (-1: none).
 */
export function livesSql(asked: Asked): string {
  const source =
    asked.mode === 'first_order' ? newestLivesSql(asked) : `(${fromEachProductSql(asked)})`
  const isPlain = asked.minGapDays === 0 && !asked.withoutRenewals
  return `
    select customer, first_at, first_products, first_nets, channel, discounted,
      {asOf:Int64} - first_at as watched, least(watched, {horizonMs:Int64}) as span, watched >= {horizonMs:Int64} or {horizonMs:Int64} = {endless:Int64} as ripe,
      ${isPlain ? fromTheFront : pickedOneByOne},
      intDiv(watched + ${dayMs - 1}, ${dayMs}) as until
    from ${source}
    where notEmpty(first_products)
      and first_at >= {from:Int64} and first_at < {to:Int64} and first_at <= {asOf:Int64}
      ${asked.channel === undefined ? '' : 'and channel = {channel:String}'}
      ${asked.discounted === undefined ? '' : 'and discounted = {discounted:Bool}'}
      and customer not in ${ownPeopleSql}
      ${asked.ordersKnownSince === undefined ? '' : `and customer not in ${joinedBeforeSql}`}`
}

// All orders count: they are in order of time, so those within a horizon are a piece from the front.
const fromTheFront = `
      arrayCount(gap -> gap <= span, later_gaps) as k,
      arraySlice(later_gaps, 1, k) as gaps, arraySum(arraySlice(later_nets, 1, k)) as brought,
      arraySlice(item_products, 1, later_items[k]) as items, arraySlice(alone_products, 1, later_alones[k]) as alones,
      if(notEmpty(later_gaps) and later_gaps[1] <= watched, later_gaps[1], -1) as soonest`

// Some orders do not count: each is looked at.
const pickedOneByOne = `
      arrayMap((gap, renewed) -> gap >= {minGapMs:Int64} and not (renewed and {withoutRenewals:Bool}), later_gaps, later_renewals) as taken,
      arrayFilter((gap, is) -> is and gap <= span, later_gaps, taken) as gaps, length(gaps) as k,
      arraySum((net, gap, is) -> if(is and gap <= span, net, 0), later_nets, later_gaps, taken) as brought,
      arrayFilter((code, place) -> taken[place] and later_gaps[place] <= span, item_products, item_orders) as items,
      arrayFilter((code, place) -> taken[place] and later_gaps[place] <= span, alone_products, alone_orders) as alones,
      arrayFirstOrNull((gap, is) -> is and gap <= watched, later_gaps, taken) as found, ifNull(found, -1) as soonest`

/** The parameters of `livesSql`. */
export function livesParams(shop: ShopId, asked: Asked) {
  const { rules, settled, asOf, horizonDays, minGapDays, channel, discounted, ordersKnownSince } =
    asked
  return {
    shop,
    rules,
    settled,
    asOf,
    from: asked.from ?? Number.MIN_SAFE_INTEGER,
    to: asked.to ?? Number.MAX_SAFE_INTEGER,
    minGapMs: Math.round(minGapDays * dayMs),
    horizonMs: horizonDays === undefined ? endless : Math.round(horizonDays * dayMs),
    endless,
    withoutRenewals: asked.withoutRenewals,
    ...(channel === undefined ? {} : { channel }),
    ...(discounted === undefined ? {} : { discounted }),
    ...(ordersKnownSince === undefined ? {} : { knownSince: ordersKnownSince }),
  }
}

const endless = Number.MAX_SAFE_INTEGER
