import type { PlatformSession } from './call.ts'

/** A coupon as a platform is asked to make it; amounts in ten-thousandths, times UTC ms. */
export type PlatformOffer = {
  /** What customers read. */
  readonly name: string
  /** Ours, the same for ever: by it a coupon is found that was made without our hearing of it. */
  readonly mark: string
  readonly discount:
    | { readonly kind: 'amount'; readonly amount: number }
    | { readonly kind: 'percent'; readonly percent: number; readonly most: number }
  readonly minOrder: number
  /** Days from when somebody was given it; null: until `endsAt`. */
  readonly validDays: number | null
  readonly endsAt: number | null
  /** What it is for; none: everything. */
  readonly products: readonly string[]
}

/** A product in a member's cart at the platform. */
export type PlatformCartLine = {
  readonly product: string
  readonly quantity: number
  /** UTC ms; null where the platform does not say. */
  readonly addedAt: number | null
}

/** A coupon that somebody has at the platform. */
export type PlatformIssue = {
  readonly id: string
  readonly at: number
  /** null where the platform does not say. */
  readonly endsAt: number | null
  /** What the member types; absent: it lies in their account. */
  readonly code?: string
}

/** What the platform gives or sends by itself, so that nobody pays for it twice. */
export type PlatformNative = {
  readonly kind: 'coupon' | 'message'
  readonly id: string
  readonly name: string
  /** `join`, `birthday`, `first_purchase`, `not_bought`, `order`, `delivery`, `review`, `sms`, `alimtalk`, `push`; else as the platform writes it. */
  readonly when: string
  readonly isOn: boolean
}

/** A coupon that the shop made at its platform. */
export type PlatformCoupon = { readonly id: string; readonly name: string }

/** A coupon that a member was given at the platform, and not by us. */
export type PlatformGift = {
  readonly resource: 'coupons'
  /** Of this one piece, among all coupons. */
  readonly id: string
  readonly memberId: string
  readonly coupon: PlatformCoupon
  readonly givenAt: number
  /** null where the platform does not say. */
  readonly endsAt: number | null
  readonly updatedAt: null
}

/**
 * Coupons that lie at the platform: made there, and given to a member before the message that speaks of them. Where customers type codes
 * there is nothing to make but our mark, and giving makes a code for that member alone.
 */
export type PlatformCoupons = {
  /** What it can take off: some cannot limit what a share may cost. */
  readonly kinds: readonly PlatformOffer['discount']['kind'][]
  /** The platform's id of the coupon with this mark, made where there is none. Asked again it makes no second. */
  readonly create: (session: PlatformSession, offer: PlatformOffer) => Promise<string>
  /** Gives one to a member. Never asks twice by itself. */
  readonly issue: (
    session: PlatformSession,
    to: { readonly coupon: string; readonly member: string; readonly offer: PlatformOffer },
  ) => Promise<void>
  /** Everything of this coupon that the member was given, used or not. */
  readonly issued: (
    session: PlatformSession,
    of: { readonly coupon: string; readonly member: string },
  ) => Promise<readonly PlatformIssue[]>
}
