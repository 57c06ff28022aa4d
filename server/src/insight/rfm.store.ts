import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { livingSql } from '../segments/compile.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { effectiveOrdersSql } from './effective-orders.store.ts'
import type { RfmRow } from './rfm.ts'

/** Longest one question over all orders may take. */
const maxMs = 120_000
const settings = { max_bytes_before_external_group_by: '268435456' } as const

/** As of which instant (a midnight of the shop, UTC ms), and which one before it is compared with. */
export type RfmAsOf = { readonly asOf: number; readonly before: number; readonly currency: string }

// A buyer's values, each so that more is better: whole days since the last order below zero, orders, ten-thousandths.
const buyersSql = `
  select
    person,
    -intDiv({asOf:Int64} - max(paid), ${dayMs}) as r,
    toInt64(count()) as f,
    toInt64(sum(amount) * 10000) as m,
    toInt64(countIf(paid <= {before:Int64})) as f0,
    -intDiv({before:Int64} - maxIf(paid, paid <= {before:Int64}), ${dayMs}) as r0
  from (${effectiveOrdersSql})
  where person in (select customer from customers final where ${livingSql})
  group by person`

/**
 * The greatest value of each of the lowest fifths (or hundredths), exactly: the k n / parts-th smallest, rounded up. Written
 * out: a lambda would carry a copy of all values for each of them.
 */
const bounds = (values: string, parts: number, count: number) =>
  `[${Array.from({ length: count }, (_, at) => `${values}[intDiv(${at + 1} * n + ${parts - 1}, ${parts})]`).join(', ')}]`
const fifths = (values: string) => bounds(values, 5, 4)
const fifthsThen = (values: string) => fifths(values).replaceAll(' * n', ' * n0')

// Asked once as one value; then each buyer's scores are counts of bounds that lie below.
const boundsSql = `
  select (${fifths('rs')}, ${fifths('fs')}, ${fifths('ms')}, ${fifthsThen('r0s')}, ${fifthsThen('f0s')},
    ${bounds('ms', 100, 100)})
  from (
    select arraySort(groupArray(r)) as rs, arraySort(groupArray(f)) as fs, arraySort(groupArray(m)) as ms,
      arraySort(groupArrayIf(r0, f0 > 0)) as r0s, arraySort(groupArrayIf(f0, f0 > 0)) as f0s,
      count() as n, countIf(f0 > 0) as n0
    from (${buyersSql}))`

const score = (value: string, of: number) =>
  `toUInt8(1 + arrayCount(bound -> ${value} > bound, bounds.${of}))`
const scoredSql = `
  select *, ${score('r', 1)} as rs, ${score('f', 2)} as fs, ${score('m', 3)} as ms,
    if(f0 > 0, ${score('r0', 4)}, 0) as r0s, if(f0 > 0, ${score('f0', 5)}, 0) as f0s,
    toUInt8(arrayCount(bound -> m >= bound, bounds.6)) as percentile
  from (${buyersSql})`

/** All buyers by where they stand now and stood before. */
export async function rfmRows(
  warehouse: Warehouse,
  shop: ShopId,
  { signal, ...asOf }: RfmAsOf & { readonly signal?: AbortSignal },
): Promise<readonly RfmRow[]> {
  return await warehouse.query<RfmRow>(
    `with (${boundsSql}) as bounds
     select rs as r, fs as f, ms as m, r0s as r0, f0s as f0, count() as people,
       sum(s.m) / 10000 as revenue, sum(s.f) as orders, -sum(s.r) as days,
       -max(s.r) as fewestDays, -min(s.r) as mostDays, min(s.f) as fewestOrders, max(s.f) as mostOrders,
       min(s.m) / 10000 as leastRevenue, max(s.m) / 10000 as mostRevenue
     from (${scoredSql}) as s
     group by rs, fs, ms, r0s, f0s order by rs, fs, ms, r0s, f0s`,
    { shop, ...asOf },
    { maxMs, settings, ...(signal ? { signal } : {}) },
  )
}

/** Whoever's scores differ from what is known of them: '' where somebody is a buyer no more. */
export type ChangedScore = {
  readonly customer: number
  readonly cell: string
  readonly percentile: number
  /** What is known of them; -1 where no percentile is. */
  readonly was: string
  readonly wasPercentile: number
}

/** The next people after `after`, in order of id, whose scores are not those that the mirror holds. */
export async function changedScores(
  warehouse: Warehouse,
  shop: ShopId,
  asked: RfmAsOf & { readonly after: number; readonly limit: number },
): Promise<readonly ChangedScore[]> {
  return await warehouse.query<ChangedScore>(
    `with (${boundsSql}) as bounds
     select p.customer as customer, s.cell as cell, s.percentile as percentile, p.was as was, p.wasPercentile as wasPercentile
     from (
       select customer, fact_texts['rfm.cell'] as was, if(mapContains(fact_numbers, 'value.percentile'), toInt16(fact_numbers['value.percentile']), -1) as wasPercentile
       from customers final where ${livingSql} and customer > {after:UInt64}) as p
     left join (
       select person, concat(toString(rs), '-', toString(fs), '-', toString(ms)) as cell, percentile
       from (${scoredSql})) as s on s.person = p.customer
     where s.cell != p.was or if(s.cell = '', -1, s.percentile) != p.wasPercentile
     order by customer limit {limit:UInt32}`,
    { shop, ...asked },
    { maxMs, settings },
  )
}
