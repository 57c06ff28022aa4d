import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { effectiveOrdersSql } from './effective-orders.store.ts'
import { leastTogether, type PairCount, pairsOfDays } from './pairs.ts'

const maxMs = 120_000
const settings = { max_bytes_before_external_group_by: '268435456' } as const
/** Products told apart, products of one order, pairs with most orders: an order of 50 has 1,225 pairs. */
const limits = { products: 2_000, basket: 50, pairs: 5_000 } as const

const basketsSql = `
  select person, arrayDistinct(kept.product) as products from (${effectiveOrdersSql}) where paid > {since:Int64}`

/** Orders of the days before `asOf` (UTC ms), and the products that are in one often enough. */
export async function readPairs(
  warehouse: Warehouse,
  shop: ShopId,
  asked: { readonly asOf: number; readonly currency: string; readonly signal?: AbortSignal },
): Promise<{ readonly orders: number; readonly pairs: readonly PairCount[] }> {
  const { asOf, currency, signal } = asked
  const params = { shop, asOf, currency, since: asOf - pairsOfDays * dayMs }
  const options = { maxMs, settings, ...(signal ? { signal } : {}) }
  const [whole] = await warehouse.query<{ orders: number }>(
    `select count() as orders from (${basketsSql})`,
    params,
    options,
  )
  const pairs = await warehouse.query<PairCount>(
    `with
       often as (
         select product, count() as orders from (${basketsSql}) array join products as product
         group by product having orders >= {orders:UInt32} order by orders desc, product limit {products:UInt32}),
       both as (
         select one, other, count() as orders, uniqExact(person) as people
         from (
           select person, one, items from (
             select person, arraySlice(arraySort(arrayFilter(id -> id in (select product from often), products)), 1, {basket:UInt32}) as items
             from (${basketsSql}) where length(items) > 1)
           array join items as one)
         array join items as other
         where one < other
         group by one, other having orders >= {orders:UInt32} and people >= {people:UInt32}
         order by orders desc, one, other limit {pairs:UInt32})
     select b.one as one, b.other as other, b.orders as orders, b.people as people, a.orders as ofOne, c.orders as ofOther
     from both as b join often as a on a.product = b.one join often as c on c.product = b.other
     order by orders desc, one, other`,
    { ...params, ...leastTogether, ...{ ...limits, orders: leastTogether.orders } },
    options,
  )
  return { orders: Number(whole?.orders ?? 0), pairs }
}
