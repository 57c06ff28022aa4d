import { gapsSql, type IntervalKind, leastIntervals } from '../orders/repurchase-interval.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import {
  basketParams,
  type Counted,
  now,
  ordersSql,
  patience,
  person,
  taken,
} from './baskets.store.ts'
import { countingLimits as limits } from './edition.ts'
import type { Ranked } from './tables.ts'

/** First buyers of a product, and those of them who ordered again. */
export type FirstBuyers = {
  readonly product: string
  readonly people: number
  readonly reached: number
}

/**
 * First buyers of each product and how many came back within so many days, of those followed for all of them; over all
 * history (first-purchase/first-purchase.ts). Without days: whoever came back.
 */
export async function firstBuyers(
  warehouse: Warehouse,
  counted: Counted,
  days: number | undefined,
): Promise<readonly FirstBuyers[]> {
  return await warehouse.query<FirstBuyers>(
    `select product, count() as people, countIf(isBack) as reached
     from (
       select arraySort(groupArray((at, sequence, order_id, products))) as orders, orders[1].4 as first, orders[1].1 as began,
         length(orders) > 1 and ({within:UInt32} = 0 or orders[2].1 <= began + toIntervalDay({within:UInt32})) as isBack
       from (${ordersSql}) group by person
       having {within:UInt32} = 0 or began + toIntervalDay({within:UInt32}) <= ${now})
     array join first as product
     group by product order by people desc, product limit {most:UInt32}`,
    {
      ...basketParams(counted, 'bought'),
      days: 36_500,
      within: days ?? 0,
      most: limits.products,
    },
    patience,
  )
}

/** What is bought now: orders that fade, and the buyers of the last 30 days. */
export async function popularProducts(
  warehouse: Warehouse,
  counted: Counted,
): Promise<readonly Ranked[]> {
  return await warehouse.query<Ranked>(
    popularSql('1'),
    { ...popularParams(counted), most: limits.popular },
    patience,
  )
}

/** The same of these people alone. */
export async function popularAmong(
  warehouse: Warehouse,
  counted: Counted,
  members: readonly number[],
): Promise<readonly Ranked[]> {
  return await warehouse.query<Ranked>(
    popularSql('person in {members:Array(UInt64)}'),
    { ...popularParams(counted), most: limits.products, members },
    patience,
  )
}

const popularSql = (
  who: string,
) => `select product, sum(exp2(-dateDiff('second', at, ${now}) / (86400. * {halfLife:Float64}))) as score,
       uniqIf(person, at > ${now} - toIntervalDay(30)) as count, uniq(person) as of
     from (${ordersSql}) array join products as product
     where ${who}
     group by product order by score desc, product limit {most:UInt32}`

const popularParams = (counted: Counted) => ({
  ...basketParams(counted, 'bought'),
  days: limits.popularDays,
  halfLife: limits.popularHalfLifeDays,
})

export type SearchedRow = Ranked & { readonly query: string }

// Searches as foldQuery tells them apart (query.ts).
const searchesSql = `
  select distinct ${person} as person, at,
    trim(substringUTF8(replaceRegexpAll(lowerUTF8(normalizeUTF8NFC(query)), '\\\\s+', ' '), 1, 100)) as words
  from events
  where shop = {shop:UInt32} and name = 'Products Searched' and query != '' and customer != 0 and ${taken}
    and at <= ${now} and at > ${now} - toIntervalDay({popularDays:UInt32}) and lengthUTF8(words) >= 2`

/** What those bought who searched the same words, within a week; only what they bought more than other searchers did. */
export async function searchedProducts(
  warehouse: Warehouse,
  counted: Counted,
): Promise<readonly SearchedRow[]> {
  return await warehouse.query<SearchedRow>(
    `with
       searches as (${searchesSql}),
       searchers as (select words, uniq(person) as people from searches group by words having people >= {least:UInt32}
         order by people desc, words limit {searches:UInt32}),
       found as (
         select words, product, uniq(s.person) as cases
         from searches as s join (${ordersSql}) as o on o.person = s.person
         array join o.products as product
         where o.at >= s.at and o.at <= s.at + toIntervalDay({searchDays:UInt32})
         group by words, product having cases >= {least:UInt32}),
       whole as (select product, sum(cases) as cases from found group by product)
     select f.words as query, f.product as product, f.cases as count, q.people as of,
       f.cases / q.people * f.cases / (f.cases + {shrink:UInt32}) as score
     from found as f
     join searchers as q on q.words = f.words
     join whole as w on w.product = f.product
     where f.cases * (select sum(people) from searchers) >= w.cases * q.people
     order by query, score desc, product limit {neighbours:UInt32} by query`,
    {
      ...basketParams(counted, 'bought'),
      popularDays: limits.popularDays,
      days: limits.popularDays,
      searchDays: limits.searchDays,
      searches: limits.searches,
      least: limits.least,
      shrink: limits.shrink,
      neighbours: limits.neighbours,
    },
    patience,
  )
}

/** After how many days each product is bought again by the same person (median), where 30 intervals were seen. */
export async function intervals(
  warehouse: Warehouse,
  counted: Counted,
  by: IntervalKind,
): Promise<readonly Ranked[]> {
  return await warehouse.query<Ranked>(
    `select name as product, quantileExact(0.5)(gap) as score, count() as count, count() as of
     from (${gapsSql(by, taken)}) array join gaps as gap
     group by name having count() >= {least:UInt32}
     order by count desc, name limit {most:UInt32}`,
    {
      ...basketParams(counted, 'bought'),
      least: leastIntervals,
      most: limits.products,
    },
    patience,
  )
}
