import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { codeKey } from './code.ts'

/** A coupon of a pool that lies at the shop's platform. */
export type PlatformCoupon = {
  readonly id: number
  readonly pool: number
  readonly connection: number
  readonly customer: number | null
  readonly state: string
  /** The platform's number of the pool's coupon; null: it is not made there yet. */
  readonly number: string | null
  /** The platform's number of what the person was given. */
  readonly issue: string | null
}

const columns = (db: Database | Tx) => db`
  c.id, c.pool, p.connection, c.customer, c.state, p.shared_code as "number", c.platform_issue as issue`

/** Those of the coupons that lie at a platform. */
export async function readPlatformCoupons(
  db: Database | Tx,
  shop: ShopId,
  ids: readonly number[],
): Promise<readonly PlatformCoupon[]> {
  if (ids.length === 0) return []
  return await db<PlatformCoupon[]>`
    select ${columns(db)} from coupons c join coupon_pools p on p.shop = c.shop and p.id = c.pool
    where c.shop = ${shop} and c.id = any(${[...ids]}::bigint[]) and p.codes = 'platform'`
}

/** Which of these numbers of a platform are a coupon's of this pool already: each is one coupon's. */
export async function readIssues(
  db: Database | Tx,
  shop: ShopId,
  { pool, issues }: { readonly pool: number; readonly issues: readonly string[] },
): Promise<ReadonlySet<string>> {
  if (issues.length === 0) return new Set()
  const rows = await db<{ issue: string }[]>`
    select platform_issue as issue from coupons
    where shop = ${shop} and pool = ${pool} and platform_issue = any(${[...issues]}::text[])`
  return new Set(rows.map(({ issue }) => issue))
}

/** The person has it: from now on it is theirs, whatever becomes of the message. */
export async function markAtPlatform(
  db: Database | Tx,
  shop: ShopId,
  given: {
    readonly id: number
    readonly issue: string
    /** What the person types; null: it lies in their box. */
    readonly code: string | null
    readonly expiresAt: number | null
    readonly now: number
  },
): Promise<void> {
  await db`
    update coupons c set platform_issue = ${given.issue}, state = case when c.state = 'redeemed' then c.state else 'issued' end,
      code = coalesce(${given.code}, p.shared_code), code_key = ${given.code === null ? null : codeKey(given.code)}, issued_at = coalesce(c.issued_at, ${given.now}), expires_at = ${given.expiresAt}, released_at = null
    from coupon_pools p
    where c.shop = ${shop} and c.id = ${given.id} and p.shop = c.shop and p.id = c.pool`
}

/** One maker at a time; false while somebody else makes it or it is made. */
export async function leaseMaking(
  db: Database,
  shop: ShopId,
  lease: { readonly pool: number; readonly now: number; readonly until: number },
): Promise<boolean> {
  const taken = await db`
    update coupon_pools set making_until = ${lease.until}
    where shop = ${shop} and id = ${lease.pool} and shared_code is null and coalesce(making_until, 0) <= ${lease.now}`
  return taken.count > 0
}

/** It is made at the platform, or the platform said what is wrong with it. */
export async function markMade(
  db: Database,
  shop: ShopId,
  made: { readonly pool: number; readonly number: string | null; readonly error: string | null },
): Promise<void> {
  const { number } = made
  await db`
    update coupon_pools set shared_code = ${number}, shared_key = ${number === null ? null : codeKey(number)},
      making_until = null, platform_error = ${made.error}
    where shop = ${shop} and id = ${made.pool} and shared_code is null`
}
