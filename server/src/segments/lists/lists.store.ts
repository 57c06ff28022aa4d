import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { List } from './list.ts'

/** Living lists with how many people are on them, the newest first; `id` for one of them. */
export function readLists(
  db: Database,
  shop: ShopId,
  of: { readonly id?: number; readonly limit: number },
): Promise<readonly List[]> {
  const { id = null } = of
  return db<List[]>`
    select l.id, l.name, l.created_at as "createdAt", l.updated_at as "updatedAt",
           (select count(distinct coalesce(c.survivor, c.id))
            from list_members m join customers c on c.shop = m.shop and c.id = m.customer
            where m.shop = l.shop and m.list = l.id and c.erased_at is null) as members
    from lists l
    where l.shop = ${shop} and l.archived_at is null and (${id}::bigint is null or l.id = ${id})
    order by l.id desc limit ${of.limit}`
}

/** A new, empty list. Gives its id. */
export async function insertList(
  db: Database | Tx,
  shop: ShopId,
  made: { readonly name: string; readonly at: number },
): Promise<number> {
  const [row] = await db<{ id: number }[]>`
    insert into lists (shop, name, created_at, updated_at)
    values (${shop}, ${made.name}, ${made.at}, ${made.at}) returning id`
  return row?.id ?? 0
}

/** Names a list anew. */
export async function renameList(
  db: Database,
  shop: ShopId,
  to: { readonly id: number; readonly name: string; readonly at: number },
): Promise<void> {
  await db`update lists set name = ${to.name}, updated_at = ${to.at} where shop = ${shop} and id = ${to.id}`
}

/** Deletes a list; who was on it stays noted. */
export async function archiveList(
  db: Database,
  shop: ShopId,
  gone: { readonly id: number; readonly at: number },
): Promise<void> {
  await db`update lists set archived_at = ${gone.at} where shop = ${shop} and id = ${gone.id}`
}

/** Of these customers the living ones, with the ids under which each is on the list; survivors stand for those merged away. */
export function membersAmong(
  db: Database,
  shop: ShopId,
  of: { readonly list: number; readonly customers: readonly number[] },
): Promise<readonly { readonly customer: number; readonly listed: boolean }[]> {
  return db<{ customer: number; listed: boolean }[]>`
    select s.id as customer,
           exists (
             select 1 from customers c join list_members m on m.shop = c.shop and m.customer = c.id and m.list = ${of.list}
             where c.shop = s.shop and (c.id = s.id or c.survivor = s.id)
           ) as listed
    from (
      select distinct coalesce(survivor, id) as id from customers
      where shop = ${shop} and id = any(${[...of.customers]}::bigint[])
    ) as asked join customers s on s.shop = ${shop} and s.id = asked.id
    where s.erased_at is null`
}

/** Puts customers onto a list; who is on it already keeps the earlier day. */
export async function addListMembers(
  db: Database | Tx,
  shop: ShopId,
  added: { readonly list: number; readonly customers: readonly number[]; readonly at: number },
): Promise<void> {
  await db`
    insert into list_members (shop, list, customer, added_at)
    select ${shop}, ${added.list}, u.customer, ${added.at}
    from unnest(${[...added.customers]}::bigint[]) as u(customer)
    on conflict do nothing`
  await db`update lists set updated_at = ${added.at} where shop = ${shop} and id = ${added.list}`
}

/** Which of these lists there still are. */
export async function livingLists(
  db: Database | Tx,
  shop: ShopId,
  lists: readonly number[],
): Promise<ReadonlySet<number>> {
  if (lists.length === 0) return new Set()
  const rows = await db<{ id: number }[]>`
    select id from lists where shop = ${shop} and id = any(${[...lists]}::bigint[]) and archived_at is null`
  return new Set(rows.map((row) => row.id))
}

/** Takes people off a list, under whatever ids they were put on it. */
export async function removeListMembers(
  db: Database | Tx,
  shop: ShopId,
  gone: { readonly list: number; readonly customers: readonly number[]; readonly at: number },
): Promise<void> {
  const customers = [...gone.customers]
  await db`
    delete from list_members m using customers c
    where m.shop = ${shop} and m.list = ${gone.list} and c.shop = m.shop and c.id = m.customer
      and (c.id = any(${customers}::bigint[]) or c.survivor = any(${customers}::bigint[]))`
  await db`update lists set updated_at = ${gone.at} where shop = ${shop} and id = ${gone.list}`
}

export type ListMemberRow = {
  readonly customer: number
  readonly name: string | null
  readonly member: boolean
  readonly last_seen_at: number
  readonly added_at: number
}

/** People on a list, by id. `after` is the last id of the page before. */
export function listMembers(
  db: Database,
  shop: ShopId,
  page: { readonly list: number; readonly after: number; readonly limit: number },
): Promise<readonly ListMemberRow[]> {
  return db<ListMemberRow[]>`
    select s.id as customer, s.name, s.member, s.last_seen_at, min(m.added_at) as added_at
    from list_members m
    join customers c on c.shop = m.shop and c.id = m.customer
    join customers s on s.shop = c.shop and s.id = coalesce(c.survivor, c.id)
    where m.shop = ${shop} and m.list = ${page.list} and s.erased_at is null and s.id > ${page.after}
    group by s.id, s.name, s.member, s.last_seen_at
    order by s.id limit ${page.limit}`
}

/** Erased customers are on no list. */
export async function eraseFromLists(
  tx: Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<void> {
  await tx`delete from list_members where shop = ${shop} and customer = any(${[...customers]}::bigint[])`
}
