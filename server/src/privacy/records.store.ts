import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import { hiddenColumns } from './records.ts'

/** Rows of one table that are given out at most; a person with more has a machine's life. */
const rowsLimit = 100_000

/** The rows of these customers in a table, as they are, without what is for machines. */
export async function rowsOf(
  db: Database,
  shop: ShopId,
  asked: { readonly table: string; readonly customers: readonly number[] },
): Promise<readonly JsonObject[]> {
  const rows = await db<{ row: JsonObject }[]>`
    select (to_jsonb(t) - ${[...hiddenColumns]}::text[]) as row from ${db(asked.table)} t
    where t.shop = ${shop} and t.customer = any(${[...asked.customers]}::bigint[])
    limit ${rowsLimit}`
  return rows.map(({ row }) => row)
}

/** Tables of the database that name a customer; partitions are spoken for by their parents. */
export async function tablesNamingCustomers(db: Database): Promise<readonly string[]> {
  const rows = await db<{ name: string }[]>`
    select c.relname as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'customer' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition
    order by c.relname`
  return rows.map(({ name }) => name)
}

/** The sealed addresses of these customers. */
export async function sealedContactsOf(
  db: Database,
  shop: ShopId,
  customers: readonly number[],
): Promise<readonly { readonly channel: string; readonly sealed: string }[]> {
  return await db<{ channel: string; sealed: string }[]>`
    select channel, sealed from contacts
    where shop = ${shop} and customer = any(${[...customers]}::bigint[])`
}
