import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { boxWords, codeLength } from './code.ts'
import type { CodeKind, CouponScope, Discount, Pool } from './coupon.ts'
import type { ShelvedPool } from './shelf.ts'

type PoolRow = {
  readonly id: number
  readonly name: string
  readonly discount: Discount['kind']
  readonly amount: number
  readonly percent: number | null
  readonly min_order: number
  readonly valid_hours: number | null
  readonly ends_at: number | null
  readonly total: number | null
  readonly per_person: number | null
  readonly per_days: number | null
  readonly first_order_only: boolean
  /** JSON */
  readonly scope: string | null
  readonly codes: CodeKind
  readonly prefix: string
  readonly shared_code: string | null
  readonly connection: number | null
  readonly platform_error: string | null
  readonly gives_back: boolean
  readonly notes: string
  readonly state: Pool['state']
  readonly taken: number
  readonly uploaded: number
  readonly code_chars: number
  readonly created_at: number
  readonly updated_at: number
}

/** A pool as it is kept. */
export type StoredPool = Pool & {
  readonly notes: string
  /** Codes uploaded. */
  readonly uploaded: number
  /** What the platform said against the coupon; null: nothing. */
  readonly platformError: string | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** What became of a pool's pieces until now, and what they took off. */
export type PoolUse = {
  readonly pool: number
  readonly reserved: number
  readonly issued: number
  readonly redeemed: number
  readonly expired: number
  /** Ten-thousandths. */
  readonly takenOff: number
}

/** The pools, newest first. */
export async function readPools(
  db: Database | Tx,
  shop: ShopId,
  asked: { readonly ids?: readonly number[]; readonly openOnly?: boolean },
): Promise<readonly StoredPool[]> {
  const rows = await db<PoolRow[]>`
    select * from coupon_pools
    where shop = ${shop} ${asked.ids === undefined ? db`` : db`and id = any(${[...asked.ids]}::bigint[])`}
      ${asked.openOnly ? db`and state = 'open'` : db``}
    order by id desc`
  return rows.map(poolOf)
}

/** Pieces left of each pool; null where there is no end of them. */
export async function readLeft(
  db: Database | Tx,
  shop: ShopId,
  ids: readonly number[],
): Promise<ReadonlyMap<number, number | null>> {
  const rows = await db<Pick<PoolRow, 'id' | 'codes' | 'total' | 'uploaded' | 'taken'>[]>`
    select p.id, p.codes, p.total, p.uploaded,
           p.taken - coalesce((select sum(pieces) from coupon_moves m where m.shop = p.shop and m.pool = p.id), 0)::int as taken
    from coupon_pools p where p.shop = ${shop} and p.id = any(${[...ids]}::bigint[])`
  return new Map(rows.map((row) => [row.id, leftOf(row)]))
}

/** What became of the pieces of these pools. */
export async function readUse(
  db: Database,
  shop: ShopId,
  asked: { readonly pools: readonly number[]; readonly now: number },
): Promise<ReadonlyMap<number, PoolUse>> {
  const rows = await db<PoolUse[]>`
    select pool, (count(*) filter (where state = 'reserved'))::int as reserved,
           (count(*) filter (where state in ('issued', 'redeemed') and issued_at is not null))::int as issued,
           (count(*) filter (where state = 'redeemed'))::int as redeemed,
           (count(*) filter (where state = 'issued' and expires_at <= ${asked.now}))::int as expired,
           coalesce(sum(discount) filter (where state = 'redeemed'), 0)::bigint as "takenOff"
    from coupons where shop = ${shop} and pool = any(${[...asked.pools]}::bigint[])
    group by pool`
  return new Map(rows.map((row) => [row.pool, row]))
}

/**
 * The pools as they lie on the shelf, locked until the transaction ends, in order of their ids; what came back meanwhile is counted
 * first. Taking is only ever done under this lock, so a limit is never passed, whoever else takes.
 */
export async function lockPools(
  tx: Tx,
  shop: ShopId,
  ids: readonly number[],
): Promise<readonly ShelvedPool[]> {
  const rows = await tx<PoolRow[]>`
    select * from coupon_pools where shop = ${shop} and id = any(${[...ids]}::bigint[])
    order by id for update`
  const moved = await tx<{ pool: number; pieces: number }[]>`
    with gone as (
      delete from coupon_moves where shop = ${shop} and pool = any(${rows.map(({ id }) => id)}::bigint[])
      returning pool, pieces
    ), sums as (select pool, sum(pieces)::int as pieces from gone group by pool)
    update coupon_pools p set taken = p.taken - s.pieces from sums s
    where p.shop = ${shop} and p.id = s.pool
    returning s.pool, s.pieces`
  const back = new Map(moved.map(({ pool, pieces }) => [pool, pieces]))
  return rows.map((row) => ({
    ...poolOf(row),
    left: leftOf({ ...row, taken: row.taken - (back.get(row.id) ?? 0) }),
  }))
}

/** Counts pieces as taken; under the lock of `lockPools`. */
export async function countTaken(
  tx: Tx,
  shop: ShopId,
  taken: readonly { readonly pool: number; readonly pieces: number }[],
): Promise<void> {
  await tx`
    update coupon_pools p set taken = p.taken + u.pieces
    from unnest(${taken.map((one) => one.pool)}::bigint[], ${taken.map((one) => one.pieces)}::int[]) as u(pool, pieces)
    where p.shop = ${shop} and p.id = u.pool`
}

/** Notes pieces that came back, or (below 0) were used without being given; nobody is waited for. */
export async function noteMoves(
  tx: Tx,
  shop: ShopId,
  moves: readonly { readonly pool: number; readonly pieces: number }[],
): Promise<void> {
  if (moves.length === 0) return
  await tx`
    insert into coupon_moves (shop, pool, pieces)
    select ${shop}, u.pool, u.pieces
    from unnest(${moves.map((one) => one.pool)}::bigint[], ${moves.map((one) => one.pieces)}::int[]) as u(pool, pieces)`
}

function leftOf(row: Pick<PoolRow, 'codes' | 'total' | 'uploaded' | 'taken'>): number | null {
  const there =
    row.codes === 'uploaded' ? Math.min(row.uploaded, row.total ?? row.uploaded) : row.total
  return there === null ? null : Math.max(0, there - row.taken)
}

function codeCharsOf(row: PoolRow): number {
  switch (row.codes) {
    case 'generated':
      return row.prefix.length + codeLength
    case 'shared':
      return row.shared_code?.length ?? 0
    case 'uploaded':
      return row.code_chars
    case 'platform':
      return boxWords.ko.length
  }
}

function discountOf({ discount, amount, percent }: PoolRow): Discount {
  switch (discount) {
    case 'amount':
      return { kind: 'amount', amount }
    case 'percent':
      return { kind: 'percent', percent: percent ?? 0, most: amount }
    case 'shipping':
      return { kind: 'shipping', worth: amount }
  }
}

function poolOf(row: PoolRow): StoredPool {
  const { per_person: count, per_days: days } = row
  return {
    id: row.id,
    name: row.name,
    discount: discountOf(row),
    minOrder: row.min_order,
    validHours: row.valid_hours,
    endsAt: row.ends_at,
    total: row.total,
    perPerson: count === null || days === null ? null : { count, days },
    firstOrderOnly: row.first_order_only,
    scope: row.scope === null ? null : (JSON.parse(row.scope) as CouponScope),
    codes: row.codes,
    prefix: row.prefix,
    sharedCode: row.shared_code,
    connection: row.connection,
    platformError: row.platform_error,
    codeChars: codeCharsOf(row),
    givesBack: row.gives_back,
    state: row.state,
    notes: row.notes,
    uploaded: row.uploaded,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
