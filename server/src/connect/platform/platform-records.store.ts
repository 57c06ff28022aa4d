import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import { hourMs } from '../../lib/duration.ts'
import type { PlatformResource } from './rows.ts'

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
  /** Of an order: the number under which a file told of it first; null: its own id. */
  readonly toldAs: string | null
}

/** Files write days where platforms write seconds. */
export const sameOrderMs = 36 * hourMs

/** The number of an order without the `#` before it. */
export const bare = (number: string): string => number.trim().replace(/^#/, '')

const columns = (db: Database | Tx) => db`
  external_id as id, version, state, hash, at, updated_at as "updatedAt", as_of as "asOf", seen_at as "seenAt", row, person,
  told_as as "toldAs"`

/** What was last told of these ids, by id; the unknown are missing. */
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

/**
 * Orders that a file told of by the number that customers read, by the platform's id: the same number, and ordered on the same day or the
 * next, because a shop that moved counts from 1001 again. `#` before a number counts nothing.
 */
export async function toldByNumber(
  tx: Tx,
  shop: ShopId,
  orders: readonly { readonly id: string; readonly number: string; readonly orderedAt: number }[],
): Promise<ReadonlyMap<string, string>> {
  const asked = orders.filter(({ id, number }) => bare(number) !== '' && bare(number) !== id)
  if (asked.length === 0) return new Map()
  const rows = await tx<{ id: string; toldAs: string }[]>`
    select distinct on (u.id) u.id, o.id as "toldAs"
    from unnest(${asked.map(({ id }) => id)}::text[], ${asked.map(({ number }) => bare(number))}::text[],
      ${asked.map(({ orderedAt }) => orderedAt)}::bigint[]) as u(id, number, at)
    join orders o on o.shop = ${shop} and o.id in (u.number, '#' || u.number)
    where abs(o.created_at - u.at) < ${sameOrderMs}
      and exists (
        select 1 from platform_records p join connections c on c.shop = p.shop and c.id = p.connection
        where p.shop = ${shop} and p.resource = 'orders' and p.external_id = o.id and c.kind = 'files'
      )
      and not exists (select 1 from orders own where own.shop = ${shop} and own.id = u.id)
    order by u.id, o.id`
  return new Map(rows.map(({ id, toldAs }) => [id, toldAs]))
}

/** Keeps what was told of each id in place of what was known. */
export async function writeRecords(
  tx: Tx,
  of: Of,
  records: readonly PlatformRecord[],
): Promise<void> {
  if (records.length === 0) return
  const text = (key: 'id' | 'state' | 'hash' | 'row' | 'person' | 'toldAs') =>
    records.map((one) => one[key])
  const number = (key: 'version' | 'at' | 'updatedAt' | 'asOf' | 'seenAt') =>
    records.map((one) => one[key])
  await tx`
    insert into platform_records
      (shop, connection, resource, external_id, version, state, hash, at, updated_at, as_of, seen_at, row, person, told_as)
    select ${of.shop}, ${of.connection}, ${of.resource}, u.*
    from unnest(
      ${text('id')}::text[], ${number('version')}::integer[], ${text('state')}::text[], ${text('hash')}::text[],
      ${number('at')}::bigint[], ${number('updatedAt')}::bigint[], ${number('asOf')}::bigint[], ${number('seenAt')}::bigint[],
      ${text('row')}::text[], ${text('person')}::text[], ${text('toldAs')}::text[]
    ) as u
    on conflict (shop, connection, resource, external_id) do update set
      version = excluded.version, state = excluded.state, hash = excluded.hash, at = excluded.at,
      updated_at = excluded.updated_at, as_of = excluded.as_of, seen_at = excluded.seen_at, row = excluded.row,
      person = excluded.person, told_as = excluded.told_as`
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
      coalesce(told_as, external_id) in (select id from orders where shop = ${shop} and customer = any(${[...customers]}::bigint[]))
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
