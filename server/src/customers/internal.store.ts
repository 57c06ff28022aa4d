import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

type AddressKind = 'email' | 'phone' | 'domain'
type StaffAddress = {
  readonly id: number
  readonly kind: AddressKind
  readonly shown: string
  readonly name: string
  readonly addedAt: number
}

/** Whose address is one of the shop's own. A masked e-mail address keeps its domain. */
export async function matchingCustomers(
  tx: Database | Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<ReadonlySet<number>> {
  const rows = await tx<{ customer: number }[]>`
    select distinct c.customer
    from internal_addresses a join contacts c on c.shop = a.shop and (
      a.kind = c.channel and decode(a.value, 'hex') = c.value_hash and a.kind <> 'domain'
      or a.kind = 'domain' and c.channel = 'email' and right(c.masked, length(a.value) + 1) = '@' || a.value)
    where a.shop = ${shop} and c.customer = any(${[...customers]}::bigint[])`
  return new Set(rows.map((row) => row.customer))
}

/** Writes who is one of the shop's own, and what was said of it. */
export async function saveInternal(
  tx: Tx,
  shop: ShopId,
  people: readonly {
    readonly id: number
    readonly internal: boolean
    readonly internalSaid: string | null
  }[],
): Promise<void> {
  if (people.length === 0) return
  await tx`
    update customers c set internal = u.internal <> 0, internal_said = u.said
    from unnest(
      ${people.map((one) => one.id)}::bigint[],
      ${people.map((one) => (one.internal ? 1 : 0))}::int[],
      ${people.map((one) => one.internalSaid)}::text[]
    ) as u(id, internal, said)
    where c.shop = ${shop} and c.id = u.id`
}

/** Living customers who have the address; at most `limit`. */
export async function customersWith(
  db: Database | Tx,
  shop: ShopId,
  asked: { readonly kind: AddressKind; readonly value: string; readonly limit: number },
): Promise<readonly number[]> {
  const { kind, value } = asked
  const rows = await db<{ customer: number }[]>`
    select customer from contacts
    where shop = ${shop} and ${
      kind === 'domain'
        ? db`channel = 'email' and right(masked, ${value.length + 1}) = ${`@${value}`}`
        : db`channel = ${kind} and value_hash = decode(${value}, 'hex')`
    }
    order by customer limit ${asked.limit}`
  return rows.map((row) => row.customer)
}

/** The addresses of the shop's own people, masked as they are shown. */
export async function readAddresses(db: Database, shop: ShopId): Promise<readonly StaffAddress[]> {
  return await db<StaffAddress[]>`
    select id, kind, shown, name, added_at as "addedAt" from internal_addresses
    where shop = ${shop} order by id`
}

/** Adds an address; undefined when it is there already. */
export async function insertAddress(
  db: Database | Tx,
  shop: ShopId,
  one: Omit<StaffAddress, 'id'> & { readonly value: string },
): Promise<number | undefined> {
  const [row] = await db<{ id: number }[]>`
    insert into internal_addresses (shop, kind, value, shown, name, added_at)
    values (${shop}, ${one.kind}, ${one.value}, ${one.shown}, ${one.name}, ${one.addedAt})
    on conflict do nothing returning id`
  return row?.id
}

/** Takes an address away; what it was. */
export async function deleteAddress(
  db: Database | Tx,
  shop: ShopId,
  id: number,
): Promise<
  { readonly kind: AddressKind; readonly value: string; readonly shown: string } | undefined
> {
  const [row] = await db<{ kind: AddressKind; value: string; shown: string }[]>`
    delete from internal_addresses where shop = ${shop} and id = ${id} returning kind, value, shown`
  return row
}

type InternalPerson = {
  readonly customer: number
  readonly name: string | null
  readonly said: 'internal' | 'office' | null
  readonly lastSeenAt: number
}

/** Who is one of the shop's own now, last seen first. */
export async function internalPeople(
  db: Database,
  shop: ShopId,
  limit: number,
): Promise<{ readonly count: number; readonly people: readonly InternalPerson[] }> {
  const rows = await db<(InternalPerson & { count: number })[]>`
    select id as customer, name, internal_said as said, last_seen_at as "lastSeenAt", count(*) over () as count
    from customers
    where shop = ${shop} and internal and survivor is null and erased_at is null
    order by last_seen_at desc, id desc limit ${limit}`
  return { count: rows[0]?.count ?? 0, people: rows.map(({ count: _count, ...person }) => person) }
}
