import type { Database, Tx } from '../../database/connection.store.ts'
import { inOrderOfReference } from '../../database/snapshot.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { JsonObject } from '../../lib/json.ts'

/** Rows read and written at once. */
const pageRows = 2_000

type ShopTable = { readonly name: string; readonly columns: readonly string[] }

/** Every table with rows of shops, in an order in which each row finds what it refers to; partitions are in their parents. */
export async function shopTables(db: Database | Tx): Promise<readonly ShopTable[]> {
  const tables = await db<{ name: string; columns: string[] }[]>`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) filter (where a.attname <> 'shop') as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and exists (select from pg_attribute s where s.attrelid = c.oid and s.attname = 'shop' and not s.attisdropped)
    group by c.relname order by c.relname`
  const references = await db<{ from: string; to: string }[]>`
    select distinct f.relname as "from", t.relname as "to"
    from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
    where k.contype = 'f' and f.relnamespace = 'public'::regnamespace and not f.relispartition and t.relname <> 'shops'`
  const order = inOrderOfReference(
    tables.map(({ name }) => name),
    references,
  )
  return order.flatMap((name) => tables.filter((table) => table.name === name))
}

/** Rows of a shop as lines of JSON without the shop, some at a time. */
export async function* rowsOf(
  tx: Tx,
  shop: ShopId,
  of: {
    readonly table: string
    readonly only: { readonly column: string; readonly values: readonly string[] } | undefined
  },
): AsyncGenerator<readonly string[]> {
  const { table, only } = of
  const some = only ? tx`and ${tx(only.column)} = any(${[...only.values]}::text[])` : tx``
  const pages = tx<{ line: string }[]>`
    select (to_jsonb(t) - 'shop')::text as line from ${tx(table)} t where t.shop = ${shop} ${some}`.cursor(
    pageRows,
  )
  for await (const rows of pages) yield rows.map(({ line }) => line)
}

/** Writes lines of `rowsOf` under the ids that they had. */
export async function putRows(
  tx: Tx,
  shop: ShopId,
  put: {
    readonly table: string
    readonly columns: readonly string[]
    readonly lines: readonly string[]
  },
): Promise<void> {
  const { table, columns, lines } = put
  const json = `[${lines.join(',')}]`
  await tx`
    insert into ${tx(table)} (${tx(['shop', ...columns])}) overriding system value
    select ${shop}::integer, ${tx(columns.map((name) => `r.${name}`))}
    from jsonb_populate_recordset(null::${tx(table)}, (${json}::text)::jsonb) as r`
}

/** Empties a table of the list in shop-tables.ts of one shop. */
export async function clearRows(tx: Tx, shop: ShopId, table: string): Promise<void> {
  await tx`delete from ${tx(table)} where shop = ${shop}`
}

/** New rows get numbers behind those that came along. (Set as called: a backup reads no number of a sequence that is not.) */
export async function renumber(tx: Tx): Promise<void> {
  const columns = await tx<{ table: string; column: string }[]>`
    select c.relname as table, a.attname as column
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attidentity <> ''
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`
  for (const { table, column } of columns)
    await tx`
      select setval(s.name, greatest(nextval(s.name), (select max(${tx(column)}) from ${tx(table)})))
      from (select pg_get_serial_sequence(${table}, ${column}) as name) s`
}

export type ShopRow = {
  readonly name: string
  readonly url: string | null
  readonly timeZone: string
  readonly currency: string
  readonly language: string
  readonly sender: string
  readonly settings: string
  readonly createdAt: number
}

/** The shop itself; `settings` and `sender` are JSON. */
export async function readShopRow(tx: Tx, shop: ShopId): Promise<ShopRow | undefined> {
  const [row] = await tx<ShopRow[]>`
    select name, url, time_zone as "timeZone", currency, language, sender, settings, created_at as "createdAt"
    from shops where id = ${shop}`
  return row
}

/** Makes the shop what the brought row says; its id stays. */
export async function putShopRow(tx: Tx, shop: ShopId, row: ShopRow): Promise<void> {
  await tx`
    update shops set name = ${row.name}, url = ${row.url}, time_zone = ${row.timeZone}, currency = ${row.currency},
      language = ${row.language}, sender = ${row.sender}, settings = ${row.settings}, created_at = ${row.createdAt}
    where id = ${shop}`
}

/** Campaigns that ran where they came from rest, and the timers of their people with them, until somebody starts them here. */
export async function restCampaigns(tx: Tx, shop: ShopId, now: number): Promise<void> {
  await tx`
    update campaigns set state = 'paused', paused_at = ${now}
    where shop = ${shop} and state in ('live', 'draining')`
  await tx`
    delete from timers t using enrolments e, campaigns c
    where t.shop = ${shop} and e.shop = t.shop and e.id = t.enrolment and e.state = 'active'
      and c.shop = e.shop and c.id = e.campaign and c.state = 'paused'`
}

/** Where the line stands and up to where history is complete. */
export async function standingOf(
  tx: Tx,
  shop: ShopId,
): Promise<{ readonly line: number; readonly history: number }> {
  const [row] = await tx<{ line: number; history: number }[]>`
    select
      coalesce((select position from lanes where shop = ${shop} and name = 'line'), 0) as line,
      coalesce(
        (select min(first_position) - 1 from blocks where shop = ${shop} and written_at is null),
        (select position from lanes where shop = ${shop} and name = 'history'), 0) as history`
  return row ?? { line: 0, history: 0 }
}

/** Who became whom, as history keeps it. */
export function aliasesOf(db: Database, shop: ShopId): Promise<readonly JsonObject[]> {
  return db<JsonObject[]>`
    select shop, from_customer, to_customer, position from aliases where shop = ${shop}`
}

/** Whether anything ever happened in a shop, or anybody made something in it. */
export async function isUntouched(db: Database, shop: ShopId): Promise<boolean> {
  const [row] = await db<{ touched: boolean }[]>`
    select exists (select from log_heads where shop = ${shop} and head > 0)
      or exists (select from customers where shop = ${shop}) or exists (select from products where shop = ${shop})
      or exists (select from segments where shop = ${shop}) or exists (select from campaigns where shop = ${shop})
      or exists (select from coupon_pools where shop = ${shop}) as touched`
  return row?.touched === false
}

/** Whether anybody of any shop here is known by the hash of an address. */
export async function knowsAddresses(db: Database): Promise<boolean> {
  const [row] = await db<{ known: boolean }[]>`
    select exists (select from contacts) or exists (select from suppressions) as known`
  return row?.known === true
}
