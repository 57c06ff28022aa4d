import type { Tx } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import { isJsonObject, type JsonObject } from '../lib/json.ts'
import { readJson } from '../lib/json-parse.ts'
import type { InternalSaid } from './internal.ts'
import type { PersonRow } from './person.ts'

type Raw = {
  readonly id: number
  readonly assignment_key: string
  readonly member: boolean
  readonly name: string | null
  readonly traits: string
  readonly created_at: number
  readonly first_seen_at: number
  readonly last_seen_at: number
  readonly chapter_at: number | null
  readonly version: number
  readonly sections: string | null
  readonly internal: boolean
  readonly internal_said: InternalSaid | null
}

/** Locks these customers in order of id, so that two transactions never wait for each other, and loads them. */
export async function lockPeople(
  tx: Tx,
  shop: ShopId,
  ids: readonly number[],
): Promise<readonly PersonRow[]> {
  if (ids.length === 0) return []
  const rows = await tx<Raw[]>`
    select c.id, c.assignment_key, c.member, c.name, c.traits, c.created_at, c.first_seen_at, c.last_seen_at,
           c.chapter_at, c.version, c.internal, c.internal_said, s.sections
    from customers c left join customer_state s on s.shop = c.shop and s.customer = c.id
    where c.shop = ${shop} and c.id = any(${[...ids]}::bigint[])
    order by c.id
    for update of c`
  return rows.map((row) => ({
    id: row.id as CustomerId,
    assignmentKey: row.assignment_key,
    member: row.member,
    name: row.name,
    traits: storedTraits(row.traits),
    createdAt: row.created_at,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    chapterAt: row.chapter_at,
    version: row.version,
    sections: row.sections ?? '{}',
    internal: row.internal,
    internalSaid: row.internal_said,
  }))
}

/** Ids for customers to be inserted, in the order given out. */
export async function nextCustomerIds(tx: Tx, count: number): Promise<readonly number[]> {
  if (count === 0) return []
  const rows = await tx<{ id: number }[]>`
    select nextval(pg_get_serial_sequence('customers', 'id')) as id from generate_series(1, ${count}::int)`
  return rows.map((row) => row.id)
}

/** New customers, under ids drawn before. */
export async function insertPeople(
  tx: Tx,
  shop: ShopId,
  people: readonly PersonRow[],
): Promise<void> {
  if (people.length === 0) return
  await tx`
    insert into customers (shop, id, assignment_key, member, name, traits, created_at, first_seen_at, last_seen_at, chapter_at, version)
    overriding system value
    select ${shop}, u.id, u.assignment_key, u.member <> 0, u.name, u.traits, u.created_at, u.first_seen_at, u.last_seen_at, u.chapter_at, u.version
    from unnest(
      ${people.map((one) => one.id as number)}::bigint[],
      ${people.map((one) => one.assignmentKey)}::text[],
      ${people.map((one) => (one.member ? 1 : 0))}::int[],
      ${people.map((one) => one.name)}::text[],
      ${people.map((one) => JSON.stringify(one.traits))}::text[],
      ${people.map((one) => one.createdAt)}::bigint[],
      ${people.map((one) => one.firstSeenAt)}::bigint[],
      ${people.map((one) => one.lastSeenAt)}::bigint[],
      ${people.map((one) => one.chapterAt)}::bigint[],
      ${people.map((one) => one.version)}::bigint[]
    ) as u(id, assignment_key, member, name, traits, created_at, first_seen_at, last_seen_at, chapter_at, version)`
}

/** Writes customers that are there already; id, assignment key and day of creation stay. */
export async function updatePeople(
  tx: Tx,
  shop: ShopId,
  people: readonly PersonRow[],
): Promise<void> {
  if (people.length === 0) return
  await tx`
    update customers c
    set member = u.member <> 0, name = u.name, traits = u.traits, first_seen_at = u.first_seen_at,
        last_seen_at = u.last_seen_at, chapter_at = u.chapter_at, version = u.version
    from unnest(
      ${people.map((one) => one.id as number)}::bigint[],
      ${people.map((one) => (one.member ? 1 : 0))}::int[],
      ${people.map((one) => one.name)}::text[],
      ${people.map((one) => JSON.stringify(one.traits))}::text[],
      ${people.map((one) => one.firstSeenAt)}::bigint[],
      ${people.map((one) => one.lastSeenAt)}::bigint[],
      ${people.map((one) => one.chapterAt)}::bigint[],
      ${people.map((one) => one.version)}::bigint[]
    ) as u(id, member, name, traits, first_seen_at, last_seen_at, chapter_at, version)
    where c.shop = ${shop} and c.id = u.id`
}

/** Keeps the state of each customer (JSON text) at its version. */
export async function saveSections(
  tx: Tx,
  shop: ShopId,
  states: readonly {
    readonly customer: number
    readonly sections: string
    readonly version: number
  }[],
): Promise<void> {
  if (states.length === 0) return
  await tx`
    insert into customer_state (shop, customer, format, version, sections)
    select ${shop}, u.customer, 1, u.version, u.sections
    from unnest(
      ${states.map((one) => one.customer)}::bigint[],
      ${states.map((one) => one.version)}::bigint[],
      ${states.map((one) => one.sections)}::text[]
    ) as u(customer, version, sections)
    on conflict (shop, customer) do update set version = excluded.version, sections = excluded.sections`
}

/** Traits as they were stored, digits of big numbers kept. */
function storedTraits(text: string): JsonObject {
  const read = readJson(text)
  return read.kind !== 'refused' && isJsonObject(read.value) ? read.value : {}
}
