import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Move } from './sizes.ts'

/** A definition's head: all but its text. */
export type HeadRow = {
  readonly id: number
  readonly name: string
  readonly version: number
  readonly state: 'building' | 'live'
  readonly built_to: number
  readonly max_customer: number
}

/** The segments that the line keeps, without their definitions. */
export function readHeads(tx: Tx | Database, shop: ShopId): Promise<readonly HeadRow[]> {
  return tx<HeadRow[]>`
    select id, name, version, state, built_to, max_customer from segments
    where shop = ${shop} and archived_at is null and state <> 'failed' order by id`
}

/** The definitions (JSON text) of these segments, in no order. */
export async function readDefinitions(
  tx: Tx | Database,
  shop: ShopId,
  ids: readonly number[],
): Promise<
  readonly { readonly id: number; readonly version: number; readonly definition: string }[]
> {
  if (ids.length === 0) return []
  return tx<{ id: number; version: number; definition: string }[]>`
    select id, version, definition from segments where shop = ${shop} and id = any(${[...ids]}::bigint[])`
}

export type LeafRow = {
  readonly id: number
  readonly key: string
  readonly position: number
  readonly built_to: number
  readonly max_customer: number
  readonly complete: boolean
}

/** The conditions that segments share, and how far each is worked out. */
export function readLeaves(tx: Tx | Database, shop: ShopId): Promise<readonly LeafRow[]> {
  return tx<LeafRow[]>`
    select id, key, position, built_to, max_customer, complete from segment_leaves where shop = ${shop}`
}

/** The line stands still until the transaction ends: it moves its lane first of all in every turn. */
export async function holdLine(
  tx: Tx,
  shop: ShopId,
): Promise<{ readonly position: number; readonly processedAt: number }> {
  const [row] = await tx<{ position: number; processed_at: number }[]>`
    select position, processed_at from lanes where shop = ${shop} and name = 'line' for update`
  return { position: row?.position ?? 0, processedAt: row?.processed_at ?? 0 }
}

/** The line's cursor as this transaction sees it. */
export async function linePosition(tx: Tx, shop: ShopId): Promise<number> {
  const [row] = await tx<{ position: number }[]>`
    select position from lanes where shop = ${shop} and name = 'line'`
  return row?.position ?? 0
}

export type MembershipChange = {
  readonly segment: number
  readonly customer: number
  readonly version: number
  readonly at: number
  readonly cause: string
}

/** Writes who came in and who went out; answers those for whom that was new. */
export async function saveMemberships(
  tx: Tx,
  shop: ShopId,
  changes: {
    readonly entered: readonly MembershipChange[]
    readonly left: readonly Pick<MembershipChange, 'segment' | 'customer' | 'at'>[]
  },
): Promise<readonly Move[]> {
  const { entered, left } = changes
  const moves: Move[] = []
  if (left.length > 0) {
    const gone = await tx<{ segment: number; at: number }[]>`
      delete from memberships m
      using unnest(${left.map((one) => one.segment)}::bigint[], ${left.map((one) => one.customer)}::bigint[],
                   ${left.map((one) => one.at)}::bigint[]) as u(segment, customer, at)
      where m.shop = ${shop} and m.segment = u.segment and m.customer = u.customer
      returning m.segment, u.at`
    for (const { segment, at } of gone) moves.push({ segment, at, entered: false })
  }
  if (entered.length > 0) {
    const rows = await tx<{ segment: number; at: number; is_new: boolean }[]>`
      insert into memberships (shop, segment, customer, version, entered_at, cause)
      select ${shop}, * from unnest(
        ${entered.map((one) => one.segment)}::bigint[], ${entered.map((one) => one.customer)}::bigint[],
        ${entered.map((one) => one.version)}::int[], ${entered.map((one) => one.at)}::bigint[],
        ${entered.map((one) => one.cause)}::text[])
      on conflict (shop, segment, customer) do update
      set version = excluded.version, entered_at = excluded.entered_at, cause = excluded.cause
      returning segment, entered_at as at, (xmax = 0) as is_new`
    for (const { segment, at, is_new } of rows)
      if (is_new) moves.push({ segment, at, entered: true })
  }
  return moves
}

/** A survivor is in what either was in, since the earlier of the two; answers whom a segment lost by it. */
export async function moveMemberships(
  tx: Tx,
  shop: ShopId,
  merged: {
    readonly pairs: readonly { readonly from: number; readonly to: number }[]
    readonly at: number
  },
): Promise<readonly Move[]> {
  const { pairs, at } = merged
  if (pairs.length === 0) return []
  const from = pairs.map((pair) => pair.from)
  const came = await tx<{ segment: number; is_new: boolean }[]>`
    insert into memberships (shop, segment, customer, version, entered_at, cause)
    select distinct on (m.segment, u.to_customer) m.shop, m.segment, u.to_customer, m.version, m.entered_at, m.cause
    from memberships m
    join unnest(${from}::bigint[], ${pairs.map((pair) => pair.to)}::bigint[]) as u(from_customer, to_customer)
      on m.customer = u.from_customer
    where m.shop = ${shop}
    order by m.segment, u.to_customer, m.entered_at
    on conflict (shop, segment, customer) do update
    set entered_at = least(memberships.entered_at, excluded.entered_at)
    returning segment, (xmax = 0) as is_new`
  const gone = await tx<{ segment: number }[]>`
    delete from memberships where shop = ${shop} and customer = any(${from}::bigint[]) returning segment`
  // Whose place the survivor takes neither came nor went.
  const kept = new Map<number, number>()
  for (const { segment, is_new } of came)
    if (is_new) kept.set(segment, (kept.get(segment) ?? 0) + 1)
  return gone.flatMap(({ segment }) => {
    const left = kept.get(segment) ?? 0
    kept.set(segment, left - 1)
    return left > 0 ? [] : [{ segment, at, entered: false }]
  })
}

/** Has customers looked at anew once the line is past these positions. */
export async function askRepairs(
  tx: Tx,
  shop: ShopId,
  repairs: readonly { readonly customer: number; readonly position: number }[],
): Promise<void> {
  if (repairs.length === 0) return
  await tx`
    insert into segment_repairs (shop, customer, position)
    select ${shop}, * from unnest(
      ${repairs.map((one) => one.customer)}::bigint[], ${repairs.map((one) => one.position)}::bigint[])
    on conflict (shop, customer) do update set position = excluded.position`
}

/** An erased customer is in no segment; customer_state goes with the customer. Answers what the segments lost. */
export async function eraseMemberships(
  tx: Tx,
  shop: ShopId,
  erased: { readonly customers: readonly number[]; readonly at: number },
): Promise<readonly Move[]> {
  const customers = [...erased.customers]
  const gone = await tx<{ segment: number }[]>`
    delete from memberships where shop = ${shop} and customer = any(${customers}::bigint[]) returning segment`
  await tx`delete from segment_repairs where shop = ${shop} and customer = any(${customers}::bigint[])`
  return gone.map(({ segment }) => ({ segment, at: erased.at, entered: false }))
}
