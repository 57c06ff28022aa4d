import type { ConsentState } from '../../consent/consent.ts'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { Random } from '../../lib/random.ts'
import type { SimulatedPerson } from '../simulate-door.ts'

export type Channels = NonNullable<SimulatedPerson['channels']>

/** A person of the simulated shop, and what its segments are made of. */
export type Shopper = {
  readonly customer: number
  readonly random: Random
  channels: Channels
  joined: boolean
  orders: number
  lastOrderAt: number
  searchedAt: number
  inCheckout: boolean
  /** Visits so far. */
  visits: number
  readonly cart: Set<string>
  readonly views: { readonly product: string; readonly at: number }[]
  readonly added: Map<string, number>
  /** UTC ms of what they do next: come, or be gone for half an hour. */
  nextAt: number
  next: 'visit' | 'gone'
}

/** Somebody who comes first within two weeks; some are members, and some of them bought before. */
export function newShopper(customer: number, random: Random, start: number): Shopper {
  const joined = random.chance(0.4)
  const orders = joined && random.chance(0.4) ? 1 + random.integer(4) : 0
  return {
    customer,
    random,
    channels: channelsOf(random),
    joined,
    orders,
    lastOrderAt: orders > 0 ? start - random.integer(60) * dayMs : 0,
    searchedAt: 0,
    inCheckout: false,
    visits: 0,
    cart: new Set(),
    views: [],
    added: new Map(),
    nextAt: start + random.integer(14 * 24) * hourMs + random.integer(60) * minuteMs,
    next: 'visit',
  }
}

/** Addresses and consents by chance: some never said anything, some agree to the night too. */
export function channelsOf(random: Random): Channels {
  const consent = (agrees: number, night: number): ConsentState | undefined => {
    if (random.chance(0.15)) return undefined
    const adDay = random.chance(agrees)
    return {
      adDay,
      adNight: adDay && random.chance(night),
      personalDataMarketing: true,
      grantedAt: adDay ? 0 : null,
      refusedAt: adDay ? null : 0,
    }
  }
  const phone = random.chance(0.7)
  return {
    email: { hasContact: random.chance(0.9), consent: consent(0.8, 0) },
    sms: { hasContact: phone, consent: consent(0.7, 0.2) },
    kakao: { hasContact: phone, consent: consent(0.5, 0.2) },
  }
}

/** Whether the person is in a playbook's segment at a time (UTC ms), by its key. */
export function isIn(key: string, one: Shopper, at: number): boolean {
  const ordered = (span: number) => one.lastOrderAt > at - span
  switch (key) {
    case 'member_without_order':
    case 'joined_without_order':
      return one.joined && one.orders === 0
    case 'viewed_twice':
      return twice(one, at).some(({ last }) => last > at - 7 * dayMs)
    case 'product_view_no_purchase':
      return (
        !ordered(dayMs) &&
        twice(one, at).some(({ product, last }) => {
          const added = one.added.get(product) ?? 0
          const cartedAfter = added > last && added <= last + dayMs
          return last + dayMs <= at && last > at - 8 * dayMs && !cartedAfter
        })
      )
    case 'search_no_purchase':
      return (
        one.searchedAt > at - 7 * dayMs &&
        !ordered(7 * dayMs) &&
        one.cart.size === 0 &&
        !one.inCheckout
      )
    case 'one_time_buyer':
      return one.orders === 1
    case 'regular':
      return one.orders >= 3
    case 'active':
      return one.joined && one.views.some((view) => view.at > at - 30 * dayMs)
    case 'season':
      return ordered(30 * dayMs) || one.views.some((view) => view.at > at - 30 * dayMs)
    case 'no_consent':
      return one.joined && !Object.values(one.channels).some(({ consent }) => consent?.adDay)
    case 'kakao_reachable':
      return one.channels.kakao?.consent?.adDay === true
    default:
      throw new Error(`no segment ${key}`)
  }
}

/** Products looked at twice within a week, and when the second look was. */
function twice({ views }: Shopper, at: number) {
  return views.flatMap(({ product, at: last }, nth) => {
    const before = views
      .slice(0, nth)
      .some((one) => one.product === product && one.at >= last - 7 * dayMs)
    return before && last <= at ? [{ product, last }] : []
  })
}

const products = ['mug', 'soap', 'tea', 'socks', 'lamp', 'towel']

function goods(product: string): JsonObject {
  const url = `https://shop.example/${product}`
  return { product_id: product, name: `상품 ${product}`, price: 9_000, quantity: 1, url }
}

/** What a person does on one visit. `tell` says it at the next moment, after what is known of them has changed. */
export function visit(
  one: Shopper,
  now: () => number,
  tell: (name: string, properties?: JsonObject) => void,
): void {
  const { random, cart } = one
  if (!one.joined && random.chance(0.35)) {
    one.joined = true
    tell('Signed Up')
  }
  if (random.chance(0.3)) {
    one.searchedAt = now()
    tell('Products Searched', { query: random.pick(['겨울 코트', '비누', '선물']) })
  }
  for (let looks = random.integer(4); looks > 0; looks--) {
    const product = random.pick(products)
    one.views.push({ product, at: now() })
    if (one.views.length > 40) one.views.shift()
    tell('Product Viewed', goods(product))
  }
  if (random.chance(0.4)) {
    const product = random.pick(products)
    cart.add(product)
    one.added.set(product, now())
    tell('Product Added', goods(product))
  }
  const [first] = cart
  if (first !== undefined && random.chance(0.1)) {
    cart.delete(first)
    tell('Product Removed', goods(first))
  }
  hearOfProducts(one, tell)
  if (cart.size > 0 && random.chance(0.45)) pay(one, now, tell)
  if (one.orders > 0 && random.chance(0.05)) tell('Product Reviewed', { rating: 5 })
  if (one.orders > 0 && random.chance(0.03)) tell('Order Refunded', { order_id: 'x' })
}

/** What the catalogue tells people of products they looked at, or asked for. */
function hearOfProducts(
  { random, views }: Shopper,
  tell: (name: string, properties?: JsonObject) => void,
): void {
  const seen = views.at(-1)?.product
  if (seen === undefined) return
  if (random.chance(0.05))
    tell('Price Dropped', { ...goods(seen), old_price: 12_000, percent: 25, because: 'viewed' })
  if (random.chance(0.05))
    tell('Back In Stock', { ...goods(seen), stock: 3, requested: random.chance(0.5) })
  // Coupons that end are told of by the calendar, which is nobody's chance.
  if (views.length % 9 === 4)
    tell('Coupon Expiring', { pool_id: 1, pool_name: '쿠폰', days_left: 3, expires_at: 0 })
}

function pay(
  one: Shopper,
  now: () => number,
  tell: (name: string, properties?: JsonObject) => void,
): void {
  const { random, cart } = one
  one.inCheckout = true
  tell('Checkout Started')
  if (random.chance(0.2)) tell('Payment Failed')
  if (!random.chance(0.5)) return
  const lines = [...cart].map(goods)
  cart.clear()
  one.inCheckout = false
  one.orders += 1
  one.lastOrderAt = now()
  tell('Order Completed', {
    order_id: `${one.customer}-${one.orders}`,
    revenue: 9_000,
    products: lines,
  })
}
