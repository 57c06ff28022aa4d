import { hourMs, minuteMs, secondMs } from '../../lib/duration.ts'

/** What a message about to leave asks of the shop's platform. */
export type ErrandAsk = {
  readonly message: number
  readonly customer: number
  /** The coupon that goes with it. */
  readonly coupon: number | null
  /** Products of the cart that it reminds of; null: it reminds of none. */
  readonly cart: readonly string[] | null
}

/** What the platform's answer, or its silence, means for the message. */
export type ErrandWord =
  /** `lying`: pieces of each product of the cart that lie in it now; absent: nobody said, or nobody was asked. */
  | { readonly kind: 'ready'; readonly lying?: Lying }
  | {
      readonly kind: 'waits'
      readonly reason: 'platform_coupon' | 'cart_asked'
      /** UTC ms at which it is looked at again; an answer comes before. */
      readonly until: number
    }
  | { readonly kind: 'refused'; readonly reason: 'coupon_not_issued' | 'cart_gone' }

/** Pieces by product id. */
export type Lying = ReadonlyMap<string, number>

/** An errand as it is kept. */
export type Errand = {
  readonly key: string
  readonly state: 'waiting' | 'asked' | 'done' | 'refused'
  readonly wantedAt: number
  readonly doneAt: number | null
  /** Of a cart: how many of the products still lie in it. */
  readonly leftOver: number | null
  /** JSON of `[product, pieces][]`; null where nothing was said. */
  readonly lying: string | null
}

/** A coupon is waited for so long: without it the message must not leave, and later it says something stale. */
const couponPatienceMs = 24 * hourMs
/** A cart is asked for so long: events have said what lies in it, and a platform that is slow or away stops no reminder. */
const cartPatienceMs = 45 * secondMs
/** What a platform said of a cart holds so long. */
const cartFreshMs = 10 * minuteMs
const couponLookMs = minuteMs
const cartLookMs = 15 * secondMs

/** Under which key an errand is kept: a coupon is given once however many messages carry it, a cart is asked for by message. */
export const couponKey = (coupon: number): string => `coupon:${coupon}`
export const cartKey = (message: number): string => `cart:${message}`

/** What an errand for a coupon means now (UTC ms); undefined: it was never asked for. */
export function couponWord(errand: Errand | undefined, now: number): ErrandWord | undefined {
  switch (errand?.state) {
    case undefined:
      return undefined
    case 'done':
      return { kind: 'ready' }
    case 'refused':
      return { kind: 'refused', reason: 'coupon_not_issued' }
    case 'waiting':
    case 'asked':
      return now - errand.wantedAt >= couponPatienceMs
        ? { kind: 'refused', reason: 'coupon_not_issued' }
        : { kind: 'waits', reason: 'platform_coupon', until: now + couponLookMs }
  }
}

/** What an errand for a cart means now (UTC ms); undefined: it is to be asked for, for the first time or again. */
export function cartWord(errand: Errand | undefined, now: number): ErrandWord | undefined {
  if (errand === undefined) return undefined
  const { state, doneAt, leftOver, wantedAt } = errand
  if (state === 'done' && doneAt !== null && now - doneAt < cartFreshMs)
    return leftOver === 0 ? { kind: 'refused', reason: 'cart_gone' } : readyWith(errand.lying)
  if (state === 'done') return undefined
  if (state === 'refused' || now - wantedAt >= cartPatienceMs) return { kind: 'ready' }
  return { kind: 'waits', reason: 'cart_asked', until: now + cartLookMs }
}

function readyWith(lying: string | null): ErrandWord {
  if (lying === null) return { kind: 'ready' }
  return { kind: 'ready', lying: new Map(JSON.parse(lying) as readonly [string, number][]) }
}

/** Whether an errand that got no answer is tried again at all (UTC ms). */
export function isWorthAsking(kind: 'coupon' | 'cart', wantedAt: number, now: number): boolean {
  return now - wantedAt < (kind === 'coupon' ? couponPatienceMs : cartPatienceMs)
}
