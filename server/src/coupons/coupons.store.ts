import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { CouponRow } from './coupon.ts'
import type { Had, Taking } from './shelf.ts'

/** Ids for coupons that may be taken. */
export async function nextCouponIds(tx: Tx, count: number): Promise<readonly number[]> {
  if (count === 0) return []
  const rows = await tx<{ id: number }[]>`
    select nextval(pg_get_serial_sequence('coupons', 'id')) as id from generate_series(1, ${count}::int)`
  return rows.map((row) => row.id)
}

/**
 * When these people got coupons of these pools; what was taken back from them does not count. Who has the same phone number or
 * e-mail address is the same person here, so that leaving and joining anew brings no second coupon.
 */
export async function readHad(
  tx: Tx,
  shop: ShopId,
  asked: {
    readonly pools: readonly number[]
    readonly customers: readonly number[]
    readonly since: number
  },
): Promise<readonly Had[]> {
  return await tx<Had[]>`
    with asked as (select unnest(${[...asked.customers]}::bigint[]) as customer), holders as (
      select customer, customer as holder from asked
      union
      select a.customer, other.customer from asked a
      join contacts mine on mine.shop = ${shop} and mine.customer = a.customer
      join contacts other on other.shop = ${shop} and other.channel = mine.channel and other.value_hash = mine.value_hash
    )
    select c.pool, h.customer, c.reserved_at as at from holders h
    join coupons c on c.shop = ${shop} and c.customer = h.holder
    where c.pool = any(${[...asked.pools]}::bigint[]) and c.reserved_at > ${asked.since} and c.state <> 'released'`
}

/** The coupons by one of their keys; with `lock` until the transaction ends. */
export async function readCoupons(
  tx: Database | Tx,
  shop: ShopId,
  asked: {
    readonly ids?: readonly number[]
    readonly causeKeys?: readonly string[]
    readonly codeKeys?: readonly string[]
    readonly orders?: readonly string[]
    readonly lock?: boolean
  },
): Promise<readonly CouponRow[]> {
  const list = <T>(values: readonly T[] | undefined) => [...(values ?? [])]
  return await tx<CouponRow[]>`
    select id, pool, customer, cause_key as "causeKey", message, code, code_key as "codeKey", state, issued_at as "issuedAt",
           expires_at as "expiresAt", order_id as "orderId"
    from coupons
    where shop = ${shop} and (id = any(${list(asked.ids)}::bigint[]) or cause_key = any(${list(asked.causeKeys)}::text[])
      or code_key = any(${list(asked.codeKeys)}::text[]) or order_id = any(${list(asked.orders)}::text[]))
    order by id ${asked.lock ? tx`for update` : tx``}`
}

/** Coupons that people hold of pools with one code for everybody, the oldest first. */
export async function readHeld(
  tx: Tx,
  shop: ShopId,
  asked: { readonly pools: readonly number[]; readonly customers: readonly number[] },
): Promise<readonly CouponRow[]> {
  return await tx<CouponRow[]>`
    select id, pool, customer, cause_key as "causeKey", message, code, code_key as "codeKey", state, issued_at as "issuedAt",
           expires_at as "expiresAt", order_id as "orderId"
    from coupons
    where shop = ${shop} and customer = any(${[...asked.customers]}::bigint[]) and pool = any(${[...asked.pools]}::bigint[])
      and state = 'issued'
    order by id for update`
}

/** Writes coupons that were taken from a shelf. */
export async function insertReserved(
  tx: Tx,
  shop: ShopId,
  batch: { readonly taken: readonly Taking[]; readonly now: number },
): Promise<void> {
  const { taken, now } = batch
  if (taken.length === 0) return
  await tx`
    insert into coupons (shop, id, pool, customer, cause_key, campaign, message, state, reserved_at)
    overriding system value
    select ${shop}, u.id, u.pool, u.customer, u.cause_key, u.campaign, u.message, 'reserved', ${now}
    from unnest(
      ${taken.map((one) => one.id)}::bigint[], ${taken.map((one) => one.pool)}::bigint[],
      ${taken.map((one) => one.customer)}::bigint[], ${taken.map((one) => one.causeKey)}::text[],
      ${taken.map((one) => one.campaign)}::bigint[], ${taken.map((one) => one.message)}::bigint[]
    ) as u(id, pool, customer, cause_key, campaign, message)`
}

export type Issuing = {
  readonly id: number
  readonly code: string
  /** Null for a code that everybody has. */
  readonly codeKey: string | null
  readonly expiresAt: number | null
}

/** Fixes code and expiry. */
export async function markIssued(
  tx: Tx,
  shop: ShopId,
  batch: { readonly rows: readonly Issuing[]; readonly now: number },
): Promise<void> {
  const { rows, now } = batch
  if (rows.length === 0) return
  await tx`
    update coupons c set state = 'issued', code = u.code, code_key = u.code_key, expires_at = u.expires_at, issued_at = ${now},
           told_days = null
    from unnest(${rows.map((row) => row.id)}::bigint[], ${rows.map((row) => row.code)}::text[],
                ${rows.map((row) => row.codeKey)}::text[], ${rows.map((row) => row.expiresAt)}::bigint[])
      as u(id, code, code_key, expires_at)
    where c.shop = ${shop} and c.id = u.id`
}

/**
 * Takes back what was made for these messages and not used; answers the pools, a row a coupon. An uploaded code goes back to its
 * list; a generated one stays with the row, so that an order that uses it all the same is known.
 */
export async function markReleased(
  tx: Tx,
  shop: ShopId,
  batch: { readonly messages: readonly number[]; readonly now: number },
): Promise<readonly { readonly pool: number }[]> {
  if (batch.messages.length === 0) return []
  return await tx<{ pool: number }[]>`
    with back as (
      update coupons c set state = 'released', released_at = ${batch.now},
             code = case when p.codes = 'uploaded' then null else c.code end,
             code_key = case when p.codes = 'uploaded' then null else c.code_key end
      from coupon_pools p
      where c.shop = ${shop} and c.message = any(${[...batch.messages]}::bigint[]) and c.state in ('reserved', 'issued')
        -- What the platform gave the person has, whatever became of the message.
        and c.platform_issue is null
        and p.shop = c.shop and p.id = c.pool
      returning c.id, c.pool
    ), freed as (
      update coupon_codes k set coupon = null from back where k.shop = ${shop} and k.coupon = back.id
    )
    select pool from back`
}

/** A coupon that was taken back is wanted again for its message. */
export async function markReserved(
  tx: Tx,
  shop: ShopId,
  batch: { readonly id: number; readonly now: number },
): Promise<void> {
  await tx`
    update coupons set state = 'reserved', reserved_at = ${batch.now}, released_at = null
    where shop = ${shop} and id = ${batch.id}`
}

/** The coupon made for a message. */
export async function readOfMessage(
  tx: Tx,
  shop: ShopId,
  message: number,
): Promise<Pick<CouponRow, 'id' | 'pool' | 'customer' | 'state'> | undefined> {
  const [row] = await tx<Pick<CouponRow, 'id' | 'pool' | 'customer' | 'state'>[]>`
    select id, pool, customer, state from coupons where shop = ${shop} and message = ${message} for update`
  return row
}

/** Coupons of people merged away go to their survivors. */
export async function moveCoupons(
  tx: Tx,
  shop: ShopId,
  merges: readonly { readonly from: number; readonly to: number }[],
): Promise<void> {
  if (merges.length === 0) return
  await tx`
    update coupons c set customer = u.survivor
    from unnest(${merges.map((one) => one.from)}::bigint[], ${merges.map((one) => one.to)}::bigint[]) as u(gone, survivor)
    where c.shop = ${shop} and c.customer = u.gone`
}

/** Forgets whose these coupons were; that they were given, used, and what they cost stays. */
export async function forgetOwners(
  tx: Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<void> {
  await tx`
    update coupons set customer = null, order_id = null
    where shop = ${shop} and customer = any(${[...customers]}::bigint[])`
}
