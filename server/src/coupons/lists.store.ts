import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Against, CouponRow, CouponState } from './coupon.ts'

/** A coupon in a list. */
export type ListedCoupon = {
  readonly id: number
  readonly pool: number
  readonly poolName: string
  readonly customer: number | null
  readonly customerName: string | null
  readonly campaign: number | null
  readonly code: string | null
  readonly state: CouponRow['state']
  readonly reservedAt: number
  readonly issuedAt: number | null
  readonly expiresAt: number | null
  readonly redeemedAt: number | null
  readonly orderId: string | null
  /** Ten-thousandths. */
  readonly takenOff: number | null
  readonly against: Against | null
}

export type CouponFilter = {
  readonly pool?: number | undefined
  readonly customer?: number | undefined
  readonly state?: CouponState | undefined
  /** A code's key (code.ts). */
  readonly codeKey?: string | undefined
  /** Only coupons below this id. */
  readonly before?: number | undefined
  readonly limit: number
  readonly now: number
}

/** Coupons, newest first. */
export async function listCoupons(
  db: Database,
  shop: ShopId,
  filter: CouponFilter,
): Promise<readonly ListedCoupon[]> {
  const { pool, customer, state, codeKey, now } = filter
  const isOver = db`c.state = 'issued' and c.expires_at <= ${now}`
  const inState =
    state === 'expired'
      ? isOver
      : state === 'issued'
        ? db`c.state = 'issued' and (c.expires_at is null or c.expires_at > ${now})`
        : db`c.state = ${state ?? ''}`
  return await db<ListedCoupon[]>`
    select c.id, c.pool, p.name as "poolName", c.customer, u.name as "customerName", c.campaign, c.code, c.state,
           c.reserved_at as "reservedAt", c.issued_at as "issuedAt", c.expires_at as "expiresAt",
           c.redeemed_at as "redeemedAt", c.order_id as "orderId", c.discount as "takenOff", c.against
    from coupons c
    join coupon_pools p on p.shop = c.shop and p.id = c.pool
    left join customers u on u.shop = c.shop and u.id = c.customer
    where c.shop = ${shop} and c.id < ${filter.before ?? Number.MAX_SAFE_INTEGER}
      ${pool === undefined ? db`` : db`and c.pool = ${pool}`}
      ${customer === undefined ? db`` : db`and c.customer = ${customer}`}
      ${state === undefined ? db`` : db`and ${inState}`}
      ${codeKey === undefined ? db`` : db`and c.code_key = ${codeKey}`}
    order by c.id desc limit ${filter.limit}`
}
