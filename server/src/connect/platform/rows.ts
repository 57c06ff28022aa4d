import type { ConsentChannel } from '../../consent/consent.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { PlatformCoupon, PlatformGift } from './offers.ts'

/**
 * What is brought of a shop, in the order in which a first run brings it: people before what they bought and were given. `coupons`: what
 * the shop's platform gave its members by itself or by the shop's hand.
 */
export const platformResources = ['products', 'members', 'orders', 'coupons'] as const
export type PlatformResource = (typeof platformResources)[number]
/** What can be asked for one by one, by its id. */
export type ObjectResource = Exclude<PlatformResource, 'coupons'>

/** Who somebody is, as the platform writes it; null where it says nothing. */
export type PlatformPerson = {
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
}

/** A choice about advertising as the platform keeps it. */
export type PlatformConsent = {
  readonly channel: ConsentChannel
  readonly granted: boolean
  /** When it was said, UTC ms; null where the platform does not keep it. */
  readonly at: number | null
}

/** Amounts of rows are integer ten-thousandths of the currency unit, times UTC ms. */
export type PlatformMember = PlatformPerson & {
  readonly resource: 'members'
  /** The member id that the shop's pages say, too. */
  readonly id: string
  /** No member id is known: `id` is a keyed hash of the address they are found by, and no page says it. */
  readonly byContact?: boolean
  /** That they joined was told before, when they were known by an address only. */
  readonly joinedBefore?: boolean
  readonly joinedAt: number
  /** null where the platform does not say when it changed. */
  readonly updatedAt: number | null
  readonly consents: readonly PlatformConsent[]
  /** When they signed in last; absent where the platform does not say. */
  readonly signedInAt?: number
  /** When they came back from being dormant; absent where the platform does not say. */
  readonly releasedAt?: number
  /** Grade, birthday, points ...: traits as they are set on the customer. */
  readonly traits: JsonObject
}

export type PlatformProduct = {
  readonly resource: 'products'
  readonly id: string
  readonly updatedAt: number | null
  readonly name: string
  readonly price: number
  readonly salePrice: number | null
  readonly category: string | null
  readonly brand: string | null
  readonly url: string | null
  readonly imageUrl: string | null
  /** null: not tracked. */
  readonly stock: number | null
  readonly sellable: boolean
}

type PlatformOrderLine = {
  readonly productId: string
  readonly variant: string | null
  readonly name: string
  readonly quantity: number
  readonly unitPrice: number
  /** On this line alone; what is taken off the whole order is `orderDiscount`. */
  readonly discount: number
}

export type PlatformRefund = {
  readonly id: string
  readonly at: number
  /** What was given back. */
  readonly amount: number
  /** What came back; nothing where only money went. */
  readonly lines: readonly {
    readonly productId: string
    readonly variant: string | null
    readonly quantity: number
  }[]
}

export type PlatformOrder = {
  readonly resource: 'orders'
  readonly id: string
  /** As customers know it. */
  readonly number: string
  readonly orderedAt: number
  readonly updatedAt: number | null
  readonly paidAt: number | null
  readonly cancelledAt: number | null
  /** When the last of its goods left, and when the last of them arrived; absent: not all have, or the platform does not say. */
  readonly shippedAt?: number
  readonly deliveredAt?: number
  /** null: a guest. */
  readonly memberId: string | null
  readonly buyer: PlatformPerson
  readonly lines: readonly PlatformOrderLine[]
  /** Lines at full price: sum of unitPrice * quantity. */
  readonly itemsAmount: number
  /** Everything taken off beside the lines' own discounts: coupons of the order, grade, points. */
  readonly orderDiscount: number
  readonly deliveryFee: number
  /** What the customer pays or paid before refunds. */
  readonly paidAmount: number
  readonly refunds: readonly PlatformRefund[]
  /** ISO 4217. */
  readonly currency: string
  readonly couponCodes: readonly string[]
  /** Those of them that are the shop's own doing and not ours; absent: none, or the platform does not say. */
  readonly shopCoupons?: readonly PlatformCoupon[]
  /** `naver_pay`, a marketplace's name; null: the shop itself. */
  readonly channel: string | null
}

export type PlatformRow = PlatformMember | PlatformProduct | PlatformOrder | PlatformGift
