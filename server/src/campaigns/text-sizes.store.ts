import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

export type Reader = { readonly id: number; readonly name: string | null }

/** So many people, those seen last, are looked through for long names. */
const lookedThrough = 100_000

/** People with a phone number: those with the longest names, and those seen last. */
export async function readersOfTexts(
  db: Database,
  shop: ShopId,
  limits: { readonly longest: number; readonly latest: number },
): Promise<readonly Reader[]> {
  return await db<Reader[]>`
    with seen as (
      select id, name, last_seen_at from customers
      where shop = ${shop} and survivor is null and erased_at is null
      order by last_seen_at desc, id desc limit ${lookedThrough}
    ), reachable as (
      select * from seen
      where exists (
        select 1 from contacts o where o.shop = ${shop} and o.customer = seen.id and o.channel = 'phone'
      )
    )
    (select id, name from reachable where name is not null order by octet_length(name) desc, id limit ${limits.longest})
    union
    (select id, name from reachable order by last_seen_at desc, id limit ${limits.latest})`
}

/** The longest names of products that can be bought. */
export async function longestProductNames(
  db: Database,
  shop: ShopId,
  limit: number,
): Promise<readonly string[]> {
  const rows = await db<{ name: string }[]>`
    select name from products where shop = ${shop} and sellable
    order by octet_length(name) desc, id limit ${limit}`
  return rows.map((row) => row.name)
}
