import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** Adds codes to a pool's list; those the shop has already are left out. Answers which were new. */
export async function insertCodes(
  tx: Tx,
  shop: ShopId,
  list: {
    readonly pool: number
    readonly codes: readonly { readonly code: string; readonly key: string }[]
  },
): Promise<readonly string[]> {
  const rows = await tx<{ code: string }[]>`
    insert into coupon_codes (shop, pool, code, code_key)
    select ${shop}, ${list.pool}, u.code, u.key
    from unnest(${list.codes.map(({ code }) => code)}::text[], ${list.codes.map(({ key }) => key)}::text[])
      with ordinality as u(code, key, place)
    where not exists (select 1 from coupons c where c.shop = ${shop} and c.code_key = u.key)
      and not exists (select 1 from coupon_pools p where p.shop = ${shop} and p.shared_key = u.key)
    order by u.place
    on conflict (shop, code_key) do nothing
    returning code`
  return rows.map((row) => row.code)
}

/** More codes lie in the pool's list. */
export async function countUploaded(
  tx: Tx,
  shop: ShopId,
  added: {
    readonly pool: number
    readonly count: number
    readonly chars: number
    readonly now: number
  },
): Promise<void> {
  await tx`
    update coupon_pools set uploaded = uploaded + ${added.count}, code_chars = greatest(code_chars, ${added.chars}),
           updated_at = ${added.now}
    where shop = ${shop} and id = ${added.pool}`
}

type Wanted = { readonly pool: number; readonly coupons: readonly number[] }

/**
 * Gives each of these coupons the first code that nobody has. Codes that another sender is giving now are passed over, unless
 * too few are left without them: that sender may yet take them back, so it is waited for before anybody is told that there is none.
 */
export async function claimCodes(
  tx: Tx,
  shop: ShopId,
  { pool, coupons }: Wanted,
): Promise<ReadonlyMap<number, string>> {
  const given = await giveCodes(tx, shop, { pool, coupons, waits: false })
  const left = coupons.filter((id) => !given.has(id))
  if (left.length === 0) return given
  return new Map([...given, ...(await giveCodes(tx, shop, { pool, coupons: left, waits: true }))])
}

async function giveCodes(
  tx: Tx,
  shop: ShopId,
  { pool, coupons, waits }: Wanted & { readonly waits: boolean },
): Promise<ReadonlyMap<number, string>> {
  const rows = await tx<{ coupon: number; code: string }[]>`
    with free as (
      select id, row_number() over (order by id) as place from (
        select id from coupon_codes where shop = ${shop} and pool = ${pool} and coupon is null
        order by id limit ${coupons.length} for update ${waits ? tx`` : tx`skip locked`}
      ) as locked
    )
    update coupon_codes k set coupon = u.coupon
    from free join unnest(${[...coupons]}::bigint[]) with ordinality as u(coupon, place) on u.place = free.place
    where k.shop = ${shop} and k.id = free.id
    returning k.coupon, k.code`
  return new Map(rows.map((row) => [row.coupon, row.code]))
}

/** Those of the keys that a coupon, a list or a code for everybody has already. */
export async function keysTaken(
  db: Database | Tx,
  shop: ShopId,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db<{ key: string }[]>`
    select code_key as key from coupons where shop = ${shop} and code_key = any(${[...keys]}::text[])
    union select code_key from coupon_codes where shop = ${shop} and code_key = any(${[...keys]}::text[])
    union select shared_key from coupon_pools where shop = ${shop} and shared_key = any(${[...keys]}::text[])`
  return new Set(rows.map((row) => row.key))
}
