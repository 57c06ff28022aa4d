import type { Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

export type Merged = { readonly from: number; readonly to: number; readonly position: number }

/** Moves what customers keep of the people merged away, and records the aliases with every path one step long. */
export async function mergePeople(tx: Tx, shop: ShopId, merges: readonly Merged[]): Promise<void> {
  if (merges.length === 0) return
  const from = merges.map((one) => one.from)
  const to = merges.map((one) => one.to)
  await tx`
    update identities i set customer = u.to_customer
    from unnest(${from}::bigint[], ${to}::bigint[]) as u(from_customer, to_customer)
    where i.shop = ${shop} and i.customer = u.from_customer`
  // The survivor's address wins, but a verified one wins over a claimed one.
  await tx`
    insert into contacts (shop, customer, channel, value_hash, sealed, masked, verified, updated_at)
    select distinct on (u.to_customer, c.channel)
           c.shop, u.to_customer, c.channel, c.value_hash, c.sealed, c.masked, c.verified, c.updated_at
    from unnest(${from}::bigint[], ${to}::bigint[]) as u(from_customer, to_customer)
    join contacts c on c.shop = ${shop} and c.customer = u.from_customer
    order by u.to_customer, c.channel, c.verified desc, c.updated_at desc
    on conflict (shop, customer, channel) do update
    set value_hash = excluded.value_hash, sealed = excluded.sealed, masked = excluded.masked,
        verified = excluded.verified, updated_at = excluded.updated_at
    where excluded.verified and not contacts.verified`
  await tx`delete from contacts where shop = ${shop} and customer = any(${from}::bigint[])`
  await tx`delete from customer_state where shop = ${shop} and customer = any(${from}::bigint[])`
  await tx`delete from due where shop = ${shop} and customer = any(${from}::bigint[])`
  await tx`
    update customers c set survivor = u.to_customer, member = false
    from unnest(${from}::bigint[], ${to}::bigint[]) as u(from_customer, to_customer)
    where c.shop = ${shop} and (c.id = u.from_customer or c.survivor = u.from_customer)`
  await tx`
    update aliases a set to_customer = u.to_customer, position = u.position
    from unnest(${from}::bigint[], ${to}::bigint[], ${merges.map((one) => one.position)}::bigint[])
      as u(from_customer, to_customer, position)
    where a.shop = ${shop} and a.to_customer = u.from_customer`
  await tx`
    insert into aliases (shop, from_customer, to_customer, position)
    select ${shop}, u.from_customer, u.to_customer, u.position
    from unnest(${from}::bigint[], ${to}::bigint[], ${merges.map((one) => one.position)}::bigint[])
      as u(from_customer, to_customer, position)
    on conflict (shop, from_customer) do nothing`
}
