import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { OurOrder, Period } from './compare.ts'
import type { NumberPeriod } from './period.ts'

/** Orders of ours that were paid in the period. */
export async function ourOrdersPaid(
  db: Database,
  shop: ShopId,
  asked: Period & { readonly limit: number },
): Promise<readonly OurOrder[]> {
  return await db<OurOrder[]>`
    select id, created_at as "orderedAt", paid_at as "paidAt", status = 'cancelled' as "isCancelled", gross as paid, refunded,
      source, coalesce(customer, 0) as customer
    from orders
    where shop = ${shop} and paid_at >= ${asked.from} and paid_at < ${asked.to}
    order by paid_at limit ${asked.limit}`
}

/** Orders of ours with these ids. */
export async function ourOrdersOf(
  db: Database,
  shop: ShopId,
  ids: readonly string[],
): Promise<readonly OurOrder[]> {
  if (ids.length === 0) return []
  return await db<OurOrder[]>`
    select id, created_at as "orderedAt", paid_at as "paidAt", status = 'cancelled' as "isCancelled", gross as paid, refunded,
      source, coalesce(customer, 0) as customer
    from orders where shop = ${shop} and id = any(${[...ids]}::text[])`
}

/** An order as the shop said it: JSON of platform.ts, under the id by which it is known here. */
export type TheirOrder = { readonly id: string; readonly row: string }

/** What the shop's platform or its files last said of orders that were ordered in the period: JSON of platform.ts rows. */
export async function theirOrders(
  db: Database,
  shop: ShopId,
  asked: Period & { readonly limit: number },
): Promise<readonly TheirOrder[]> {
  // A shop's own interface has the last word over a file.
  const rows = await db<TheirOrder[]>`
    select distinct on (coalesce(p.told_as, p.external_id)) coalesce(p.told_as, p.external_id) as id, p.row
    from platform_records p join connections c on c.shop = p.shop and c.id = p.connection
    where p.shop = ${shop} and p.resource = 'orders' and p.state = 'here' and p.at >= ${asked.from} and p.at < ${asked.to}
      and p.row is not null
    order by coalesce(p.told_as, p.external_id), c.kind = 'files', p.seen_at desc limit ${asked.limit}`
  return rows
}

/** The same of orders with these ids. */
export async function theirOrdersOf(
  db: Database,
  shop: ShopId,
  ids: readonly string[],
): Promise<readonly TheirOrder[]> {
  if (ids.length === 0) return []
  const rows = await db<TheirOrder[]>`
    select distinct on (coalesce(p.told_as, p.external_id)) coalesce(p.told_as, p.external_id) as id, p.row
    from platform_records p join connections c on c.shop = p.shop and c.id = p.connection
    where p.shop = ${shop} and p.resource = 'orders' and p.state = 'here' and p.row is not null
      and (p.external_id = any(${[...ids]}::text[]) or p.told_as = any(${[...ids]}::text[]))
    order by coalesce(p.told_as, p.external_id), c.kind = 'files', p.seen_at desc`
  return rows
}

export type Members = {
  /** Members who joined in the period, by the shop's word, and those of them whom we know. */
  readonly theirs: number
  readonly known: number
  /** Ids of some whom we do not know. */
  readonly unknown: readonly string[]
}

/** Who joined at the shop in the period, and whom of them we know; at most `shown` of the unknown are named. */
export async function membersJoined(
  db: Database,
  shop: ShopId,
  asked: Period & { readonly shown: number },
): Promise<Members> {
  const [row] = await db<{ theirs: number; known: number; unknown: string[] | null }[]>`
    with joined as (
      select distinct external_id as id from platform_records
      where shop = ${shop} and resource = 'members' and state = 'here' and at >= ${asked.from} and at < ${asked.to}
    ), by_contact as (
      -- Who has no id is known by the keyed hash of an address.
      select j.id, i.customer from joined j
      join identities i on i.shop = ${shop} and i.kind = split_part(j.id, ':', 1)
        and i.value_hash = decode(translate(split_part(j.id, ':', 2), '-_', '+/') || '=', 'base64')
      where j.id ~ '^(phone|email):[A-Za-z0-9_-]{43}$'
    ), named as (
      -- A later file told their ids: they are counted by those.
      select c.id from by_contact c
      join identities u on u.shop = ${shop} and u.customer = c.customer and u.kind = 'user'
      join platform_records p on p.shop = ${shop} and p.resource = 'members' and p.external_id = u.value and p.state = 'here'
    ), told as (
      select j.id, exists (
        select 1 from identities i where i.shop = ${shop} and i.kind = 'user' and i.value = j.id
      ) or j.id in (select id from by_contact) as is_known
      from joined j where j.id not in (select id from named)
    )
    select count(*)::integer as theirs, (count(*) filter (where is_known))::integer as known,
      (array_agg(id order by id) filter (where not is_known))[1:${asked.shown}] as unknown
    from told`
  return { theirs: row?.theirs ?? 0, known: row?.known ?? 0, unknown: row?.unknown ?? [] }
}

/** Where what the shop says comes from, and how far it reaches. */
export type NumberSource = {
  readonly kind: string
  readonly name: string
  readonly orders: number
  readonly members: number
  /** When an object of it was last seen, UTC ms. */
  readonly seenAt: number | null
}

/** Where the shop's own figures come from: each connection that brought orders or members, with how many and when last. */
export async function numberSources(db: Database, shop: ShopId): Promise<readonly NumberSource[]> {
  return await db<NumberSource[]>`
    select c.kind, c.name, (count(*) filter (where p.resource = 'orders'))::integer as orders,
      (count(*) filter (where p.resource = 'members'))::integer as members, max(p.seen_at) as "seenAt"
    from connections c join platform_records p on p.shop = c.shop and p.connection = c.id and p.state = 'here'
    where c.shop = ${shop} group by c.id, c.kind, c.name order by c.id`
}

export type CheckRow = {
  readonly period: NumberPeriod
  readonly checkedAt: number
  readonly matchedAt: number | null
  readonly differences: number
}

/** The last comparison of each period, and when it last matched. */
export async function readChecks(db: Database, shop: ShopId): Promise<readonly CheckRow[]> {
  return await db<CheckRow[]>`
    select period, checked_at as "checkedAt", matched_at as "matchedAt", differences
    from number_checks where shop = ${shop}`
}

/** Keeps a comparison; without differences it is the period's last match. */
export async function noteCheck(
  db: Database,
  shop: ShopId,
  told: { readonly period: NumberPeriod; readonly at: number; readonly differences: number },
): Promise<void> {
  const matchedAt = told.differences === 0 ? told.at : null
  await db`
    insert into number_checks (shop, period, checked_at, matched_at, differences)
    values (${shop}, ${told.period}, ${told.at}, ${matchedAt}, ${told.differences})
    on conflict (shop, period) do update set checked_at = excluded.checked_at, differences = excluded.differences,
      matched_at = coalesce(excluded.matched_at, number_checks.matched_at)`
}

/** Shops of which something is known from outside, and whose numbers were not laid side by side since `before`. */
export async function shopsToCheck(
  db: Database,
  asked: { readonly before: number; readonly limit: number },
): Promise<readonly ShopId[]> {
  const rows = await db<{ shop: ShopId }[]>`
    select distinct c.shop from connections c
    where exists (select 1 from platform_records p where p.shop = c.shop and p.connection = c.id)
      and not exists (
        select 1 from number_checks n where n.shop = c.shop and n.period = 'week' and n.checked_at >= ${asked.before}
      )
    limit ${asked.limit}`
  return rows.map(({ shop }) => shop)
}
