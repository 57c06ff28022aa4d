import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Move } from './sizes.ts'

export type SegmentRow = {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly definition: string
  readonly version: number
  readonly state: 'building' | 'live' | 'failed'
  readonly built_to: number
  readonly max_customer: number
  readonly created_at: number
  readonly updated_at: number
  readonly members: number
}

/** Segments by id, newest first. `before` is the last id of the page before. */
export function listSegments(
  db: Database,
  shop: ShopId,
  page: { readonly before: number | undefined; readonly limit: number },
): Promise<readonly SegmentRow[]> {
  const { before = null, limit } = page
  return db<SegmentRow[]>`
    select s.id, s.name, s.description, s.definition, s.version, s.state, s.built_to, s.max_customer, s.created_at,
           s.updated_at, (select coalesce(sum(z.entered - z.gone), 0)::bigint from segment_sizes z
            where z.shop = s.shop and z.segment = s.id) as members
    from segments s
    where s.shop = ${shop} and s.archived_at is null and (${before}::bigint is null or s.id < ${before})
    order by s.id desc limit ${limit}`
}

/** One segment with how many are in it; undefined where the shop has none of this id or it was deleted. */
export async function readSegment(
  db: Database | Tx,
  shop: ShopId,
  id: number,
): Promise<SegmentRow | undefined> {
  const [row] = await db<SegmentRow[]>`
    select s.id, s.name, s.description, s.definition, s.version, s.state, s.built_to, s.max_customer, s.created_at,
           s.updated_at, (select coalesce(sum(z.entered - z.gone), 0)::bigint from segment_sizes z
            where z.shop = s.shop and z.segment = s.id) as members
    from segments s where s.shop = ${shop} and s.id = ${id} and s.archived_at is null`
  return row
}

/** The id of what an earlier try of the same request made; undefined before the first. */
export async function segmentByCreationKey(
  db: Database | Tx,
  shop: ShopId,
  key: string,
): Promise<number | undefined> {
  const [row] = await db<{ id: number }[]>`
    select id from segments where shop = ${shop} and creation_key = ${key}`
  return row?.id
}

/** The highest customer id given out: everybody later is complete by themselves. */
export async function newestCustomer(tx: Tx, shop: ShopId): Promise<number> {
  const [row] = await tx<{ id: number }[]>`
    select coalesce(max(id), 0) as id from customers where shop = ${shop}`
  return row?.id ?? 0
}

export type SegmentWrite = {
  readonly name: string
  readonly description: string
  readonly definition: string
  readonly position: number
  readonly maxCustomer: number
  readonly at: number
}

/** A new segment, its members yet to be found. Gives its id. */
export async function insertSegment(
  tx: Tx,
  shop: ShopId,
  one: SegmentWrite & { readonly creationKey: string | null; readonly ready?: string | undefined },
): Promise<number> {
  const [row] = await tx<{ id: number }[]>`
    insert into segments (shop, name, description, definition, state, built_at_position, max_customer, created_at,
                          updated_at, creation_key, ready)
    values (${shop}, ${one.name}, ${one.description}, ${one.definition}, 'building', ${one.position},
            ${one.maxCustomer}, ${one.at}, ${one.at}, ${one.creationKey}, ${one.ready ?? null})
    returning id`
  return row?.id ?? 0
}

/** A new version of the definition, to be built anew. */
export async function redefineSegment(
  tx: Tx,
  shop: ShopId,
  one: SegmentWrite & { readonly id: number },
): Promise<void> {
  await tx`
    update segments
    set name = ${one.name}, description = ${one.description}, definition = ${one.definition}, version = version + 1,
        state = 'building', built_at_position = ${one.position}, built_to = 0, max_customer = ${one.maxCustomer},
        updated_at = ${one.at}
    where shop = ${shop} and id = ${one.id}`
}

/** The definitions stand as they were, but what they name has changed: they are built anew. */
export async function rebuildSegments(
  tx: Tx,
  shop: ShopId,
  one: Pick<SegmentWrite, 'position' | 'maxCustomer' | 'at'> & { readonly ids: readonly number[] },
): Promise<void> {
  if (one.ids.length === 0) return
  await tx`
    update segments
    set version = version + 1, state = 'building', built_at_position = ${one.position}, built_to = 0,
        max_customer = ${one.maxCustomer}, updated_at = ${one.at}
    where shop = ${shop} and id = any(${[...one.ids]}::bigint[])`
}

/** Who belongs to it stays the same, so it is no younger for it: `updated_at` says since when people are in it by what it is now. */
export async function renameSegment(
  tx: Tx,
  shop: ShopId,
  one: Pick<SegmentWrite, 'name' | 'description'> & { readonly id: number },
): Promise<void> {
  await tx`
    update segments set name = ${one.name}, description = ${one.description}
    where shop = ${shop} and id = ${one.id}`
}

/** Deletes a segment so that it can come back; gives how many left it. */
export async function archiveSegment(
  tx: Tx,
  shop: ShopId,
  one: { readonly id: number; readonly at: number },
): Promise<readonly Move[]> {
  await tx`
    update segments set archived_at = ${one.at}, creation_key = null where shop = ${shop} and id = ${one.id}`
  const gone = await tx`delete from memberships where shop = ${shop} and segment = ${one.id}`
  return [{ segment: one.id, at: one.at, entered: false, many: gone.count }]
}

/** Makes the kept leaves exactly those that are needed: new ones begin at the position, unneeded ones go. */
export async function syncLeaves(
  tx: Tx,
  shop: ShopId,
  need: {
    readonly keys: readonly string[]
    readonly position: number
    readonly maxCustomer: number
  },
): Promise<void> {
  const keys = [...need.keys]
  await tx`delete from segment_leaves where shop = ${shop} and key <> all(${keys}::text[])`
  if (keys.length === 0) return
  await tx`
    insert into segment_leaves (shop, key, position, max_customer)
    select ${shop}, u.key, ${need.position}, ${need.maxCustomer} from unnest(${keys}::text[]) as u(key)
    on conflict (shop, key) do nothing`
}

export type MemberRow = {
  readonly customer: number
  readonly name: string | null
  readonly member: boolean
  readonly entered_at: number
  readonly last_seen_at: number
}

/** Members, the newest first. */
export function listMembers(
  db: Database,
  shop: ShopId,
  page: {
    readonly segment: number
    readonly after: readonly [enteredAt: number, customer: number] | undefined
    readonly limit: number
  },
): Promise<readonly MemberRow[]> {
  const [enteredAt, customer] = page.after ?? [Number.MAX_SAFE_INTEGER, 0]
  return db<MemberRow[]>`
    select m.customer, c.name, c.member, m.entered_at, c.last_seen_at
    from memberships m join customers c on c.shop = m.shop and c.id = m.customer
    where m.shop = ${shop} and m.segment = ${page.segment} and (m.entered_at, m.customer) < (${enteredAt}, ${customer})
    order by m.entered_at desc, m.customer desc limit ${page.limit}`
}

/** These customers by id, as lists of members show them; the unknown are missing. */
export function readCustomers(
  db: Database,
  shop: ShopId,
  ids: readonly number[],
): Promise<readonly Omit<MemberRow, 'entered_at'>[]> {
  return db<Omit<MemberRow, 'entered_at'>[]>`
    select id as customer, name, member, last_seen_at from customers
    where shop = ${shop} and id = any(${[...ids]}::bigint[]) order by id`
}
