import type { Warehouse } from '../warehouse/connection.store.ts'
import { basketParams, type Counted, now, ordersSql, patience } from './baskets.store.ts'
import { countingLimits } from './edition.ts'
import type { NextBasket } from './quality.ts'

/** Buyers before and after an instant (`since`, UTC ms), those whose id hashes lowest: what they had, and their next order. */
export async function nextBaskets(
  warehouse: Warehouse,
  counted: Counted,
  asked: { readonly since: number; readonly most: number },
): Promise<readonly NextBasket[]> {
  const rows = await warehouse.query<{
    before: readonly (readonly [string, number])[]
    next: readonly string[]
  }>(
    `select
       arraySlice(arrayReverseSort(one -> (one.2, one.1), arrayFlatten(arrayMap(order -> arrayMap(p -> (p, order.1), order.4),
         arrayFilter(order -> order.1 <= {since:Int64}, orders)))), 1, {had:UInt32}) as before,
       arrayFirst(order -> order.1 > {since:Int64}, orders).4 as next
     from (
       select person, arraySort(groupArray((toUnixTimestamp64Milli(at), sequence, order_id, products))) as orders
       from (${ordersSql}) group by person
       having orders[1].1 <= {since:Int64} and orders[-1].1 > {since:Int64})
     order by cityHash64(person) limit {most:UInt32}`,
    {
      ...basketParams(counted, 'bought'),
      since: asked.since,
      most: asked.most,
      had: countingLimits.basket,
    },
    patience,
  )
  return rows.map(({ before, next }) => ({ next, bought: newest(before) }))
}

/** Products sold in the time that is counted. */
export async function productsSold(warehouse: Warehouse, counted: Counted): Promise<number> {
  const [row] = await warehouse.query<{ sold: number }>(
    `select uniqExact(product) as sold from (${ordersSql}) array join products as product where at <= ${now}`,
    basketParams(counted, 'bought'),
    patience,
  )
  return row?.sold ?? 0
}

function newest(before: readonly (readonly [string, number])[]): NextBasket['bought'] {
  const first = new Map<string, number>()
  for (const [product, at] of before) if (!first.has(product)) first.set(product, at)
  return [...first].map(([product, at]) => ({ product, at }))
}
