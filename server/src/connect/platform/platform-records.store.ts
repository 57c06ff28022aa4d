import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { PlatformResource } from './platform.ts'

/** Whose records. */
export type Of = {
  readonly shop: ShopId
  readonly connection: number
  readonly resource: PlatformResource
}

/** What was last known of one object at a platform. */
export type PlatformRecord = {
  readonly id: string
  readonly version: number
  readonly state: 'here' | 'gone'
  readonly hash: string
  readonly at: number | null
  readonly updatedAt: number | null
  readonly asOf: number
  readonly seenAt: number
  /** JSON (platform.ts `split`), without whom it is about; null: forgotten. */
  readonly row: string | null
  /** Sealed JSON of the person; null: none, or forgotten. */
  readonly person: string | null
}

const columns = (db: Database | Tx) => db`
  external_id as id, version, state, hash, at, updated_at as "updatedAt", as_of as "asOf", seen_at as "seenAt", row, person`

export async function readRecords(
  db: Database | Tx,
  of: Of,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PlatformRecord>> {
  if (ids.length === 0) return new Map()
  const rows = await db<PlatformRecord[]>`
    select ${columns(db)} from platform_records
    where shop = ${of.shop} and connection = ${of.connection} and resource = ${of.resource}
      and external_id = any(${[...ids]}::text[])`
  return new Map(rows.map((row) => [row.id, row]))
}

/** Those of the members that are here: neither unknown yet nor forgotten. */
export async function membersHere(
  tx: Tx,
  { shop, connection }: Pick<Of, 'shop' | 'connection'>,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx<{ id: string }[]>`
    select external_id as id from platform_records
    where shop = ${shop} and connection = ${connection} and resource = 'members' and state = 'here'
      and external_id = any(${[...ids]}::text[])`
  return new Set(rows.map(({ id }) => id))
}

/** Those of the orders that another connection, a file or the shop's own server told of. */
export async function toldElsewhere(
  tx: Tx,
  of: Of,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx<{ id: string }[]>`
    select external_id as id from platform_records
    where shop = ${of.shop} and connection <> ${of.connection} and resource = 'orders' and external_id = any(${[...ids]}::text[])
    union select id from orders where shop = ${of.shop} and id = any(${[...ids]}::text[])`
  return new Set(rows.map(({ id }) => id))
}

export async function writeRecords(
  tx: Tx,
  of: Of,
  records: readonly PlatformRecord[],
): Promise<void> {
  if (records.length === 0) return
  const text = (key: 'id' | 'state' | 'hash' | 'row' | 'person') => records.map((one) => one[key])
  const number = (key: 'version' | 'at' | 'updatedAt' | 'asOf' | 'seenAt') =>
    records.map((one) => one[key])
  await tx`
    insert into platform_records
      (shop, connection, resource, external_id, version, state, hash, at, updated_at, as_of, seen_at, row, person)
    select ${of.shop}, ${of.connection}, ${of.resource}, u.*
    from unnest(
      ${text('id')}::text[], ${number('version')}::integer[], ${text('state')}::text[], ${text('hash')}::text[],
      ${number('at')}::bigint[], ${number('updatedAt')}::bigint[], ${number('asOf')}::bigint[], ${number('seenAt')}::bigint[],
      ${text('row')}::text[], ${text('person')}::text[]
    ) as u
    on conflict (shop, connection, resource, external_id) do update set
      version = excluded.version, state = excluded.state, hash = excluded.hash, at = excluded.at,
      updated_at = excluded.updated_at, as_of = excluded.as_of, seen_at = excluded.seen_at, row = excluded.row,
      person = excluded.person`
}

/** They are there as they were: only that they were seen is new. */
export async function touchRecords(
  tx: Tx,
  of: Of,
  seen: { readonly ids: readonly string[]; readonly at: number },
): Promise<void> {
  if (seen.ids.length === 0) return
  await tx`
    update platform_records set seen_at = ${seen.at}, as_of = greatest(as_of, ${seen.at})
    where shop = ${of.shop} and connection = ${of.connection} and resource = ${of.resource}
      and external_id = any(${[...seen.ids]}::text[])`
}

/** Objects that are here and were not seen since `before`, oldest sight first. */
export async function unseenSince(
  db: Database,
  of: Of,
  asked: { readonly before: number; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await db<{ id: string }[]>`
    select external_id as id from platform_records
    where shop = ${of.shop} and connection = ${of.connection} and resource = ${of.resource}
      and seen_at < ${asked.before} and state = 'here'
    order by seen_at, external_id limit ${asked.limit}`
  return rows.map(({ id }) => id)
}

/**
 * Forgets customers as platforms know them: as of those who withdrew nothing stays of members but that they were here, so that only who
 * joins again is known again. Their orders, a guest's too, keep their amounts and name nobody. Whose they are must still be known.
 */
export async function forgetMembers(
  tx: Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<void> {
  const names = await tx<{ value: string }[]>`
    select case kind when 'user' then value
      else kind || ':' || rtrim(translate(encode(value_hash, 'base64'), '+/', '-_'), '=') end as value
    from identities
    where shop = ${shop} and customer = any(${[...customers]}::bigint[])
      and ((kind = 'user' and value is not null) or kind in ('phone', 'email'))`
  const members = names.map(({ value }) => value)
  await tx`
    update platform_records set state = 'gone', version = version + 1, hash = '', row = null, person = null
    where shop = ${shop} and resource = 'members' and external_id = any(${members}::text[])`
  await tx`
    update platform_records
    set person = null, row = regexp_replace(row, '"memberId":"[^"]*"', '"memberId":null')
    where shop = ${shop} and resource = 'orders' and (
      external_id in (select id from orders where shop = ${shop} and customer = any(${[...customers]}::bigint[]))
      or substring(row from '"memberId":"([^"]*)"') = any(${members}::text[]))`
}

/** How many objects are here, by resource. */
export async function countRecords(
  db: Database | Tx,
  { shop, connection }: Pick<Of, 'shop' | 'connection'>,
): Promise<ReadonlyMap<PlatformResource, number>> {
  const rows = await db<{ resource: PlatformResource; count: number }[]>`
    select resource, count(*)::integer as count from platform_records
    where shop = ${shop} and connection = ${connection} and state = 'here' group by resource`
  return new Map(rows.map(({ resource, count }) => [resource, count]))
}

/** Orders of a connection keep their amounts and name nobody. */
export async function forgetBuyers(
  db: Database,
  { shop, connection }: Pick<Of, 'shop' | 'connection'>,
): Promise<void> {
  await db`
    update platform_records
    set person = null, row = regexp_replace(row, '"memberId":"[^"]*"', '"memberId":null')
    where shop = ${shop} and connection = ${connection} and resource = 'orders' and person is not null`
}

/** Who a member of a platform is here; 0: nobody is known. */
export async function customerOfMember(
  db: Database,
  shop: ShopId,
  member: string,
): Promise<number> {
  const [row] = await db<{ customer: number }[]>`
    select customer from identities where shop = ${shop} and kind = 'user' and value = ${member}`
  return row?.customer ?? 0
}
