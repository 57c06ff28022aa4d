import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

export type NewFailure = {
  readonly customer: number
  readonly first: number
  readonly last: number
  readonly room: string
  readonly error: string
}

/** Sets customers aside whose events a room could not take, with the positions and the error. */
export async function saveFailures(
  tx: Tx,
  shop: ShopId,
  failed: { readonly at: number; readonly failures: readonly NewFailure[] },
): Promise<void> {
  const { failures } = failed
  if (failures.length === 0) return
  await tx`
    insert into line_failures (shop, customer, first_position, last_position, room, error, at)
    select ${shop}, u.customer, u.first, u.last, u.room, u.error, ${failed.at}
    from unnest(
      ${failures.map((one) => one.customer)}::bigint[],
      ${failures.map((one) => one.first)}::bigint[],
      ${failures.map((one) => one.last)}::bigint[],
      ${failures.map((one) => one.room)}::text[],
      ${failures.map((one) => one.error)}::text[]
    ) as u(customer, first, last, room, error)`
}

export type Failure = NewFailure & {
  readonly id: number
  readonly at: number
  readonly resolvedAt: number | null
}

/** What was set aside, newest first. */
export async function listFailures(
  db: Database,
  shop: ShopId,
  page: { readonly before: number | undefined; readonly limit: number },
): Promise<readonly Failure[]> {
  return await db<Failure[]>`
    select id, customer, first_position as first, last_position as last, room, error, at, resolved_at as "resolvedAt"
    from line_failures where shop = ${shop} and id < ${page.before ?? Number.MAX_SAFE_INTEGER}
    order by id desc limit ${page.limit}`
}

/** One customer set aside, locked until the transaction ends; undefined where there is none of this id. */
export async function findFailure(tx: Tx, shop: ShopId, id: number): Promise<Failure | undefined> {
  const [row] = await tx<Failure[]>`
    select id, customer, first_position as first, last_position as last, room, error, at, resolved_at as "resolvedAt"
    from line_failures where shop = ${shop} and id = ${id} for update`
  return row
}

/** The failure is solved since `at`: the customer's events go on. */
export async function resolveFailure(
  tx: Tx,
  shop: ShopId,
  solved: { readonly id: number; readonly at: number },
): Promise<void> {
  await tx`update line_failures set resolved_at = ${solved.at} where shop = ${shop} and id = ${solved.id}`
}

/** Positions of a range that belong to a customer, as the turns that held them say. */
export async function positionsOf(
  tx: Tx,
  shop: ShopId,
  asked: { readonly customer: number; readonly first: number; readonly last: number },
): Promise<readonly number[]> {
  const rows = await tx<{ position: number }[]>`
    select t.first_position + u.ordinal - 1 as position
    from turns t, unnest(t.customers) with ordinality as u(customer, ordinal)
    where t.shop = ${shop} and t.last_position >= ${asked.first} and t.first_position <= ${asked.last}
      and u.customer = ${asked.customer}
      and t.first_position + u.ordinal - 1 between ${asked.first} and ${asked.last}
    order by 1`
  return rows.map((row) => row.position)
}
