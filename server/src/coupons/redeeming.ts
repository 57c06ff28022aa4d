import type { Decimal } from '../lib/decimal.ts'
import {
  type Against,
  type CouponRow,
  type Goods,
  goodsInScope,
  type Pool,
  takenOff,
} from './coupon.ts'

/** A paid order that names codes. */
export type Use = {
  readonly order: string
  /** The buyer; null when nobody knows. */
  readonly customer: number | null
  /** Keys of the codes (code.ts). */
  readonly codeKeys: readonly string[]
  /** UTC ms */
  readonly at: number
  /** Log position that told of it. */
  readonly position: number
  /** What the goods cost before discounts. */
  readonly goods: Decimal
  /** The goods one by one; absent: nobody looked, so nothing is said against them. */
  readonly lines?: readonly Goods[]
  /** The buyer's first paid order; absent: nobody looked. */
  readonly isFirst?: boolean
}

/** A coupon whose use was recorded or taken back. */
export type Redeemed = {
  readonly id: number
  readonly pool: number
  readonly name: string
  readonly customer: number | null
  readonly order: string
  /** Ten-thousandths. */
  readonly takenOff: number
}

/** What an order does: it uses a coupon somebody holds, or a code for everybody without one. Amounts in ten-thousandths. */
export type Redeeming = {
  readonly use: Use
  readonly pool: Pool
  readonly takenOff: number
  readonly against: Against | null
} & (
  | { readonly kind: 'held'; readonly row: CouponRow }
  | { readonly kind: 'bare'; readonly causeKey: string; readonly code: string }
)

/** What is known when orders come: rows are locked by whoever asks. */
export type RedeemDesk = {
  /** Coupons that have one of the codes. */
  readonly own: readonly CouponRow[]
  /** Pools by the key of their code for everybody. */
  readonly sharing: ReadonlyMap<string, number>
  /** Coupons of those pools that the buyers hold, the oldest first. */
  readonly held: readonly CouponRow[]
  /** Coupons that these orders used before. */
  readonly before: readonly CouponRow[]
  readonly pools: ReadonlyMap<number, Pool>
}

/**
 * What these orders use. The same order again uses nothing more; a code that another order used stays that order's. A code counts also
 * when it has ended or was taken back: the shop gave the discount.
 */
export function planRedeeming(desk: RedeemDesk, uses: readonly Use[]): readonly Redeeming[] {
  const ownOf = new Map(desk.own.map((row) => [row.codeKey, row]))
  const done = new Set<number>()
  const known = new Set(desk.before.map((row) => `${row.pool}:${row.orderId}`))
  const planned: Redeeming[] = []
  for (const use of uses) {
    for (const key of use.codeKeys) {
      const shared = desk.sharing.get(key)
      const row =
        ownOf.get(key) ??
        desk.held.find(
          (one) => one.pool === shared && one.customer === use.customer && !done.has(one.id),
        )
      const pool = desk.pools.get(row?.pool ?? shared ?? 0)
      const mark = `${pool?.id}:${use.order}`
      if (!pool || (isShared(pool) && known.has(mark))) continue
      if (row && (row.state === 'redeemed' || done.has(row.id))) continue
      known.add(mark)
      if (row) done.add(row.id)
      planned.push(redeemingOf(use, pool, row))
    }
  }
  return planned
}

/** Everybody's orders name it alike: the code for everybody, or the platform's number of the coupon. */
const isShared = ({ codes }: Pool): boolean => codes === 'shared' || codes === 'platform'

function redeemingOf(use: Use, pool: Pool, row: CouponRow | undefined): Redeeming {
  const common = { use, pool, ...judged(pool, use) }
  if (row) return { kind: 'held', ...common, row }
  const causeKey = `order:${pool.id}:${use.order}`
  return { kind: 'bare', ...common, causeKey, code: pool.sharedCode ?? '' }
}

/**
 * What the coupon took off, counted from the goods it is for, and what speaks against its use. What should not have been used is
 * used all the same: the shop gave the discount, from all goods as far as anybody can tell.
 */
function judged(
  { discount, firstOrderOnly, scope }: Pool,
  { goods, lines, isFirst }: Use,
): { readonly takenOff: number; readonly against: Against | null } {
  const meant = lines && scope ? goodsInScope(scope, lines) : undefined
  const outside = meant?.length === 0
  const cost = meant && !outside ? meant.reduce((sum, line) => sum + line.goods, 0n) : goods
  const notFirst = firstOrderOnly && isFirst === false
  return {
    takenOff: Number(takenOff(discount, cost)),
    against: notFirst ? 'not_first' : outside ? 'not_in_scope' : null,
  }
}
