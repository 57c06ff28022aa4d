import type { ShopId } from '../lib/brand.ts'
import type { Kind } from '../statistics/standardised.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { type Asked, livesParams, livesSql } from './buys.store.ts'

const patience = { maxMs: 60_000 }
/** Channels that are told apart; the others are one kind. */
const channelsLimit = 12

const monthSql = 'toYYYYMM(fromUnixTimestamp64Milli(first_at), {zone:String})'

/** Channels that brought first orders, most first. Which there are, not how many: rows about to be merged count twice. */
export async function channelsOf(
  warehouse: Warehouse,
  shop: ShopId,
  rules: string,
): Promise<readonly string[]> {
  const rows = await warehouse.query<{ channel: string }>(
    `select channel from purchase_lives
     where shop = {shop:UInt32} and rules = {rules:UInt64} and channel != ''
     group by channel order by count() desc, channel limit ${channelsLimit}`,
    { shop, rules },
  )
  return rows.map(({ channel }) => channel)
}

/** First buyers of each product by month, channel and discount of the first order, beside the shop's. */
export async function kindsOf(
  warehouse: Warehouse,
  shop: ShopId,
  asked: Asked & { readonly zone: string; readonly channels: readonly string[] },
): Promise<ReadonlyMap<string, readonly Kind[]>> {
  const lives = `select *, (${monthSql}, if(channel in {channels:Array(String)}, channel, '…'), discounted) as kind
    from (${livesSql(asked)}) where ripe`
  const rows = await warehouse.query<{
    code: string
    kinds: readonly (readonly [number, number, number])[]
  }>(
    `select toString(product) as code, arraySort(groupArray((people, reached, whole))) as kinds
     from (
       select product, kind, count() as people, countIf(k > 0) as reached from (${lives})
       array join first_products as product group by product, kind) as own
     join (select kind, count() as whole from (${lives}) group by kind) as everybody using (kind)
     group by product`,
    { ...livesParams(shop, asked), zone: asked.zone, channels: asked.channels },
    patience,
  )
  return new Map(
    rows.map(({ code, kinds }) => [
      code,
      kinds.map(([people, reached, whole]) => ({ people, reached, whole })),
    ]),
  )
}

/** First buyers of one month. */
export type Cohort = {
  /** First day of the month, `2026-11-01`. */
  readonly month: string
  readonly buyers: number
  /** Followed for the whole horizon, and how many of those came back. */
  readonly mature: number
  readonly repeaters: number
  readonly repeatOrders: number
}

/** First buyers of a product by the month in which they bought it. */
export async function cohortsOf(
  warehouse: Warehouse,
  shop: ShopId,
  asked: Asked & { readonly zone: string; readonly product: string },
): Promise<readonly Cohort[]> {
  return await warehouse.query<Cohort>(
    `select concat(substring(toString(month), 1, 4), '-', substring(toString(month), 5, 2), '-01') as month,
       count() as buyers, countIf(ripe) as mature, countIf(ripe and k > 0) as repeaters, sumIf(k, ripe) as repeatOrders
     from (select *, ${monthSql} as month from (${livesSql(asked)}) where has(first_products, cityHash64({product:String})))
     group by month order by month`,
    { ...livesParams(shop, asked), zone: asked.zone, product: asked.product },
    patience,
  )
}

/** A first buyer of a product. */
export type Buyer = {
  readonly customer: number
  readonly firstAt: number
  readonly repeatOrders: number
  readonly repeatRevenue: number
  /** When they first came back; null: they did not. UTC ms. */
  readonly backAt: number | null
}

/** First buyers of a product, the newest first, those after a key. */
export async function buyersOf(
  warehouse: Warehouse,
  shop: ShopId,
  asked: Asked & {
    readonly product: string
    readonly after: { readonly firstAt: number; readonly customer: number } | undefined
    readonly limit: number
  },
): Promise<readonly Buyer[]> {
  return await warehouse.query<Buyer>(
    `select customer, first_at as firstAt, k as repeatOrders, brought as repeatRevenue,
       if(k > 0, first_at + gaps[1], null) as backAt
     from (${livesSql(asked)})
     where has(first_products, cityHash64({product:String})) and (ripe or {anybody:Bool})
       and (first_at, customer) < ({afterAt:Int64}, {afterCustomer:UInt64})
     order by first_at desc, customer desc limit {limit:UInt32}`,
    {
      ...livesParams(shop, asked),
      product: asked.product,
      anybody: asked.horizonDays === undefined,
      afterAt: asked.after?.firstAt ?? Number.MAX_SAFE_INTEGER,
      afterCustomer: asked.after?.customer ?? 0,
      limit: asked.limit,
    },
    patience,
  )
}
