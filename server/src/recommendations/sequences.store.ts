import type { Warehouse } from '../warehouse/connection.store.ts'
import {
  basketParams,
  type Counted,
  neighbourParams,
  neighboursSql,
  ordersSql,
  type PairRow,
  patience,
  placed,
} from './baskets.store.ts'
import { countingLimits as limits } from './edition.ts'

/** Orders of one person that are looked at; the newest. */
const ordersOfOne = 30

// Each person's pairs (bought, bought in a later order within the window), told apart. Orders stand in time.
const pairsOfPeople = `
  select person, arrayDistinct(arrayFlatten(arrayMap(
    order -> arrayFlatten(arrayMap(
      next -> arrayFlatten(arrayMap(a -> arrayMap(b -> (a, b), arrayFilter(b -> b != a, next.4)), order.4)),
      arrayFilter(next -> next.1 > order.1 and next.1 <= order.1 + toIntervalDay({nextDays:UInt32}), orders))),
    orders))) as pairs
  from (
    select person, groupArray((at, sequence, order_id, ${placed})) as orders
    from (select * from (${ordersSql}) order by at desc limit {ordersOfOne:UInt32} by person)
    group by person having length(orders) > 1)`

const sidesSql = `
  select place, countIf(side = 0) as before, countIf(side = 1) as after from (
    select arrayJoin(arrayConcat(
      arrayMap(place -> (place, 0), arrayDistinct(arrayMap(pair -> pair.1, pairs))),
      arrayMap(place -> (place, 1), arrayDistinct(arrayMap(pair -> pair.2, pairs))))) as told, told.1 as place, told.2 as side
    from (${pairsOfPeople}))
  group by place`

/**
 * What is bought after what, of these products: people who bought each and went on to another (`before`, in the order of the
 * products), and for each the next ones, best first.
 */
export async function nextPairsOf(
  warehouse: Warehouse,
  counted: Counted,
  products: readonly string[],
): Promise<{ readonly before: readonly number[]; readonly pairs: readonly PairRow[] }> {
  if (products.length < 2) return { before: [], pairs: [] }
  const params = {
    ...basketParams(counted, 'bought'),
    ids: products,
    places: products.map((_, at) => at + 1),
    nextDays: limits.nextDays,
    ordersOfOne,
  }
  const people = await warehouse.query<{ people: number }>(
    `select count() as people from (${pairsOfPeople})`,
    params,
    patience,
  )
  const before = products.map(() => 1)
  const after = products.map(() => 1)
  for (const side of await warehouse.query<Side>(sidesSql, params, patience)) {
    before[side.place - 1] = side.before
    after[side.place - 1] = side.after
  }
  const pairs = await warehouse.query<PairRow>(
    neighboursSql(`
      select pair.1 as one, pair.2 as other, count() as cases, toFloat64(cases) as weighed
      from (select arrayJoin(pairs) as pair from (${pairsOfPeople}))
      group by one, other having cases >= {least:UInt32}`),
    {
      ...params,
      ...neighbourParams({
        total: people[0]?.people ?? 0,
        products,
        damping: limits.damping,
        one: { weights: before, counts: before },
        other: { weights: after, counts: after },
      }),
    },
    patience,
  )
  return { before, pairs }
}

type Side = { readonly place: number; readonly before: number; readonly after: number }
