import type { Database, Tx } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import { keyHash } from './identity.store.ts'
import type { IdentityKey } from './identity-desk.ts'
import type { InternalSaid } from './internal.ts'

export type ListedCustomer = {
  readonly id: CustomerId
  readonly member: boolean
  readonly internal: boolean
  readonly name: string | null
  readonly createdAt: number
  readonly firstSeenAt: number
  readonly lastSeenAt: number
}

/** Customers, last seen first, those after a key; with a search: whose name contains the text, or who are among `ids`. */
export async function listCustomers(
  db: Database,
  shop: ShopId,
  page: {
    readonly name: string | undefined
    readonly ids: readonly number[] | undefined
    readonly after: { readonly lastSeenAt: number; readonly id: number } | undefined
    readonly limit: number
  },
): Promise<readonly ListedCustomer[]> {
  const like = page.name === undefined ? null : `%${page.name.replace(/[\\%_]/g, '\\$&')}%`
  const ids = page.ids === undefined ? [] : [...page.ids]
  return await db<ListedCustomer[]>`
    select id, member, internal, name, created_at as "createdAt", first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt"
    from customers
    where shop = ${shop} and survivor is null and erased_at is null
      ${like === null ? db`` : db`and (name ilike ${like} or id = any(${ids}::bigint[]))`}
      ${page.after === undefined ? db`` : db`and (last_seen_at, id) < (${page.after.lastSeenAt}, ${page.after.id})`}
    order by last_seen_at desc, id desc limit ${page.limit}`
}

/** Customers behind ids or hashed addresses, as a search box may hold them. */
export async function customersBehind(
  db: Database,
  shop: ShopId,
  asked: { readonly keys: readonly IdentityKey[]; readonly limit: number },
): Promise<readonly number[]> {
  if (asked.keys.length === 0) return []
  const hashes = asked.keys.map(keyHash)
  const kinds = hashes.map((one) => one.kind)
  const hexes = hashes.map((one) => one.hex)
  const rows = await db<{ customer: number }[]>`
    select i.customer from unnest(${kinds}::text[], ${hexes}::text[]) as u(kind, hex)
    join identities i on i.shop = ${shop} and i.kind = u.kind and i.value_hash = decode(u.hex, 'hex')
    where i.customer > 0
    union
    (select c.customer from unnest(${kinds}::text[], ${hexes}::text[]) as u(kind, hex)
    join contacts c on c.shop = ${shop} and c.channel = u.kind and c.value_hash = decode(u.hex, 'hex')
    limit ${asked.limit})`
  return rows.map((row) => row.customer)
}

/** Living customers behind each of these keys, in their order: whose id it is, or who has the address. */
export async function customersByKey(
  db: Database,
  shop: ShopId,
  keys: readonly IdentityKey[],
): Promise<readonly (readonly number[])[]> {
  if (keys.length === 0) return []
  const hashes = keys.map(keyHash)
  const kinds = hashes.map((one) => one.kind)
  const hexes = hashes.map((one) => one.hex)
  const rows = await db<{ ordinal: number; customer: number }[]>`
    with asked as (
      select * from unnest(${kinds}::text[], ${hexes}::text[]) with ordinality as u(kind, hex, ordinal)
    ), found as (
      select u.ordinal, i.customer from asked u
      join identities i on i.shop = ${shop} and i.kind = u.kind and i.value_hash = decode(u.hex, 'hex')
      where i.customer > 0
      union
      select u.ordinal, c.customer from asked u
      join contacts c on c.shop = ${shop} and c.channel = u.kind and c.value_hash = decode(u.hex, 'hex')
    )
    select distinct f.ordinal::int as ordinal, coalesce(c.survivor, c.id) as customer
    from found f join customers c on c.shop = ${shop} and c.id = f.customer
    where c.erased_at is null`
  const behind = keys.map((): number[] => [])
  for (const { ordinal, customer } of rows) behind[ordinal - 1]?.push(customer)
  return behind
}

/** The living customers of these ids: each id with who it is today. */
export function survivorsOf(
  db: Database,
  shop: ShopId,
  ids: readonly number[],
): Promise<readonly { readonly id: number; readonly customer: number }[]> {
  return db<{ id: number; customer: number }[]>`
    select c.id, s.id as customer from customers c
    join customers s on s.shop = c.shop and s.id = coalesce(c.survivor, c.id)
    where c.shop = ${shop} and c.id = any(${[...ids]}::bigint[]) and s.erased_at is null`
}

export type CustomerDetail = ListedCustomer & {
  /** The survivor's id when this one was merged away and another was asked for. */
  readonly traits: string
  readonly sections: string | null
  readonly erasedAt: number | null
  readonly internalSaid: InternalSaid | null
}

/** A customer by id; for one who was merged away, the survivor. */
export async function findCustomer(
  db: Database | Tx,
  shop: ShopId,
  id: number,
): Promise<CustomerDetail | undefined> {
  const [row] = await db<CustomerDetail[]>`
    select c.id, c.member, c.internal, c.internal_said as "internalSaid", c.name, c.traits, c.created_at as "createdAt", c.first_seen_at as "firstSeenAt",
           c.last_seen_at as "lastSeenAt", c.erased_at as "erasedAt", s.sections
    from customers asked
    join customers c on c.shop = asked.shop and c.id = coalesce(asked.survivor, asked.id)
    left join customer_state s on s.shop = c.shop and s.customer = c.id
    where asked.shop = ${shop} and asked.id = ${id}`
  return row
}

export type ListedIdentity = {
  readonly kind: 'anonymous' | 'user' | 'email' | 'phone'
  readonly value: string | null
  readonly verified: boolean
  readonly shared: boolean
  readonly since: number
}

/** By what a customer is known, the first 200 since the earliest; contacts have no value here. */
export async function identitiesOf(
  db: Database,
  shop: ShopId,
  customer: number,
): Promise<readonly ListedIdentity[]> {
  return await db<ListedIdentity[]>`
    select kind, value, verified, shared, since from identities
    where shop = ${shop} and customer = ${customer} order by since, kind, value limit 200`
}

/** The customers merged into this one. */
export async function mergedInto(
  db: Database | Tx,
  shop: ShopId,
  customer: number,
): Promise<readonly number[]> {
  const rows = await db<{ id: number }[]>`
    select from_customer as id from aliases where shop = ${shop} and to_customer = ${customer} order by 1 limit 1000`
  return rows.map((row) => row.id)
}

/** Names of these customers, for feeds. */
export async function namesOfCustomers(
  db: Database,
  shop: ShopId,
  customers: readonly number[],
): Promise<ReadonlyMap<number, { readonly name: string | null; readonly member: boolean }>> {
  if (customers.length === 0) return new Map()
  const rows = await db<{ id: number; name: string | null; member: boolean }[]>`
    select asked.id, c.name, c.member from customers asked
    join customers c on c.shop = asked.shop and c.id = coalesce(asked.survivor, asked.id)
    where asked.shop = ${shop} and asked.id = any(${[...customers]}::bigint[])`
  return new Map(rows.map((row) => [row.id, { name: row.name, member: row.member }]))
}

/** Takes everything that tells who they are from customers: the row and its numbers stay, so that orders still add up. */
export async function eraseCustomers(
  tx: Tx,
  shop: ShopId,
  erased: { readonly customers: readonly number[]; readonly at: number },
): Promise<void> {
  const ids = [...erased.customers]
  // Browsers are known by the device only: afterwards nobody could tell whose they were.
  await tx`
    delete from push_subscriptions where shop = ${shop} and device in
      (select value from identities where shop = ${shop} and kind = 'anonymous' and customer = any(${ids}::bigint[]))`
  await tx`delete from identities where shop = ${shop} and customer = any(${ids}::bigint[])`
  await tx`delete from contacts where shop = ${shop} and customer = any(${ids}::bigint[])`
  await tx`delete from customer_state where shop = ${shop} and customer = any(${ids}::bigint[])`
  await tx`
    update customers set name = null, traits = '{}', member = false, erased_at = ${erased.at}
    where shop = ${shop} and (id = any(${ids}::bigint[]) or survivor = any(${ids}::bigint[]))`
}
