import type { ShopId } from '../lib/brand.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { survivorSql } from '../warehouse/survivor.ts'
import type { Lives } from './buys.store.ts'

/** How the lives of a shop are made; another value of any of it makes them anew. */
export type LifeRules = {
  readonly currency: string
  /** Products that are variants, and what they are variants of, in the same order: a variant counts as its parent. */
  readonly variants: readonly string[]
  readonly parents: readonly string[]
}

/** Raise when the rows of `purchase_lives` come to mean something else. */
const form = 2
/** Orders that are gathered at once: so many fit into the embedded engine's memory beside everything else. */
const ordersAtOnce = 1_000_000
const patience = { maxMs: 600_000 }
/** A visit that began longer before the order did not bring it. */
const visitHours = 24

const person = survivorSql('customer')
const product =
  'if(empty({variants:Array(String)}), line.product, transform(line.product, {variants:Array(String)}, {parents:Array(String)}, line.product))'
const rulesSql =
  'cityHash64({form:UInt32}, {currency:String}, {variants:Array(String)}, {parents:Array(String)})'

// A line counts when it is of goods, is not sent back whole and brought something: what is given for nothing (a gift, the
// replacement in an exchange) is no purchase.
const piecesSql = `
  select ${person} as person, toUnixTimestamp64Milli(assumeNotNull(paid_at)) as paid, sequence, order_id, discounted, renewal,
    arrayMap(line -> cityHash64(${product}), arrayFilter(line -> line.is_goods, lines)) as tried,
    arrayMap(line -> status != 'paid' or line.refunded_quantity > 0, arrayFilter(line -> line.is_goods, lines)) as back,
    arrayFilter(line -> status = 'paid' and line.is_goods and line.quantity > line.refunded_quantity and line.net > 0, lines) as kept,
    arrayMap(line -> cityHash64(${product}), kept) as codes, arrayDistinct(codes) as products,
    if(length(products) = length(codes), kept.net,
      arrayMap(code -> arraySum((net, own) -> if(own = code, net, 0), kept.net, codes), products)) as product_nets
  from order_versions final
  where shop = {shop:UInt32} and paid_at is not null and customer != 0 and currency = {currency:String}
    and {{which}}`

const visitsSql = `
  select ${person} as person,
    arraySort(groupArray((toUnixTimestamp64Milli(at), concat(texts['source'], ' / ', texts['medium'])))) as visits
  from events
  where shop = {shop:UInt32} and name = 'Visit Started' and customer != 0 and texts['source'] != '' and {{who}}
  group by person`

const livesSql = `
  insert into purchase_lives (shop, rules, customer, version, first_at, first_products, first_nets, channel, discounted,
    later_gaps, later_nets, later_renewals, later_items, later_alones, item_products, item_gaps, item_orders, item_nets,
    alone_products, alone_gaps, alone_orders, tried_at, tried_products, tried_back)
  select {shop:UInt32}, {rules:UInt64}, person, {version:UInt64},
    first.1, first.4, first.5, channel, first.7,
    arrayMap(one -> one.1 - first.1, later) as gaps, arrayMap(one -> arraySum(one.5), later), later.6,
    arrayCumSum(arrayMap(codes -> toUInt32(length(codes)), later.4)), arrayCumSum(arrayMap(codes -> toUInt32(length(codes) = 1), later.4)),
    arrayFlatten(later.4), arrayFlatten(arrayMap((codes, gap) -> arrayMap(code -> gap, codes), later.4, gaps)),
    arrayFlatten(arrayMap((codes, place) -> arrayMap(code -> place, codes), later.4, places)), arrayFlatten(later.5),
    arrayMap(one -> one.4[1], alone), arrayMap(one -> one.1 - first.1, alone),
    arrayFilter((place, codes) -> length(codes) = 1, places, later.4),
    attempt.1, attempt.2, attempt.3
  from (
    select person, {{channel}} as channel,
      arraySort(one -> (one.1, one.2, one.3), groupArrayIf(
        (paid, sequence, order_id, products, product_nets, renewal, discounted), notEmpty(products))) as orders,
      argMin((paid, tried, back), (paid, sequence, order_id)) as attempt,
      orders[1] as first, arraySlice(orders, 2) as later, arrayFilter(one -> length(one.4) = 1, later) as alone,
      arrayMap(place -> toUInt16(least(place, 65535)), arrayEnumerate(later)) as places
    from (${piecesSql}) as pieces {{visits}}
    group by person)`

const noVisits = { channel: "''", visits: '', who: '' }
const withVisits = (who: string) => ({
  channel: `arrayFirst(
        visit -> visit.1 <= first.1 and visit.1 > first.1 - {visitMs:Int64}, arrayReverse(any(visits) as came)).2`,
  visits: `left join (${visitsSql.replace('{{who}}', who)}) as seen using (person)`,
  who,
})

// Whose orders changed, or who was merged, since a position.
const changedSql = `(
  select ${person} from order_versions where shop = {shop:UInt32} and version > {since:UInt64} and customer != 0
  union distinct
  select ${survivorSql('to_customer')} from aliases where shop = {shop:UInt32} and position > {since:UInt64})`

const whole = {
  which: 'cityHash64(person) % {slices:UInt32} = {slice:UInt32}',
  who: 'cityHash64(person) % {slices:UInt32} = {slice:UInt32}',
}
const changed = {
  which: `person in ${changedSql} and order_id in (
      select order_id from order_versions where shop = {shop:UInt32} and ${person} in ${changedSql})`,
  who: `person in ${changedSql}`,
}

function livesOf({ which, who }: typeof whole, hasVisits: boolean): string {
  const seen = hasVisits ? withVisits(who) : noVisits
  return livesSql
    .replace('{{which}}', which)
    .replace('{{channel}}', seen.channel)
    .replace('{{visits}}', seen.visits)
}

const productsSql = `
  insert into purchase_products
  select {shop:UInt32}, cityHash64(product) as code, max(version) as newest,
    any(product), argMax(line.name, version), argMax(line.category, version)
  from (
    select version, line, ${product} as product
    from order_versions array join lines as line
    where shop = {shop:UInt32} and version > {since:UInt64} and line.is_goods)
  group by code`

const goneSql = `
  insert into purchase_lives (shop, rules, customer, version)
  select distinct shop, {rules:UInt64}, from_customer, {version:UInt64} from aliases
  where shop = {shop:UInt32} and position > {since:UInt64}`

/**
 * Brings the lives of a shop up to a log position that history is complete to, and answers which they are. Only people whose
 * orders changed are looked at, unless there are none yet or too many. Not for two callers at once.
 */
export async function refreshLives(
  warehouse: Warehouse,
  shop: ShopId,
  asked: { readonly rules: LifeRules; readonly completeTo: number },
): Promise<Lives> {
  const given = { shop, form, ...asked.rules }
  const [built] = await warehouse.query<{ rules: string; at: readonly [number, number] }>(
    `select toString(${rulesSql}) as rules, (
       select (max(version), argMax(settled, version)) from purchase_lives_built
       where shop = {shop:UInt32} and rules = ${rulesSql}) as at`,
    given,
  )
  if (!built) throw new Error('ClickHouse answered nothing')
  const { rules } = built
  const [since, settledBefore] = [Number(built.at[0]), Number(built.at[1])]
  if (since >= asked.completeTo) return { rules, settled: settledBefore }
  const params = {
    ...given,
    rules,
    since,
    version: asked.completeTo,
    visitMs: visitHours * 3_600_000,
  }
  await dropUnfinished(warehouse, params)
  const size = await sizeOf(warehouse, params)
  if (size.changed > 0 || size.merged > 0) {
    if (since > 0 && size.changed * 5 < size.orders) {
      await warehouse.command(livesOf(changed, size.visits > 0), params, patience)
    } else {
      const slices = Math.max(1, Math.ceil(size.orders / ordersAtOnce))
      const sql = livesOf(whole, size.visits > 0)
      for (let slice = 0; slice < slices; slice++)
        await warehouse.command(sql, { ...params, slices, slice }, patience)
    }
    if (since > 0) await warehouse.command(goneSql, params, patience)
    await warehouse.command(productsSql, params, patience)
  }
  if (since === 0) {
    for (const table of ['purchase_lives_built', 'purchase_lives'])
      await warehouse.command(
        `delete from ${table} where shop = {shop:UInt32} and rules != {rules:UInt64}`,
        params,
        patience,
      )
  }
  const settled = await settle(warehouse, { ...params, settled: settledBefore })
  await warehouse.insert('purchase_lives_built', [
    { shop, rules, version: params.version, settled },
  ])
  return { rules, settled }
}

/** What a refresh wrote that was stopped before its end: a customer has one life of a version. */
async function dropUnfinished(
  warehouse: Warehouse,
  params: { readonly shop: ShopId; readonly rules: string; readonly since: number },
): Promise<void> {
  const unfinished =
    'from purchase_lives where shop = {shop:UInt32} and rules = {rules:UInt64} and version > {since:UInt64}'
  const [found] = await warehouse.query<{ rows: number }>(
    `select count() as rows ${unfinished}`,
    params,
    patience,
  )
  if (found && found.rows > 0) await warehouse.command(`delete ${unfinished}`, params, patience)
}

/** Newer lives beside the settled ones that are looked through one by one; beyond, all are merged anew. */
const newerLimit = 250_000

/** The position up to which each customer has one row: looked for where none is known, or too much came since. */
async function settle(
  warehouse: Warehouse,
  params: {
    readonly shop: ShopId
    readonly rules: string
    readonly version: number
    readonly settled: number
  },
): Promise<number> {
  const own = 'from purchase_lives where shop = {shop:UInt32} and rules = {rules:UInt64}'
  const [{ newer } = { newer: 0 }] = await warehouse.query<{ newer: number }>(
    `select count() as newer ${own} and version > {settled:UInt64}`,
    params,
    patience,
  )
  if (params.settled > 0 && newer <= newerLimit) return params.settled
  const isSettled = async () => {
    const [row] = await warehouse.query<{ is: boolean }>(
      `select count() = uniqExact(customer) as is ${own}`,
      params,
      patience,
    )
    return Boolean(row?.is)
  }
  if (await isSettled()) return params.version
  if (newer <= newerLimit) return 0
  await warehouse.command('optimize table purchase_lives final', {}, patience)
  return (await isSettled()) ? params.version : 0
}

type Size = {
  readonly orders: number
  readonly changed: number
  readonly merged: number
  readonly visits: number
}

async function sizeOf(
  warehouse: Warehouse,
  params: { readonly shop: ShopId; readonly since: number },
): Promise<Size> {
  const [size] = await warehouse.query<Size>(
    `select
       (select count() from order_versions where shop = {shop:UInt32}) as orders,
       (select count() from order_versions where shop = {shop:UInt32} and version > {since:UInt64}) as changed,
       (select count() from aliases where shop = {shop:UInt32} and position > {since:UInt64}) as merged,
       (select count() from (select 1 from events where shop = {shop:UInt32} and name = 'Visit Started' limit 1)) as visits`,
    params,
    patience,
  )
  return size ?? { orders: 0, changed: 0, merged: 0, visits: 0 }
}
