/** A person with an account at the shop. */
export type Member = {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly passwordHash: string
  readonly consents: Consents
  readonly joinedAt: number
}

/** The boxes of the sign-up form that nobody has to tick. */
export type Consents = {
  /** 개인정보 마케팅 이용 */
  readonly personalData: boolean
  /** 이메일 광고 수신 */
  readonly emailAds: boolean
  /** 야간(21시-08시) 광고 수신 */
  readonly nightAds: boolean
}

export const noConsents: Consents = { personalData: false, emailAds: false, nightAds: false }

/** Names the exact wording of the consent boxes; a changed text gets a new name. */
export const consentWording = 'onyu-join-2026-11'

/** Product id to quantity, in the order they were put in. */
export type Cart = readonly (readonly [product: string, quantity: number])[]

export const cartLimits = { lines: 30, quantity: 20 }

/** The cart after a change; quantity 0 takes the product out. */
export function withQuantity(cart: Cart, product: string, quantity: number): Cart {
  const most = Math.min(Math.max(Math.trunc(quantity), 0), cartLimits.quantity)
  if (!cart.some(([id]) => id === product)) {
    return most && cart.length < cartLimits.lines ? [...cart, [product, most] as const] : cart
  }
  return cart
    .map(([id, before]) => [id, id === product ? most : before] as const)
    .filter(([, left]) => left > 0)
}

/** What was put in before signing in joins the member's own cart. */
export function joinCarts(members: Cart, visitors: Cart): Cart {
  return visitors.reduce<Cart>((cart, [id, quantity]) => {
    const before = cart.find(([other]) => other === id)?.[1] ?? 0
    return withQuantity(cart, id, Math.max(before, quantity))
  }, members)
}

export type Order = {
  readonly id: string
  readonly at: number
  readonly lines: Cart
  /** KRW, goods without shipping. */
  readonly goods: number
  readonly shipping: number
  readonly payment: string
}

export const freeShippingFrom = 50_000
const shippingFee = 3_000

export function shippingOf(goods: number): number {
  return goods >= freeShippingFrom || goods === 0 ? 0 : shippingFee
}
