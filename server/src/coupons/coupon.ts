import { isWithin } from '../lib/category.ts'
import type { Decimal } from '../lib/decimal.ts'
import { hourMs } from '../lib/duration.ts'

/**
 * How codes come about: one each, made by us; one for everybody; one each from a list the shop uploaded; or none at all, for the coupon
 * lies at the shop's platform and is given to the member there.
 */
export const codeKinds = ['generated', 'shared', 'uploaded', 'platform'] as const
export type CodeKind = (typeof codeKinds)[number]

/** The longest span of `so many a person in so many days`: ten years, which is as good as ever. */
export const perPersonDaysLimit = 3_650

/** What a coupon takes off. Amounts in ten-thousandths of the currency unit. */
export type Discount =
  | { readonly kind: 'amount'; readonly amount: number }
  /** A share of the order, never more than `most`: without a cap nobody could say what it may cost. */
  | { readonly kind: 'percent'; readonly percent: number; readonly most: number }
  /** Delivery for nothing; `worth` is what delivery costs the shop. */
  | { readonly kind: 'shipping'; readonly worth: number }

/** Goods that a coupon is for: of these categories or below them, or these products. */
export type CouponScope = {
  readonly categories: readonly string[]
  readonly products: readonly string[]
}

/** Why an order that used a coupon should not have: the shop gave the discount all the same. */
export type Against = 'not_first' | 'not_in_scope'

/** Coupons of one kind: what they take off, for how long, how many there are and how often a person gets one. */
export type Pool = {
  readonly id: number
  readonly name: string
  readonly discount: Discount
  /** Orders from this amount, ten-thousandths; 0: any order. */
  readonly minOrder: number
  /** Hours from the moment the person got it; null: no such limit. */
  readonly validHours: number | null
  /** UTC ms at which all of them end, whenever issued; null: never. */
  readonly endsAt: number | null
  /** Pieces there are; null: as many as asked for. Of an uploaded pool: the codes uploaded. */
  readonly total: number | null
  /** At most `count` a person within `days`; null: as many as asked for. */
  readonly perPerson: { readonly count: number; readonly days: number } | null
  /** Only for a person's first order: nobody who has ordered is given one. */
  readonly firstOrderOnly: boolean
  /** What of an order it takes off from; null: everything. */
  readonly scope: CouponScope | null
  readonly codes: CodeKind
  /** First letters of generated codes. */
  readonly prefix: string
  /** Of a pool at a platform its number there, once it is made. */
  readonly sharedCode: string | null
  /** Where it lies; null: nowhere but here. */
  readonly connection?: number | null
  /** Characters of the longest code it can give. */
  readonly codeChars: number
  /** Whether an order that is cancelled or wholly refunded gives the coupon back to its person. */
  readonly givesBack: boolean
  readonly state: 'open' | 'archived'
}

/** reserved: a message waits with it. expired is not stored: it is read from the time. */
export const couponStates = ['reserved', 'issued', 'redeemed', 'expired', 'released'] as const
export type CouponState = (typeof couponStates)[number]

/** A coupon as it is kept; `expired` is never stored. */
export type CouponRow = {
  readonly id: number
  readonly pool: number
  readonly customer: number | null
  readonly causeKey: string
  readonly message: number | null
  readonly code: string | null
  readonly codeKey: string | null
  readonly state: Exclude<CouponState, 'expired'>
  readonly issuedAt: number | null
  readonly expiresAt: number | null
  readonly orderId: string | null
}

/** A coupon that a person has, with what it gives. */
export type Issued = {
  readonly id: number
  readonly code: string
  /** UTC ms; null: never. */
  readonly expiresAt: number | null
  readonly pool: Pool
}

/** The state at a time (UTC ms); a coupon expires by reading, so no job has to run. */
export function stateAt(
  coupon: { readonly state: CouponState; readonly expiresAt: number | null },
  now: number,
): CouponState {
  const { state, expiresAt } = coupon
  return state === 'issued' && expiresAt !== null && expiresAt <= now ? 'expired' : state
}

/** When a coupon issued at this time ends (UTC ms); null: never. */
export function expiryOf(
  { validHours, endsAt }: Pick<Pool, 'validHours' | 'endsAt'>,
  issuedAt: number,
): number | null {
  const own = validHours === null ? Number.POSITIVE_INFINITY : issuedAt + validHours * hourMs
  const first = Math.min(own, endsAt ?? Number.POSITIVE_INFINITY)
  return first === Number.POSITIVE_INFINITY ? null : first
}

/** Whether the pool gives coupons at this time at all; how many are left is another question. */
export function isOpen({ state, endsAt }: Pick<Pool, 'state' | 'endsAt'>, now: number): boolean {
  return state === 'open' && (endsAt === null || endsAt > now)
}

/** The most one coupon can take off, ten-thousandths. */
export function mostOff(discount: Discount): number {
  switch (discount.kind) {
    case 'amount':
      return discount.amount
    case 'percent':
      return discount.most
    case 'shipping':
      return discount.worth
  }
}

/** What a coupon took off an order whose goods cost this before discounts; ten-thousandths, half away from zero. */
export function takenOff(discount: Discount, goods: Decimal): Decimal {
  switch (discount.kind) {
    case 'amount': {
      const amount = BigInt(discount.amount)
      return goods > 0n && goods < amount ? goods : amount
    }
    case 'percent': {
      const most = BigInt(discount.most)
      const share = (goods * BigInt(discount.percent) + 50n) / 100n
      return share < most ? share : most
    }
    case 'shipping':
      return BigInt(discount.worth)
  }
}

/** Goods of an order, as far as coupons look at them; amounts before discounts in ten-thousandths. */
export type Goods = {
  readonly product: string
  readonly category: string | null
  readonly goods: Decimal
}

/** What of these goods the coupon is for. */
export function goodsInScope(scope: CouponScope | null, lines: readonly Goods[]): readonly Goods[] {
  if (scope === null) return lines
  return lines.filter(
    ({ product, category }) =>
      scope.products.includes(product) || scope.categories.some((one) => isWithin(category, one)),
  )
}
