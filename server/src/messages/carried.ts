import type { Issued } from '../coupons/coupon.ts'
import { couponScope, sampleCoupon } from '../coupons/drawn.ts'
import type { Shelf } from '../coupons/shelf.ts'
import type { JsonObject } from '../lib/json.ts'
import type { Shop } from '../shops/shop.ts'
import type { Facts } from './decide.ts'
import type { MessageIntent } from './intent.ts'

/** Coupons that the messages of one batch go with. */
export type CouponsAtHand = {
  readonly shelf: Shelf
  /** Coupons that people have already and a message only shows, by id. */
  readonly shown: ReadonlyMap<number, Issued & { readonly customer: number | null }>
}

/** Whether this person can have the message's coupon; nothing is taken. */
export function couponFacts(
  { shelf, shown }: CouponsAtHand,
  { coupon, customer }: MessageIntent,
): Pick<Facts, 'couponAvailable' | 'couponHad' | 'couponNotFirst'> {
  if (coupon === undefined) return { couponAvailable: null }
  if ('issued' in coupon) {
    return { couponAvailable: shown.get(coupon.issued)?.customer === customer }
  }
  const look = shelf.look({ pool: coupon.pool, customer })
  return {
    couponAvailable: look === 'available',
    couponHad: look === 'had',
    couponNotFirst: look === 'not_first',
  }
}

/**
 * The coupon as the template sees it. One that is issued only when the message leaves has a made-up code as long as the real one, so
 * that what is counted now is what will be sent; `at`: UTC ms it would be issued at.
 */
export function drawnCoupon(
  { shelf, shown }: CouponsAtHand,
  { coupon }: MessageIntent,
  { shop, at }: { readonly shop: Pick<Shop, 'language' | 'currency'>; readonly at: number },
): JsonObject | undefined {
  if (coupon === undefined) return undefined
  if ('issued' in coupon) {
    const own = shown.get(coupon.issued)
    return own && couponScope(own.pool, own, shop)
  }
  const pool = shelf.pool(coupon.pool)
  return pool && sampleCoupon(pool, at, shop)
}

/** Takes the coupon for a message that is queued; answers its id. On a page it is taken by whoever presses for it. */
export function takenCoupon(
  { shelf }: CouponsAtHand,
  intent: MessageIntent,
  message: number,
): number | null {
  const { coupon, customer, campaign } = intent
  if (coupon === undefined) return null
  if ('issued' in coupon) return coupon.issued
  if (intent.channel === 'onsite') return null
  const causeKey = `message:${intent.causeKey}`
  return shelf.take({ pool: coupon.pool, customer, causeKey, campaign, message })
}
