import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'

/** The customer's living id: the survivor when it was merged away; undefined when there is none or was erased. */
export async function livingCustomer(
  db: Database,
  shop: ShopId,
  id: number,
): Promise<number | undefined> {
  const [row] = await db<{ id: number }[]>`
    select s.id from customers c join customers s on s.shop = c.shop and s.id = coalesce(c.survivor, c.id)
    where c.shop = ${shop} and c.id = ${id} and s.erased_at is null`
  return row?.id
}

/** The shop's time zone (IANA); UTC where there is no such shop. */
export async function timeZoneOf(db: Database | Tx, shop: ShopId): Promise<string> {
  const [row] = await db<{ time_zone: string }[]>`select time_zone from shops where id = ${shop}`
  return row?.time_zone ?? 'UTC'
}

export type MembershipRow = {
  readonly segment: number
  readonly version: number
  readonly entered_at: number
  readonly cause: string
}

/** A customer's memberships of living segments, the newest first; of one segment when it is said. */
export function membershipsOf(
  db: Database,
  shop: ShopId,
  of: { readonly customer: number; readonly segment?: number; readonly limit: number },
): Promise<readonly (MembershipRow & { readonly name: string })[]> {
  const { customer, segment = null, limit } = of
  return db<(MembershipRow & { name: string })[]>`
    select m.segment, m.version, m.entered_at, m.cause, s.name
    from memberships m join segments s on s.shop = m.shop and s.id = m.segment and s.archived_at is null
    where m.shop = ${shop} and m.customer = ${customer} and (${segment}::bigint is null or m.segment = ${segment})
    order by m.entered_at desc, m.segment desc limit ${limit}`
}

export type CauseRow = { readonly name: string; readonly at: number }

/** The happening at a position, while the log holds it. */
export async function loggedAt(
  db: Database,
  shop: ShopId,
  position: number,
): Promise<CauseRow | undefined> {
  const [row] = await db<CauseRow[]>`
    select name, at from log where shop = ${shop} and position = ${position}`
  return row
}

/** The happening at a position of one of these customers, out of history. */
export async function happenedAt(
  warehouse: Warehouse,
  shop: ShopId,
  at: { readonly position: number; readonly customers: readonly number[] },
): Promise<CauseRow | undefined> {
  const [row] = await warehouse.query<{ name: string; ms: number | string }>(
    `select name, toUnixTimestamp64Milli(at) as ms from events
     where shop = {shop:UInt32} and customer in {customers:Array(UInt64)} and position = {position:UInt64} limit 1`,
    { shop, position: at.position, customers: [...at.customers] },
  )
  return row && { name: row.name, at: Number(row.ms) }
}
