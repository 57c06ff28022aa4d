import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import type {
  FirstPurchaseNotes,
  FirstPurchaseQuestion,
  FirstPurchaseRow,
  FirstPurchaseTotal,
} from './first-purchase.ts'

// One pass over the newest version of each order: per customer a sorted list of effective orders, then the first one
// unfolded by product. No joins, so ten million orders stay in one aggregation.
const customersSql = `
  with
    dictGetOrDefault('alias_of', 'survivor', (shop, customer), customer) as person,
    arrayFilter(line -> line.is_goods and line.quantity > line.refunded_quantity, lines) as kept,
    toUnixTimestamp64Milli(assumeNotNull(paid_at)) as paid
  select
    arraySort(order -> (order.1, order.2, order.3), groupArray((
      paid, sequence, order_id,
      arrayDistinct(kept.product),
      arraySum(line -> line.net, kept),
      kept))) as orders,
    orders[1] as first,
    arrayFilter(order ->
      order.1 - first.1 >= {minGapMs:Int64} and ({horizonMs:Int64} < 0 or order.1 - first.1 <= {horizonMs:Int64}),
      arraySlice(orders, 2)) as later
  from order_versions final
  where shop = {shop:UInt32} and status = 'paid' and paid_at is not null and customer != 0
    and currency = {currency:String} and paid_at <= fromUnixTimestamp64Milli({asOf:Int64})
    and notEmpty(kept)
  group by person
  having first.1 >= {from:Int64} and first.1 < {to:Int64}
    and ({horizonMs:Int64} < 0 or first.1 + {horizonMs:Int64} <= {asOf:Int64})`

const measures = `
  count() as firstBuyers,
  sum(length(later)) as repeatOrders,
  countIf(notEmpty(later)) as repeaters,
  repeatOrders / firstBuyers as repeatPerBuyer,
  repeaters / firstBuyers as repurchaseRate,
  sum(arraySum(order -> order.5, later)) as repeatRevenue,
  toFloat64(repeatRevenue) / firstBuyers as repeatRevenuePerBuyer`

const rowsSql = `
  select
    product,
    any(arrayFirst(line -> line.product = product, first.6).name) as name,
    any(arrayFirst(line -> line.product = product, first.6).category) as category,
    ${measures},
    sum(arrayCount(order -> has(order.4, product), later)) as repeatSameOrders,
    sum(arrayCount(order -> length(order.4) > has(order.4, product), later)) as repeatOtherOrders,
    repeatSameOrders as repeatSameItems,
    sum(arraySum(order -> length(order.4) - has(order.4, product), later)) as repeatOtherItems,
    sum(arraySum(line -> if(line.product = product, line.net, 0), first.6)) as firstRevenue
  from (${customersSql})
  array join first.4 as product
  group by product
  order by firstBuyers desc, product
  limit {limit:UInt32}`

const totalSql = `select ${measures}, sum(first.5) as firstRevenue from (${customersSql})`

/** Every product that was bought first, most first buyers first. */
export async function firstPurchaseRows(
  warehouse: Warehouse,
  shop: ShopId,
  question: FirstPurchaseQuestion & { readonly limit: number },
): Promise<readonly FirstPurchaseRow[]> {
  return warehouse.query<FirstPurchaseRow>(
    rowsSql,
    { ...paramsOf(shop, question), limit: question.limit },
    { maxMs: 60_000 },
  )
}

/** The shop as a whole, each customer once. */
export async function firstPurchaseTotal(
  warehouse: Warehouse,
  shop: ShopId,
  question: FirstPurchaseQuestion,
): Promise<FirstPurchaseTotal> {
  const rows = await warehouse.query<FirstPurchaseTotal>(totalSql, paramsOf(shop, question), {
    maxMs: 60_000,
  })
  const total = rows[0]
  // Without customers ClickHouse divides by zero; JSON has no NaN, so the rates arrive as null.
  return total && total.firstBuyers > 0 ? total : emptyTotal
}

/** What is left out: paid orders that belong to nobody known or are in another currency. */
export async function firstPurchaseNotes(
  warehouse: Warehouse,
  shop: ShopId,
  question: FirstPurchaseQuestion,
): Promise<FirstPurchaseNotes> {
  const rows = await warehouse.query<FirstPurchaseNotes>(
    `select countIf(customer = 0) as ordersWithoutCustomer, countIf(customer != 0 and currency != {currency:String}) as ordersInOtherCurrency
     from order_versions final
     where shop = {shop:UInt32} and status = 'paid' and paid_at <= fromUnixTimestamp64Milli({asOf:Int64})`,
    { shop, currency: question.currency, asOf: question.asOf },
    { maxMs: 60_000 },
  )
  return rows[0] ?? { ordersWithoutCustomer: 0, ordersInOtherCurrency: 0 }
}

function paramsOf(shop: ShopId, question: FirstPurchaseQuestion) {
  return {
    shop,
    currency: question.currency,
    asOf: question.asOf,
    from: question.from ?? Number.MIN_SAFE_INTEGER,
    to: question.to ?? Number.MAX_SAFE_INTEGER,
    minGapMs: Math.round(question.minGapDays * dayMs),
    horizonMs: question.horizonDays === undefined ? -1 : Math.round(question.horizonDays * dayMs),
  }
}

const emptyTotal: FirstPurchaseTotal = {
  firstBuyers: 0,
  repeatOrders: 0,
  repeaters: 0,
  repeatPerBuyer: 0,
  repurchaseRate: 0,
  repeatRevenue: 0,
  repeatRevenuePerBuyer: 0,
  firstRevenue: 0,
}
