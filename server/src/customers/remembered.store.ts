import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Merged, StoredPerson } from './stored-person.ts'

/** Ids of living customers after `after`, in order. */
export async function livingAfter(
  db: Database | Tx,
  shop: ShopId,
  page: { readonly after: number; readonly upTo: number; readonly limit: number },
): Promise<readonly number[]> {
  const rows = await db<{ id: number }[]>`
    select id from customers
    where shop = ${shop} and id > ${page.after} and id <= ${page.upTo} and survivor is null and erased_at is null
    order by id limit ${page.limit}`
  return rows.map((row) => row.id)
}

/** Everybody who was merged into one of these. */
export function mergedIntoAny(
  db: Database | Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<readonly Merged[]> {
  return db<Merged[]>`
    select from_customer as "from", to_customer as "to" from aliases
    where shop = ${shop} and to_customer = any(${[...customers]}::bigint[])
    order by from_customer`
}

/** The living among these customers, with what is remembered of them. */
export function storedPeople(
  db: Database | Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<readonly StoredPerson[]> {
  return db<StoredPerson[]>`
    select c.id, c.member, c.internal, c.traits, c.version, greatest(c.version, coalesce(s.version, 0)) as processed, s.sections
    from customers c left join customer_state s on s.shop = c.shop and s.customer = c.id
    where c.shop = ${shop} and c.id = any(${[...customers]}::bigint[]) and c.survivor is null and c.erased_at is null
    order by c.id`
}

/** Replaces what is remembered of people beside the line, which stands still meanwhile: how far it came stays. */
export async function replaceSections(
  tx: Tx,
  shop: ShopId,
  states: readonly { readonly customer: number; readonly sections: string }[],
): Promise<void> {
  if (states.length === 0) return
  await tx`
    insert into customer_state (shop, customer, sections)
    select ${shop}, * from unnest(
      ${states.map((one) => one.customer)}::bigint[], ${states.map((one) => one.sections)}::text[])
    on conflict (shop, customer) do update set sections = excluded.sections`
}
