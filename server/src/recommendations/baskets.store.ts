import type { ShopId } from '../lib/brand.ts'
import type { QueryOptions, Warehouse } from '../warehouse/connection.store.ts'
import { survivorSql } from '../warehouse/survivor.ts'
import { countingLimits as limits } from './edition.ts'

/** What is counted: a shop, as of an instant (UTC ms), of one person in `share`. */
export type Counted = { readonly shop: ShopId; readonly asOf: number; readonly share: number }

/**
 * Counting stands behind everything else: one thread, less than the smallest engine has, three minutes a question. Blocks are small
 * because a basket of 50 products becomes 1,225 pairs.
 */
export const patience: QueryOptions = {
  maxMs: 180_000,
  settings: {
    max_threads: 1,
    max_block_size: '1024',
    max_memory_usage: '671088640',
    max_bytes_before_external_group_by: '134217728',
  },
}

/** Who a row is of now: survivors stand for those merged away. ClickHouse. */
export const person = survivorSql('customer')
/** The shop's own people count nowhere. */
const fromOutside = `${person} not in (select customer from customers final where shop = {shop:UInt32} and internal)`
/** Who is counted: one person in `share` of those from outside. */
export const taken = `cityHash64(${person}) % {share:UInt32} = 0 and ${fromOutside}`
/** The moment counted from, as ClickHouse reads `asOf` (milliseconds). */
export const now = 'fromUnixTimestamp64Milli({asOf:Int64})'

/** Paid orders of known people in the last `days`: the products kept of each, told apart. */
export const ordersSql = `
  select ${person} as person, assumeNotNull(paid_at) as at, sequence, order_id, arraySlice(arrayDistinct(
    arrayFilter(line -> line.is_goods and line.quantity > line.refunded_quantity, lines).product), 1, {basket:UInt32}) as products
  from order_versions final
  where shop = {shop:UInt32} and status = 'paid' and paid_at is not null and customer != 0
    and paid_at <= ${now} and paid_at > ${now} - toIntervalDay({days:UInt32}) and ${taken} and notEmpty(products)`

/** What one person looked at on one day. */
const looksSql = `
  select person, day as at, groupArray({basket:UInt32})(product_id) as products
  from (
    select distinct ${person} as person, toStartOfDay(at) as day, product_id from events
    where shop = {shop:UInt32} and name = 'Product Viewed' and product_id != '' and customer != 0
      and at <= ${now} and at > ${now} - toIntervalDay({days:UInt32}) and ${taken})
  group by person, day`

const baskets = {
  bought: { sql: ordersSql, days: limits.orderDays, halfLife: limits.orderHalfLifeDays },
  viewed: { sql: looksSql, days: limits.lookDays, halfLife: limits.lookHalfLifeDays },
} as const
export type BasketKind = keyof typeof baskets

const weight = `exp2(-greatest(0, dateDiff('second', at, ${now})) / (86400. * {halfLife:Float64}))`

/** How many orders and looks the shop has, to know what share of its people can be counted. */
export async function sizeOf(
  warehouse: Warehouse,
  { shop, asOf }: Pick<Counted, 'shop' | 'asOf'>,
): Promise<{ readonly orders: number; readonly looks: number }> {
  const [row] = await warehouse.query<{ orders: number; looks: number }>(
    `select
      (select count() from order_versions where shop = {shop:UInt32}
        and paid_at <= ${now} and paid_at > ${now} - toIntervalDay({days:UInt32}) and ${fromOutside}) as orders,
      (select count() from events where shop = {shop:UInt32} and name = 'Product Viewed'
        and at <= ${now} and at > ${now} - toIntervalDay({lookDays:UInt32}) and ${fromOutside}) as looks`,
    { shop, asOf, days: limits.orderDays, lookDays: limits.lookDays },
    patience,
  )
  return row ?? { orders: 0, looks: 0 }
}

/** A product in baskets: how many, and what they weigh today. */
export type Support = { readonly product: string; readonly cases: number; readonly weighed: number }

export type Supported = { readonly total: number; readonly support: readonly Support[] }

/** The products in most baskets of a kind, and how many baskets there are. */
export async function supportOf(
  warehouse: Warehouse,
  counted: Counted,
  kind: BasketKind,
): Promise<Supported> {
  const { sql } = baskets[kind]
  const params = { ...basketParams(counted, kind), least: limits.least, most: limits.products }
  const total = await warehouse.query<{ total: number }>(
    `select count() as total from (${sql})`,
    params,
    patience,
  )
  const support = await warehouse.query<Support>(
    `select product, count() as cases, sum(${weight}) as weighed
     from (${sql}) array join products as product
     group by product having cases >= {least:UInt32} order by cases desc, product limit {most:UInt32}`,
    params,
    patience,
  )
  return { total: total[0]?.total ?? 0, support }
}

/** The parameters of the baskets' queries, with the days and half-life of their kind. */
export function basketParams({ shop, asOf, share }: Counted, kind: BasketKind) {
  const { days, halfLife } = baskets[kind]
  return { shop, asOf, share, days, halfLife, basket: limits.basket }
}

/** Two products by their places in `support` (from 1), how strongly they belong together, and the cases of both. */
export type PairRow = {
  readonly one: number
  readonly other: number
  readonly score: number
  readonly cases: number
}

/** Products as numbers (their places among the supported ones, from 1): a pair is sixteen bytes whatever ids look like. */
export const placed =
  'arrayFilter(place -> place > 0, arrayMap(id -> transform(id, {ids:Array(String)}, {places:Array(UInt32)}, toUInt32(0)), products))'

const ofProduct = (which: 'one' | 'other', what: string) =>
  `transform(${which}, {places:Array(UInt32)}, {${what}:Array(Float64)}, 1.)`

/**
 * Rows (one, other, cases, weighed) as neighbours, best first. A similarity of weighed baskets: with a damping of a half the cosine
 * (Sarwar et al., Item-based collaborative filtering recommendation algorithms, WWW 2001), with less of it nearer to the share of
 * buyers (Deshpande and Karypis, Item-based top-N recommendation algorithms, TOIS 2004); pulled towards nothing where it rests on few cases (Bell and
 * Koren, Scalable collaborative filtering with jointly derived neighborhood interpolation weights, ICDM 2007); only pairs that
 * occur together more often than by chance (lift above 1; Brin et al., Beyond market baskets, SIGMOD 1997).
 */
export function neighboursSql(pairsSql: string): string {
  return `select one, other, cases,
      weighed / (sqrt(${ofProduct('one', 'weights')}) * pow(${ofProduct('other', 'otherWeights')}, {damping:Float64})) * cases / (cases + {shrink:UInt32}) as score
    from (${pairsSql})
    where cases * {total:Float64} > ${ofProduct('one', 'counts')} * ${ofProduct('other', 'otherCounts')}
    order by one, score desc, other
    limit {neighbours:UInt32} by one`
}

/** What `neighboursSql` asks of either side: weights for the cosine, cases for the lift. */
export function neighbourParams(sides: {
  readonly total: number
  readonly products: readonly string[]
  readonly damping: number
  readonly one: { readonly weights: readonly number[]; readonly counts: readonly number[] }
  readonly other: { readonly weights: readonly number[]; readonly counts: readonly number[] }
}) {
  return {
    total: sides.total,
    ids: sides.products,
    places: sides.products.map((_, at) => at + 1),
    weights: sides.one.weights,
    counts: sides.one.counts,
    otherWeights: sides.other.weights,
    otherCounts: sides.other.counts,
    damping: sides.damping,
    shrink: limits.shrink,
    neighbours: limits.neighbours,
    least: limits.least,
  }
}

/** For each supported product those in the same baskets, best first. */
export async function pairsOf(
  warehouse: Warehouse,
  counted: Counted & { readonly kind: BasketKind },
  { total, support }: Supported,
): Promise<readonly PairRow[]> {
  if (support.length < 2) return []
  const side = {
    weights: support.map((one) => one.weighed),
    counts: support.map((one) => one.cases),
  }
  const pairsSql = `
    select arrayJoin([(less, more), (more, less)]) as way, way.1 as one, way.2 as other, cases, weighed from (
      select pair.1 as less, pair.2 as more, count() as cases, sum(heavy) as weighed, min(person) as first, max(person) as last from (
        select person, heavy, arrayJoin(arrayFlatten(arrayMap(
          (a, place) -> arrayMap(b -> (a, b), arraySlice(known, place + 1)), known, arrayEnumerate(known)))) as pair
        from (
          select person, ${weight} as heavy, arraySort(${placed}) as known
          from (${baskets[counted.kind].sql}) where length(known) > 1))
      group by less, more
      having cases >= {least:UInt32} and first != last)`
  return await warehouse.query<PairRow>(
    neighboursSql(pairsSql),
    {
      ...basketParams(counted, counted.kind),
      ...neighbourParams({
        total,
        products: support.map((one) => one.product),
        // Looks say what is alike, not what sells.
        damping: counted.kind === 'viewed' ? 0.5 : limits.damping,
        one: side,
        other: side,
      }),
    },
    patience,
  )
}
