import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import type { Query } from '../segments/query.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { ownPeopleSql, survivorSql } from '../warehouse/survivor.ts'
import { effectiveOrdersSql } from './effective-orders.store.ts'
import { type FunnelRow, groupsLimit, sourcesLimit, stepEvents } from './funnel.ts'

const maxMs = 120_000
const settings = { max_bytes_before_external_group_by: '536870912' } as const

/** What is asked; times UTC ms. Visits and people count to the period in which they began. */
export type FunnelQuestion = {
  /** The period before begins and ends, the period asked about begins and ends. */
  readonly start: number
  readonly until: number
  readonly from: number
  readonly to: number
  readonly asOf: number
  /** Undefined: each visit by itself. A number: each person once, from their first visit in the period, so long. */
  readonly windowMs: number | undefined
  readonly path: 'any' | 'search'
  readonly currency: string
  /** Only looks, carts and orders of this product, or of this category. */
  readonly product: string | undefined
  readonly category: string | undefined
  /** Only these people: a relation of one column `customer`. */
  readonly among: Query | undefined
  /** Told apart by these products, or categories: of each only its own looks, carts and orders. */
  readonly goods?: FunnelGoods | undefined
  readonly signal?: AbortSignal
}

/** Products by id, or categories by name. */
export type FunnelGoods = { readonly of: 'product' | 'category'; readonly names: readonly string[] }

// What somebody did is one number: the time (ms) above five bits that say what. So a list of them is in order of time, and what
// happened in the same millisecond in the order of the way. 0: a visit ended; 1 to 24: one began, by source; above: the steps.
const codes = {
  ended: 0,
  started: 1,
  search: 26,
  view: 27,
  cart: 28,
  checkout: 29,
  order: 30,
} as const
const lastSource = 24
const code = (item: string) => `bitAnd(${item}, 31)`
const timeOf = (item: string) => `bitShiftRight(${item}, 5)`
const itemOf = (time: string, what: string) =>
  `bitOr(bitShiftLeft(toUInt64(${time}), 5), toUInt64(${what}))`
const isStart = (item: string) => `${code(item)} between ${codes.started} and ${lastSource}`

const named = Object.entries(stepEvents).flatMap(([step, names]) =>
  names.map((name) => [name, codes[step as keyof typeof stepEvents]] as const),
)

/** Where visits of both periods came from, the most frequent first. */
async function sourcesOf(warehouse: Warehouse, shop: ShopId, { start, to }: FunnelQuestion) {
  const rows = await warehouse.query<{ source: string }>(
    `select texts['source'] as source from events
     where shop = {shop:UInt32} and customer != 0 and kind = 'derived' and name = 'Visit Started' and source != ''
       and at >= fromUnixTimestamp64Milli({start:Int64}) and at < fromUnixTimestamp64Milli({to:Int64})
     group by source order by count() desc, source limit {limit:UInt32}`,
    { shop, start, to, limit: sourcesLimit },
    { maxMs, settings },
  )
  return rows.map((row) => row.source)
}

/** Products, or categories, that were looked at and put into carts most in both periods. */
export async function goodsLookedAt(
  warehouse: Warehouse,
  shop: ShopId,
  asked: Pick<FunnelQuestion, 'start' | 'to' | 'signal'> & Omit<FunnelGoods, 'names'>,
): Promise<readonly string[]> {
  const { start, to, of, signal } = asked
  const rows = await warehouse.query<{ good: string }>(
    `select ${goodSql(of)} as good from events
     where shop = {shop:UInt32} and customer != 0 and import_id = '' and kind = 'event' and ${isLookSql} and good != ''
       and at >= fromUnixTimestamp64Milli({start:Int64}) and at < fromUnixTimestamp64Milli({to:Int64})
     group by good order by count() desc, good limit {limit:UInt32}`,
    { shop, start, to, limit: groupsLimit },
    { maxMs, settings, ...(signal ? { signal } : {}) },
  )
  return rows.map((row) => row.good)
}

const isLookSql = "name in ('Product Viewed', 'Product Added', 'Wishlist Product Added to Cart')"
const goodSql = (of: FunnelGoods['of']) => (of === 'product' ? 'product_id' : "texts['category']")

/** How far visits, or people, of both periods came. One pass over the events of the steps and the orders. */
export async function funnelRows(
  warehouse: Warehouse,
  shop: ShopId,
  question: FunnelQuestion,
): Promise<readonly FunnelRow[]> {
  const { among, signal, windowMs, path, product, category, goods, ...times } = question
  const sources = await sourcesOf(warehouse, shop, question)
  const rows = await warehouse.query<FunnelRow & { readonly place: number }>(
    countedSql(question),
    {
      ...among?.params,
      ...times,
      shop,
      product: product ?? '',
      category: category ?? '',
      goods: goods?.names ?? [],
      end: Math.min(question.asOf, question.to + (windowMs ?? dayMs)),
      windowMs: windowMs ?? 0,
      names: named.map(([name]) => name),
      codes: named.map(([, what]) => what),
      sources,
      places: sources.map((_, at) => codes.started + 1 + at),
    },
    { maxMs, settings, ...(signal ? { signal } : {}) },
  )
  return rows.map(({ place, ...row }) => ({
    ...row,
    isNow: Boolean(row.isNow),
    source: sources[place - codes.started - 1] ?? '',
  }))
}

function itemsSql({ product, category, among, goods }: FunnelQuestion): string {
  const looks = `not ${isLookSql}`
  const ofProduct = [
    product === undefined ? [] : [`(${looks} or product_id = {product:String})`],
    category === undefined ? [] : [`(${looks} or texts['category'] = {category:String})`],
  ].flat()
  const kept = [
    product === undefined ? [] : ['arrayExists(line -> line.product = {product:String}, kept)'],
    category === undefined ? [] : ['arrayExists(line -> line.category = {category:String}, kept)'],
  ].flat()
  const and = (conditions: readonly string[]) => conditions.map((one) => ` and ${one}`).join('')
  const whose = among ? [`person in (${among.sql})`] : []
  return `
    select ${survivorSql('customer')} as person, ${itemOf(
      'toUnixTimestamp64Milli(at)',
      `multiIf(name = 'Visit Ended', ${codes.ended},
        name = 'Visit Started', transform(texts['source'], {sources:Array(String)}, {places:Array(UInt8)}, toUInt8(${codes.started})),
        transform(name, {names:Array(String)}, {codes:Array(UInt8)}, toUInt8(0)))`,
    )} as item, ${goods ? `if(${isLookSql}, ${goodSql(goods.of)}, '')` : "''"} as good
    from events
    where shop = {shop:UInt32} and customer != 0 and import_id = ''
      and (kind = 'event' and name in {names:Array(String)} or kind = 'derived' and name in ('Visit Started', 'Visit Ended'))
      and at >= fromUnixTimestamp64Milli({start:Int64}) and at <= fromUnixTimestamp64Milli({end:Int64})
      and person not in ${ownPeopleSql}${and(ofProduct)}${and(whose)}${goods ? " and (good = '' or good in {goods:Array(String)})" : ''}
    union all
    select person, ${itemOf('made', String(codes.order))} as item,
      ${goods ? `arrayJoin(arrayDistinct(arrayFilter(one -> has({goods:Array(String)}, one), arrayMap(line -> line.${goods.of}, kept))))` : "''"} as good
    from (${effectiveOrdersSql})
    where made >= {start:Int64} and made <= {end:Int64}${and(kept)}${and(whose)}`
}

/** What each person did in order of time; of each good it is what they did with it, and what is of none. */
function itemsOfPeopleSql(question: FunnelQuestion): string {
  if (!question.goods)
    return `select person, '' as good, arraySort(groupArray(item)) as items from (${itemsSql(question)}) group by person`
  return `
    select person, good,
      arraySort(arrayConcat(common, arrayMap(one -> one.1, arrayFilter(one -> one.2 = good, own)))) as items
    from (
      select person, groupArrayIf(item, good = '') as common, groupArrayIf((item, good), good != '') as own
      from (${itemsSql(question)}) group by person)
    array join arrayDistinct(arrayMap(one -> one.2, own)) as good`
}

/** Ways of one person: each visit by itself, or what they did so long after their first visit of a period. */
function waysSql(question: FunnelQuestion): string {
  const items = `select person, good, items from (${itemsOfPeopleSql(question)})`
  if (question.windowMs === undefined) {
    return `select good, arrayJoin(arraySplit(item -> ${code('item')} <= ${lastSource}, items)) as way from (${items})`
  }
  const first = (from: string, to: string) =>
    `arrayFirst(item -> ${isStart('item')} and item >= ${itemOf(from, '0')} and item < ${itemOf(to, '0')}, items)`
  return `
    select good, arrayFilter(item -> item >= begun and item <= ${itemOf(`${timeOf('begun')} + {windowMs:Int64}`, '31')}, items) as way
    from (
      select good, items, arrayJoin([${first('{start:Int64}', '{until:Int64}')}, ${first('{from:Int64}', '{to:Int64}')}]) as begun
      from (${items})) where begun != 0`
}

function countedSql(question: FunnelQuestion): string {
  const next = (step: 'search' | 'view' | 'cart' | 'checkout' | 'order', after: string) =>
    `arrayFirst(item -> ${code('item')} = ${codes[step]} and item > ${after}, way)`
  const then = (step: 'view' | 'cart' | 'checkout' | 'order', after: string) =>
    `if(${after} = 0, 0, ${next(step, after)})`
  // Each step is a query around the one before: an alias inside a lambda would be worked out again for every item.
  const columns = [
    `way[1] as begun, ${timeOf('begun')} as at`,
    `${next('search', 'begun')} as searched`,
    `${question.path === 'search' ? then('view', 'searched') : next('view', 'begun')} as viewed`,
    `${then('cart', 'viewed')} as carted`,
    `${then('checkout', 'carted')} as paying`,
    `${then('order', 'paying')} as ordered, arrayExists(item -> ${code('item')} = ${codes.order}, way) as hasOrder`,
  ]
  const ways = columns.reduce(
    (sql, column) => `select *, ${column} from (${sql})`,
    waysSql(question),
  )
  const isOpen = question.windowMs === undefined ? 'false' : 'at + {windowMs:Int64} > {asOf:Int64}'
  return `
    select good, at >= {from:Int64} as isNow, ${code('begun')} as place, count() as visit, countIf(searched != 0) as search,
      countIf(viewed != 0) as view, countIf(carted != 0) as cart, countIf(paying != 0) as checkout,
      countIf(ordered != 0) as order, countIf(ordered = 0 and hasOrder) as offPath,
      countIf(ordered = 0 and ${isOpen}) as open
    from (${ways})
    where ${isStart('begun')} and at >= {start:Int64} and at < {to:Int64} and (at < {until:Int64} or at >= {from:Int64})
    group by good, isNow, place`
}
