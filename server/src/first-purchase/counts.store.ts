import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import type { Followed } from '../statistics/survival.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { type Asked, livesParams, livesSql } from './buys.store.ts'
import {
  curveDays,
  type FirstPurchaseCounts,
  type FirstPurchaseNotes,
  type FirstPurchaseTotal,
} from './first-purchase.ts'

const patience = { maxMs: 60_000 }

/** A product's counts, and its first buyers by days for the curves. */
export type ProductCounts = FirstPurchaseCounts & {
  /** cityHash64 of the product, as text. */
  readonly code: string
  readonly product: string
  readonly name: string
  readonly category: string
  readonly followed: Followed
}

// Of a product several things are counted at once: what is not known of each buyer alone (same, other) by its number in the arrays.
const measures = `
    sumIf(weight, ripe) as firstBuyers,
    sum(weight) as buyersSoFar,
    sumIf(weight * k, ripe) as repeatOrders,
    sumIf(weight, ripe and k > 0) as repeaters,
    sumIf(weight * brought, ripe) as repeatRevenue,
    sum(weight * span) / ${dayMs} as exposureDays`

const weightSql = ({ credit }: Asked) =>
  credit === 'full' ? 'toUInt8(1)' : '1 / length(first_products)'

/** Day d is (d - 1, d] after the first order. */
const dayOf = (ms: string) => `intDiv(${ms} + ${dayMs - 1}, ${dayMs})`

// The shop as a whole, read with the products: a life stands once for each product of its first order and leads with one.
const wholeSql = `
    cast((
      sum(countIf(leads and ripe)) over (), sum(countIf(leads)) over (), sum(sumIf(k, leads and ripe)) over (),
      sum(countIf(leads and ripe and k > 0)) over (), sum(sumIf(brought, leads and ripe)) over (),
      sum(sumIf(own, ripe)) over (), sum(sumIf(span, leads)) over () / ${dayMs}
    ) as Tuple(firstBuyers Float64, buyersSoFar Float64, repeatOrders Float64,
      repeaters Float64, repeatRevenue Float64, firstRevenue Float64, exposureDays Float64)) as whole,`

type Counting = Asked & { readonly product?: string; readonly withWhole?: boolean }

const rowsSql = (asked: Counting, days: number) => `
  select toString(product) as code,${asked.withWhole ? wholeSql : ''}
    ${measures},
    sumIf(weight * countEqual(items, product), ripe) as repeatSameItems,
    repeatSameItems as repeatSameOrders,
    sumIf(weight * length(items), ripe) - repeatSameItems as repeatOtherItems,
    repeatOrders - sumIf(weight * countEqual(alones, product), ripe) as repeatOtherOrders,
    sumIf(own, ripe) as firstRevenue,
    count() as people,
    countResample(0, ${days}, 1)(until) as followed,
    countResampleIf(0, ${days}, 1)(until, soonest >= 0) as followedOfRepeaters,
    countResampleIf(0, ${days}, 1)(${dayOf('soonest')}, soonest >= 0) as first,
    countResampleArray(0, ${eventDays(asked, days)}, 1)(days) as events
  from (
    select first_products, first_nets, ripe, k, brought, span, items, alones, until, soonest, ${weightSql(asked)} as weight,
      arrayMap(gap -> ${dayOf('gap')}, gaps) as days
    from (${livesSql(asked)}))
  array join first_products as product, first_nets as own, arrayMap(place -> place = 1, arrayEnumerate(first_products)) as leads
  ${asked.product === undefined ? '' : 'where product = cityHash64({product:String})'}
  group by product
  order by firstBuyers desc, product
  limit {limit:UInt32}`

/** Nothing is counted past the horizon. */
const eventDays = ({ horizonDays }: Asked, days: number): number =>
  horizonDays === undefined ? days : Math.min(days, Math.ceil(horizonDays) + 1)

const totalSql = (asked: Asked) => `
  select ${measures}, sumIf(arraySum(first_nets), ripe) as firstRevenue
  from (select *, toUInt8(1) as weight from (${livesSql({ ...asked, mode: 'first_order' })}))`

type Row = Omit<ProductCounts, 'followed' | 'product' | 'name' | 'category'> &
  Followed & { readonly whole?: FirstPurchaseTotal }

/** Every product that was bought first, most first buyers first. */
export async function productCounts(
  warehouse: Warehouse,
  shop: ShopId,
  asked: Asked & { readonly limit: number; readonly product?: string },
): Promise<readonly ProductCounts[]> {
  return named(warehouse, shop, await rowsOf(warehouse, shop, asked))
}

/** The products, and the shop as a whole: in one reading where both speak of the same lives. */
export async function tableCounts(
  warehouse: Warehouse,
  shop: ShopId,
  asked: Asked & { readonly limit: number },
): Promise<{ readonly counts: readonly ProductCounts[]; readonly total: FirstPurchaseTotal }> {
  if (asked.mode !== 'first_order') {
    const [counts, total] = await Promise.all([
      productCounts(warehouse, shop, asked),
      totalCounts(warehouse, shop, asked),
    ])
    return { counts, total }
  }
  const rows = await rowsOf(warehouse, shop, { ...asked, withWhole: true })
  return { counts: await named(warehouse, shop, rows), total: rows[0]?.whole ?? emptyTotal }
}

async function rowsOf(
  warehouse: Warehouse,
  shop: ShopId,
  asked: Counting & { readonly limit: number },
): Promise<readonly Row[]> {
  const days = Math.max(curveDays, asked.horizonDays ?? 0) + 1
  return await warehouse.query<Row>(
    rowsSql(asked, days),
    { ...livesParams(shop, asked), limit: asked.limit, product: asked.product ?? '' },
    patience,
  )
}

async function named(
  warehouse: Warehouse,
  shop: ShopId,
  rows: readonly Row[],
): Promise<readonly ProductCounts[]> {
  const names = await namesOf(
    warehouse,
    shop,
    rows.map(({ code }) => code),
  )
  return rows.map((row) => {
    const { people, followed, followedOfRepeaters, first, events, whole: _, ...counts } = row
    const { code } = counts
    const found = names.get(code) ?? { code, product: code, name: code, category: '' }
    return {
      ...counts,
      ...found,
      followed: { people, followed, followedOfRepeaters, first, events },
    }
  })
}

type Named = Pick<ProductCounts, 'code' | 'product' | 'name' | 'category'>

async function namesOf(
  warehouse: Warehouse,
  shop: ShopId,
  codes: readonly string[],
): Promise<ReadonlyMap<string, Named>> {
  const rows = await warehouse.query<Named>(
    `select toString(code) as code, product, name, category from purchase_products final
     where shop = {shop:UInt32} and code in (select toUInt64(arrayJoin({codes:Array(String)})))`,
    { shop, codes },
  )
  return new Map(rows.map((row) => [row.code, row]))
}

/** The shop as a whole, each customer once. */
export async function totalCounts(
  warehouse: Warehouse,
  shop: ShopId,
  asked: Asked,
): Promise<FirstPurchaseTotal> {
  const [total] = await warehouse.query<FirstPurchaseTotal>(
    totalSql(asked),
    livesParams(shop, asked),
    patience,
  )
  return total ?? emptyTotal
}

const emptyTotal: FirstPurchaseTotal = {
  firstBuyers: 0,
  buyersSoFar: 0,
  repeatOrders: 0,
  repeaters: 0,
  repeatRevenue: 0,
  firstRevenue: 0,
  exposureDays: 0,
}

/** What is left out. Few orders are of nobody or in another currency: those alone are looked up at their newest. */
export async function leftOut(
  warehouse: Warehouse,
  shop: ShopId,
  asked: Asked & { readonly currency: string },
): Promise<FirstPurchaseNotes> {
  const params = { ...livesParams(shop, asked), currency: asked.currency }
  const [orders] = await warehouse.query<Omit<FirstPurchaseNotes, 'joinedBefore'>>(
    `select countIf(customer = 0) as ordersWithoutCustomer,
       countIf(customer != 0 and currency != {currency:String}) as ordersInOtherCurrency
     from order_versions final
     where shop = {shop:UInt32} and status = 'paid' and paid_at <= fromUnixTimestamp64Milli({asOf:Int64})
       and order_id in (
         select order_id from order_versions
         where shop = {shop:UInt32} and (customer = 0 or currency != {currency:String}))`,
    params,
    patience,
  )
  const { ordersKnownSince, ...all } = asked
  const joinedBefore =
    ordersKnownSince === undefined
      ? 0
      : (await peopleOf(warehouse, shop, all)) - (await peopleOf(warehouse, shop, asked))
  return { ordersWithoutCustomer: 0, ordersInOtherCurrency: 0, ...orders, joinedBefore }
}

async function peopleOf(warehouse: Warehouse, shop: ShopId, asked: Asked): Promise<number> {
  const [row] = await warehouse.query<{ n: number }>(
    `select count() as n from (${livesSql({ ...asked, mode: 'first_order' })})`,
    livesParams(shop, asked),
    patience,
  )
  return row?.n ?? 0
}
