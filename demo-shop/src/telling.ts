import type { Arrival, Saving } from './arrivals.ts'
import { productOf } from './catalog.ts'
import type { Message } from './danggol.provider.ts'
import type { Past } from './generator.ts'
import { consentScopes, type Who } from './news.ts'
import { asProducts, goodsOf, linesOf } from './pages/buying.ts'
import { asProperties } from './pages/goods.ts'
import { type Texts, textsOf } from './phones.ts'
import { type Cart, type Consents, consentWording, shippingOf } from './session.ts'
import type { Act } from './shopper.ts'

/** Where and when a message belongs. */
export type Telling = {
  readonly who: Who
  readonly at: number
  readonly messageId: string
  readonly shopUrl: string
  /** Where the visit that begins with it came from. */
  readonly from?: Arrival | undefined
  /** What the order saves. */
  readonly saving?: Saving | undefined
}

function cartProperties(lines: Cart) {
  const filled = linesOf(lines)
  return { products: asProducts(filled), value: goodsOf(filled), currency: 'KRW' }
}

/** An order's properties as the shop's server tells them; `order` is its number. */
export function orderProperties(lines: Cart, order: string, saving?: Saving) {
  const { products, value, currency } = cartProperties(lines)
  const shipping = shippingOf(value)
  const revenue = value - (saving?.amount ?? 0)
  return {
    order_id: order,
    revenue,
    shipping,
    total: revenue + shipping,
    currency,
    products,
    ...(saving && { discount: saving.amount }),
    ...(saving?.coupon && { coupon: saving.coupon }),
  }
}

/** An act on the shop's pages as a message of the tracking API. */
export function tellAct(act: Act, telling: Telling, order: string): Message {
  const { who, at, messageId, shopUrl } = telling
  const base = { messageId, timestamp: new Date(at).toISOString(), ...who }
  const track = (event: string, properties: object): Message => ({
    type: 'track',
    ...base,
    event,
    properties,
  })
  switch (act.kind) {
    case 'page': {
      const { path, title } = act
      const { query = '', referrer } = telling.from ?? {}
      const url = `${shopUrl}${path}${query}`
      return {
        type: 'page',
        ...base,
        properties: { url, path, title, ...(referrer && { referrer }) },
      }
    }
    case 'search':
      return track('Products Searched', { query: act.query })
    case 'view':
    case 'add': {
      const product = productOf(act.product)
      const properties = product ? asProperties(product) : { product_id: act.product }
      return act.kind === 'view'
        ? track('Product Viewed', properties)
        : track('Product Added', { ...properties, quantity: act.quantity })
    }
    case 'cart':
      return track('Cart Viewed', cartProperties(act.lines))
    case 'checkout':
      return track('Checkout Started', cartProperties(act.lines))
    case 'order':
      return track('Order Completed', orderProperties(act.lines, order, telling.saving))
  }
}

type Newcomer = {
  readonly name: string
  readonly email: string
  readonly consents: Consents
  /** Of those who gave a number. */
  readonly texts?: Texts | undefined
}

/** Someone joined: who they are, that they did, and each box they ticked. */
export function tellJoined(given: Newcomer, telling: Telling): readonly Message[] {
  const { who, at, messageId } = telling
  const { name, email, consents, texts } = given
  const base = { timestamp: new Date(at).toISOString(), ...who }
  const phone = texts && { phone: texts.phone }
  const traits = { name, email, ...phone, joined_at: base.timestamp }
  const boxes = (Object.keys(consentScopes) as readonly (keyof Consents)[]).filter(
    (box) => consents[box],
  )
  return [
    { type: 'identify', messageId: `${messageId}:who`, ...base, traits },
    { type: 'track', messageId, ...base, event: 'Signed Up', properties: { method: 'email' } },
    ...boxes.map((box) => agreed(telling, 'email', consentScopes[box])),
    ...(texts?.scopes ?? []).map((scope) => agreed(telling, 'sms', scope)),
  ]
}

function agreed(telling: Telling, channel: 'email' | 'sms', scope: string): Message {
  const { who, at, messageId } = telling
  return {
    type: 'track',
    messageId: channel === 'email' ? `${messageId}:${scope}` : `${messageId}:${channel}:${scope}`,
    timestamp: new Date(at).toISOString(),
    ...who,
    event: 'Consent Changed',
    properties: {
      channel,
      kind: 'grant',
      scope,
      wording: consentWording,
      evidence: { form: '/join' },
    },
  }
}

/** Ids of the people of the history; live shoppers come back under the same ones. */
export function pastIds(person: number) {
  return {
    userId: `H${person + 1}`,
    anonymousId: `history-${person + 1}`,
    email: `h${person + 1}@example.com`,
  }
}

/** One happening of the past as messages with ids that are the same every time. */
export function tellPast(past: Past, seed: string, shopUrl: string): readonly Message[] {
  const { userId, anonymousId, email } = pastIds(past.person)
  const who: Who = past.member ? { userId, anonymousId } : { anonymousId }
  const telling = { who, at: past.at, messageId: `${seed}:${past.person}:${past.nth}`, shopUrl }
  switch (past.kind) {
    case 'joined':
      return tellJoined(
        { ...past.who, email, texts: textsOf(past.person, past.who.consents) },
        telling,
      )
    case 'act':
      return [tellAct(past.act, { ...telling, from: past.from, saving: past.saving }, past.order)]
    case 'refunded': {
      const { total, currency } = orderProperties(past.lines, past.order, past.saving)
      const base = { messageId: telling.messageId, timestamp: new Date(past.at).toISOString() }
      return [
        {
          type: 'track',
          ...base,
          userId,
          event: 'Order Refunded',
          properties: { order_id: past.order, total, currency },
        },
      ]
    }
  }
}
