import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { ownPeopleSql, survivorSql } from '../warehouse/survivor.ts'
import type {
  FirstPurchaseNotes,
  FirstPurchaseQuestion,
  FirstPurchaseRow,
  FirstPurchaseTotal,
} from './first-purchase.ts'

// One pass over the newest version of each order: per customer a sorted list of effective orders, of which only what is
// counted is carried (place in time, products, what each brought); then the first one is unfolded by product. No joins.
const customersSql = `
  with
    ${survivorSql('customer')} as person,
    arrayFilter(line -> line.is_goods and line.quantity > line.refunded_quantity, lines) as kept,
    toUnixTimestamp64Milli(assumeNotNull(paid_at)) as paid
  select
    arraySort(order -> (order.1, order.2, order.3), groupArray((
      paid, sequence, order_id, kept.product, kept.net))) as orders,
    orders[1] as first,
    arrayFilter(order ->
      order.1 - first.1 >= {minGapMs:Int64} and ({horizonMs:Int64} < 0 or order.1 - first.1 <= {horizonMs:Int64}),
      arraySlice(orders, 2)) as later,
    arrayMap(order -> arrayDistinct(order.4), later) as laterProducts
  from order_versions final
  where shop = {shop:UInt32} and status = 'paid' and paid_at is not null and customer != 0
    and currency = {currency:String} and paid_at <= fromUnixTimestamp64Milli({asOf:Int64})
    and notEmpty(kept) and person not in ${ownPeopleSql}
  group by person
  having first.1 >= {from:Int64} and first.1 < {to:Int64}
    and ({horizonMs:Int64} < 0 or first.1 + {horizonMs:Int64} <= {asOf:Int64})`

const measures = `
  count() as firstBuyers,
  sum(length(later)) as repeatOrders,
  countIf(notEmpty(later)) as repeaters,
  repeatOrders / firstBuyers as repeatPerBuyer,
  repeaters / firstBuyers as repurchaseRate,
  sum(arraySum(order -> arraySum(order.5), later)) as repeatRevenue,
  toFloat64(repeatRevenue) / firstBuyers as repeatRevenuePerBuyer`

const rowsSql = `
  select
    product,
    ${measures},
    sum(arrayCount(products -> has(products, product), laterProducts)) as repeatSameOrders,
    sum(arrayCount(products -> length(products) > has(products, product), laterProducts)) as repeatOtherOrders,
    repeatSameOrders as repeatSameItems,
    sum(arraySum(products -> length(products) - has(products, product), laterProducts)) as repeatOtherItems,
    sum(arraySum((name, net) -> if(name = product, net, 0), first.4, first.5)) as firstRevenue
  from (${customersSql})
  array join arrayDistinct(first.4) as product
  group by product
  order by firstBuyers desc, product
  limit {limit:UInt32}`

// What the products are called: as one of the newest orders of each had it.
const namesSql = `
  select line.product as product, argMax(line.name, version) as name, argMax(line.category, version) as category
  from order_versions array join lines as line
  where shop = {shop:UInt32} and has({products:Array(String)}, line.product)
  group by product`

const totalSql = `select ${measures}, sum(arraySum(first.5)) as firstRevenue from (${customersSql})`

/** Every product that was bought first, most first buyers first. */
export async function firstPurchaseRows(
  warehouse: Warehouse,
  shop: ShopId,
  question: FirstPurchaseQuestion & { readonly limit: number },
): Promise<readonly FirstPurchaseRow[]> {
  const params = { ...paramsOf(shop, question), limit: question.limit }
  const rows = await warehouse.query<Measured>(rowsSql, params, { maxMs: 60_000 })
  const products = rows.map((row) => row.product)
  const named = await warehouse.query<Named>(namesSql, { shop, products }, { maxMs: 60_000 })
  const names = new Map(named.map((row) => [row.product, row]))
  return rows.map((row) => {
    const { name = row.product, category = '' } = names.get(row.product) ?? {}
    return { ...row, name, category }
  })
}

type Measured = Omit<FirstPurchaseRow, 'name' | 'category'>
type Named = Pick<FirstPurchaseRow, 'product' | 'name' | 'category'>

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
