import type { Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Redeemed, Redeeming } from './redeeming.ts'

/** The pools whose one code for everybody is among these keys. */
export async function readSharing(
  tx: Tx,
  shop: ShopId,
  keys: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx<{ key: string; id: number }[]>`
    select shared_key as key, id from coupon_pools where shop = ${shop} and shared_key = any(${[...keys]}::text[])`
  return new Map(rows.map((row) => [row.key, row.id]))
}

/** Coupons that orders used. */
export async function markRedeemed(
  tx: Tx,
  shop: ShopId,
  all: readonly Extract<Redeeming, { kind: 'held' }>[],
): Promise<void> {
  if (all.length === 0) return
  await tx`
    update coupons c set state = 'redeemed', redeemed_at = u.at, redeemed_position = u.position, order_id = u.order_id,
           discount = u.discount, against = u.against, released_at = null
    from unnest(
      ${all.map(({ row }) => row.id)}::bigint[], ${all.map(({ use }) => use.at)}::bigint[],
      ${all.map(({ use }) => use.position)}::bigint[], ${all.map(({ use }) => use.order)}::text[],
      ${all.map((one) => one.takenOff)}::bigint[], ${all.map(({ against }) => against)}::text[]
    ) as u(id, at, position, order_id, discount, against)
    where c.shop = ${shop} and c.id = u.id`
}

/** Uses of a code for everybody by people who were never given it; answers ids by cause. */
export async function insertUsed(
  tx: Tx,
  shop: ShopId,
  all: readonly Extract<Redeeming, { kind: 'bare' }>[],
): Promise<ReadonlyMap<string, number>> {
  if (all.length === 0) return new Map()
  const rows = await tx<{ id: number; cause_key: string }[]>`
    insert into coupons (shop, pool, customer, cause_key, code, state, reserved_at, redeemed_at, redeemed_position, order_id,
                         discount, against)
    select ${shop}, u.pool, u.customer, u.cause_key, u.code, 'redeemed', u.at, u.at, u.position, u.order_id, u.discount,
           u.against
    from unnest(
      ${all.map(({ pool }) => pool.id)}::bigint[], ${all.map(({ use }) => use.customer)}::bigint[],
      ${all.map((one) => one.causeKey)}::text[], ${all.map((one) => one.code)}::text[],
      ${all.map(({ use }) => use.at)}::bigint[], ${all.map(({ use }) => use.position)}::bigint[],
      ${all.map(({ use }) => use.order)}::text[], ${all.map((one) => one.takenOff)}::bigint[],
      ${all.map(({ against }) => against)}::text[]
    ) as u(pool, customer, cause_key, code, at, position, order_id, discount, against)
    returning id, cause_key`
  return new Map(rows.map((row) => [row.cause_key, row.id]))
}

/**
 * Coupons of orders that came to nothing: their people have them again where the pool says so, and a use without a coupon in hand is
 * undone. Where it does not, the coupon stays used; it cost nothing.
 */
export async function markUnused(
  tx: Tx,
  shop: ShopId,
  orders: readonly string[],
): Promise<readonly (Redeemed & { readonly became: 'issued' | 'released' | 'redeemed' })[]> {
  return await tx<(Redeemed & { readonly became: 'issued' | 'released' | 'redeemed' })[]>`
    with used as (
      select c.id, c.discount, c.order_id, c.pool, c.customer, p.name,
             case when c.issued_at is null then 'released' when p.gives_back then 'issued' else 'redeemed' end as became
      from coupons c join coupon_pools p on p.shop = c.shop and p.id = c.pool
      where c.shop = ${shop} and c.order_id = any(${[...orders]}::text[]) and c.state = 'redeemed'
      for update of c
    ), back as (
      update coupons c set state = used.became,
             redeemed_at = case used.became when 'redeemed' then c.redeemed_at end,
             redeemed_position = case used.became when 'redeemed' then c.redeemed_position end,
             order_id = case used.became when 'issued' then null else c.order_id end,
             discount = case used.became when 'redeemed' then 0 end,
             against = null
      from used where c.shop = ${shop} and c.id = used.id
    )
    select id, pool, name, customer, order_id as "order", coalesce(discount, 0)::bigint as "takenOff", became from used order by id`
}
