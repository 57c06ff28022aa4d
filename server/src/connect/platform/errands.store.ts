import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Errand } from './errands.ts'

/** An errand that a worker does. */
export type ErrandRow = Errand & {
  readonly shop: ShopId
  readonly kind: 'coupon' | 'cart'
  /** Coupon, or message. */
  readonly subject: number
  readonly message: number | null
  readonly connection: number
  /** JSON. */
  readonly products: string | null
  readonly askedAt: number | null
  readonly tries: number
}

const columns = (db: Database | Tx) => db`
  shop, key, kind, subject, message, connection, products, state, wanted_at as "wantedAt", asked_at as "askedAt",
  done_at as "doneAt", left_over as "leftOver", lying, tries`

/** The errands of these keys that were ever asked for, by key. */
export async function readErrands(
  tx: Database | Tx,
  shop: ShopId,
  keys: readonly string[],
): Promise<ReadonlyMap<string, ErrandRow>> {
  if (keys.length === 0) return new Map()
  const rows = await tx<ErrandRow[]>`
    select ${columns(tx)} from platform_errands where shop = ${shop} and key = any(${[...keys]}::text[])`
  return new Map(rows.map((row) => [row.key, row]))
}

export type Wanted = {
  readonly key: string
  readonly kind: 'coupon' | 'cart'
  readonly subject: number
  readonly message: number | null
  readonly connection: number
  readonly products: readonly string[] | null
}

/** Wants errands: a coupon's once for ever, a cart's anew when its answer is old. */
export async function wantErrands(
  tx: Tx,
  shop: ShopId,
  { wanted, now }: { readonly wanted: readonly Wanted[]; readonly now: number },
): Promise<void> {
  if (wanted.length === 0) return
  const text = (key: 'key' | 'kind') => wanted.map((one) => one[key])
  await tx`
    insert into platform_errands as e
      (shop, key, kind, subject, message, connection, products, state, wanted_at, next_at)
    select ${shop}, u.key, u.kind, u.subject, u.message, u.connection, u.products, 'waiting', ${now}, ${now}
    from unnest(
      ${text('key')}::text[], ${text('kind')}::text[], ${wanted.map(({ subject }) => subject)}::bigint[],
      ${wanted.map(({ message }) => message)}::bigint[], ${wanted.map(({ connection }) => connection)}::integer[],
      ${wanted.map(({ products }) => products && JSON.stringify(products))}::text[]
    ) as u(key, kind, subject, message, connection, products)
    on conflict (shop, key) do update set message = coalesce(excluded.message, e.message),
      products = excluded.products,
      state = case when e.kind = 'cart' then 'waiting' else e.state end,
      wanted_at = case when e.kind = 'cart' then excluded.wanted_at else e.wanted_at end,
      next_at = case when e.kind = 'cart' then excluded.next_at else e.next_at end,
      tries = case when e.kind = 'cart' then 0 else e.tries end`
}

/** Errands of connections that work whose time has come, the oldest first; nobody else does them until `until`. */
export async function takeErrands(
  db: Database,
  asked: { readonly now: number; readonly until: number; readonly limit: number },
): Promise<readonly ErrandRow[]> {
  return await db<ErrandRow[]>`
    update platform_errands set next_at = ${asked.until}, tries = tries + 1
    where (shop, key) in (
      select e.shop, e.key from platform_errands e
      join connections c on c.shop = e.shop and c.id = e.connection and c.state = 'connected'
      where e.next_at <= ${asked.now} and e.shop not in (select id from shops where restored_at is not null)
      order by e.next_at limit ${asked.limit} for update of e skip locked
    )
    returning ${columns(db)}`
}

/** What came of an errand; false: its lease was over and somebody else has taken it, so nothing is noted. */
export async function noteErrand(
  db: Database | Tx,
  { shop, key, tries }: Pick<ErrandRow, 'shop' | 'key' | 'tries'>,
  noted: {
    readonly state: Errand['state']
    readonly askedAt?: number | null
    readonly doneAt?: number | null
    readonly leftOver?: number | null
    readonly lying?: string | null
    /** null: nothing more is to be done. */
    readonly nextAt: number | null
    readonly detail?: string | null
  },
): Promise<boolean> {
  const { count } = await db`
    update platform_errands set state = ${noted.state}, asked_at = ${noted.askedAt ?? null}, done_at = ${noted.doneAt ?? null},
      left_over = ${noted.leftOver ?? null}, lying = ${noted.lying ?? null}, next_at = ${noted.nextAt}, detail = ${noted.detail?.slice(0, 300) ?? null}
    where shop = ${shop} and key = ${key} and tries = ${tries}`
  return count > 0
}

/** The working connections of a shop, by kind. */
export async function workingConnections(
  tx: Database | Tx,
  shop: ShopId,
): Promise<readonly { readonly id: number; readonly kind: string }[]> {
  return await tx<{ id: number; kind: string }[]>`
    select id, kind from connections where shop = ${shop} and state = 'connected' order by id`
}

/** The member ids under which the platform knows these customers now. */
export async function readMembers(
  db: Database | Tx,
  shop: ShopId,
  asked: { readonly connection: number; readonly customers: readonly number[] },
): Promise<ReadonlyMap<number, string>> {
  const rows = await db<{ customer: number; member: string }[]>`
    select i.customer, i.value as member from identities i
    join platform_records r on r.shop = i.shop and r.connection = ${asked.connection} and r.resource = 'members'
      and r.external_id = i.value and r.state = 'here'
    where i.shop = ${shop} and i.kind = 'user' and i.customer = any(${[...asked.customers]}::bigint[])`
  return new Map(rows.map(({ customer, member }) => [customer, member]))
}

/** Whom a waiting message is for. */
export async function customerOfMessage(
  db: Database,
  shop: ShopId,
  message: number,
): Promise<number | undefined> {
  const [row] = await db<{ customer: number }[]>`
    select customer from outbox where shop = ${shop} and id = ${message} and state = 'queued'`
  return row?.customer
}
