import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'

/** How far the facts of a shop's earlier people are built. */
export type FactBuild = {
  readonly builtTo: number
  readonly maxCustomer: number
  readonly ahead: readonly number[]
}

/** Begins the build of everybody there is, once a format; what is left of it, undefined when it is done. */
export async function factBuild(
  db: Database,
  shop: ShopId,
  format: number,
): Promise<FactBuild | undefined> {
  await db`
    insert into fact_builds (shop, format, max_customer)
    select ${shop}, ${format}, coalesce(max(id), 0) from customers where shop = ${shop}
    on conflict (shop) do update
    set format = excluded.format, max_customer = excluded.max_customer, built_to = 0, ahead = '{}', done_at = null
    where fact_builds.format < excluded.format`
  const [row] = await db<FactBuild[]>`
    select built_to as "builtTo", max_customer as "maxCustomer", ahead from fact_builds
    where shop = ${shop} and done_at is null`
  return row && { ...row, ahead: row.ahead.map(Number) }
}

/** Moves the build on; with the last one done it is finished. */
export async function moveFactBuild(
  tx: Tx,
  shop: ShopId,
  to: { readonly builtTo: number; readonly ahead: readonly number[]; readonly at: number },
): Promise<void> {
  await tx`
    update fact_builds set built_to = ${to.builtTo}, ahead = ${[...to.ahead]}::bigint[],
      done_at = case when ${to.builtTo}::bigint >= max_customer and ${to.ahead.length}::int = 0 then ${to.at}::bigint end
    where shop = ${shop}`
}

/** Whether people who were called wait for the line. */
export async function callsWait(db: Database, shop: ShopId): Promise<boolean> {
  const rows = await db`select 1 from fact_calls where shop = ${shop} limit 1`
  return rows.length > 0
}

export type HistoryRow = {
  readonly customer: string
  readonly position: string
  readonly at: string
  readonly kind: string
  readonly name: string
  readonly properties: string
  readonly traits: string
  readonly page: string
  readonly imported: string
}

/** The newest happenings of these people that tell of facts, in order of position, and when each was first seen (UTC ms). */
export async function readHistory(
  warehouse: Warehouse,
  shop: ShopId,
  asked: {
    readonly customers: readonly number[]
    readonly names: readonly string[]
    readonly perCustomer: number
  },
): Promise<{ readonly rows: readonly HistoryRow[]; readonly seen: ReadonlyMap<number, number> }> {
  const { customers, names, perCustomer } = asked
  const most = Math.max(1, Math.trunc(perCustomer))
  const rows = await warehouse.query<HistoryRow>(
    `select * from (
       select customer, position, toString(toUnixTimestamp64Milli(at)) as at, kind, name, properties, traits,
         if(JSONHas(context, 'page'), '1', '') as page, if(import_id = '', '', '1') as imported
       from events
       where shop = {shop:UInt32} and customer in {customers:Array(UInt64)}
         and (name in {names:Array(String)} or (kind in ('identify', 'edit')))
       order by position desc limit ${most} by customer
     ) order by position`,
    { shop, customers, names },
    { maxMs: 60_000 },
  )
  const first = await warehouse.query<{ customer: string; at: string }>(
    `select customer, toString(toUnixTimestamp64Milli(min(at))) as at from events
     where shop = {shop:UInt32} and customer in {customers:Array(UInt64)} and kind = 'event' group by customer`,
    { shop, customers },
    { maxMs: 60_000 },
  )
  return { rows, seen: new Map(first.map((one) => [Number(one.customer), Number(one.at)])) }
}
