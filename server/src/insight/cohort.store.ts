import type { ShopId } from '../lib/brand.ts'
import { livingSql } from '../segments/compile.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { ownPeopleSql, survivorSql } from '../warehouse/survivor.ts'
import type { CohortBase, CohortReturn, CohortRow } from './cohort.ts'
import { effectiveOrdersSql } from './effective-orders.store.ts'

const maxMs = 120_000
const settings = { max_bytes_before_external_group_by: '536870912' } as const

export type CohortQuestion = {
  readonly base: CohortBase
  readonly returns: CohortReturn
  /** When each cohort begins, and when the last ends (UTC ms). */
  readonly starts: readonly number[]
  readonly periodMs: number
  readonly asOf: number
  readonly currency: string
  readonly signal?: AbortSignal
}

// Per person: since when they are followed (UTC ms), what their first order brought, and when they came back with what it
// brought. Another order of the same millisecond as the first is a return; the visit they began with is none.
const buyersSql = `
  select person, arraySort(order -> (order.1, order.2, order.3), groupArray((paid, sequence, order_id, toFloat64(amount)))) as orders,
    orders[1].1 as base, orders[1].4 as first, arraySlice(orders.1, 2) as times, arraySlice(orders.4, 2) as amounts
  from (${effectiveOrdersSql}) group by person`

const visitsSql = `
  select ${survivorSql('customer')} as person, arraySort(groupArray(toUnixTimestamp64Milli(at))) as visits
  from events
  where shop = {shop:UInt32} and customer != 0 and kind = 'derived' and name = 'Visit Started'
    and at <= fromUnixTimestamp64Milli({asOf:Int64}) and person not in ${ownPeopleSql}
  group by person`

const joinedSql = `
  select customer as person, toUnixTimestamp64Milli(fact_times['member.joined_at']) as base
  from customers final
  where ${livingSql} and mapContains(fact_times, 'member.joined_at') and base <= {asOf:Int64}`

const amountsOf = (visits: string) => `arrayMap(visit -> toFloat64(0), ${visits})`

/** One row a person who belongs to a cohort: base, first, times, amounts. */
function peopleSql(base: CohortBase, returns: CohortReturn): string {
  const later = returns === 'order' ? buyersSql : visitsSql
  switch (base) {
    case 'purchase':
      return returns === 'order'
        ? `select base, first, times, amounts from (${buyersSql})`
        : `select b.base as base, b.first as first, arrayFilter(visit -> visit > b.base, v.visits) as times, ${amountsOf('times')} as amounts
           from (select person, base, first from (${buyersSql})) as b any left join (${visitsSql}) as v on v.person = b.person`
    case 'visit':
      return returns === 'visit'
        ? `select visits[1] as base, toFloat64(0) as first, arraySlice(visits, 2) as times, ${amountsOf('times')} as amounts from (${visitsSql})`
        : `select v.base as base, toFloat64(0) as first,
             ${ordersSince('v.base')} from (select person, visits[1] as base from (${visitsSql})) as v
           any left join (${allOrdersSql}) as o on o.person = v.person`
    case 'signup':
      return returns === 'order'
        ? `select j.base as base, toFloat64(0) as first, ${ordersSince('j.base')}
           from (${joinedSql}) as j any left join (${allOrdersSql}) as o on o.person = j.person`
        : `select j.base as base, toFloat64(0) as first, arrayFilter(visit -> visit > j.base, v.visits) as times, ${amountsOf('times')} as amounts
           from (${joinedSql}) as j any left join (${later}) as v on v.person = j.person`
  }
}

const allOrdersSql = `
  select person, groupArray((paid, toFloat64(amount))) as orders from (${effectiveOrdersSql}) group by person`
const ordersSince = (base: string) =>
  `arrayFilter(order -> order.1 >= ${base}, o.orders) as since, since.1 as times, since.2 as amounts`

const periods = 'range(1, toUInt32(length({starts:Array(Int64)})))'

/** Cohorts with somebody in them: who came back in which of their periods, and what it brought. */
export async function cohortRows(
  warehouse: Warehouse,
  shop: ShopId,
  { base, returns, signal, ...question }: CohortQuestion,
): Promise<readonly CohortRow[]> {
  return await warehouse.query<CohortRow>(
    `select cohort, count() as people, sum(first) as firstRevenue,
       sumForEach(arrayMap(period -> toUInt64(whole >= period), ${periods})) as followed,
       sumForEach(arrayMap(period -> toUInt64(whole >= period and has(back, period)), ${periods})) as returned,
       sumForEach(arrayMap(period -> toUInt64(whole >= period and notEmpty(back) and arrayMin(back) <= period), ${periods})) as ever,
       sumForEach(arrayMap(period -> if(whole >= period,
         arraySum((one, amount) -> if(one = period, amount, 0), ins, amounts), 0), ${periods})) as revenue
     from (
       select first, amounts, arrayCount(start -> start <= base, {starts:Array(Int64)}) - 1 as cohort,
         intDiv({asOf:Int64} - base, {periodMs:Int64}) as whole,
         arrayMap(time -> toUInt32(intDiv(time - base, {periodMs:Int64}) + 1), times) as ins, arrayDistinct(ins) as back
       from (${peopleSql(base, returns)})
       where base >= {starts:Array(Int64)}[1] and base < {starts:Array(Int64)}[-1])
     group by cohort order by cohort`,
    { shop, ...question },
    { maxMs, settings, ...(signal ? { signal } : {}) },
  )
}
