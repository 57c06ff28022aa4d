import { type Cart, type CartLine, cartLimits } from '../facts/cart.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import type { Facts } from '../messages/decide.ts'
import type { Condition } from './conditions.ts'
import type { EndReason } from './end-reason.ts'

/** The people a message is shown for at once: those it is longest and shortest for, and every case that goes wrong in a shop. */
export const previewCases = [
  'longest',
  'shortest',
  'latest',
  'one_product',
  'two_products',
  'many_products',
  'long_product',
  'no_price',
  'empty_cart',
  'no_name',
  'odd_name',
  'night',
  'sold_out',
  'not_sold',
  'coupon_gone',
  'no_consent',
  'opted_out',
  'no_contact',
  'capped',
  'held_out',
] as const
export type PreviewCase = (typeof previewCases)[number]
/** Those that real people of the shop are looked for. */
export type RealCase = Extract<PreviewCase, 'longest' | 'shortest' | 'latest'>

/** A made-up person: everything the drawing and the one door ask. */
export type MadeUp = {
  readonly name: string | null
  readonly cart: Cart
  readonly facts: Facts
}

/** Which condition of the flow an empty cart fails, as the reason to end; undefined: none, or the cart holds something. */
export function failedByCart(
  conditions: readonly Condition[],
  { lines }: Pick<Cart, 'lines'>,
): EndReason | undefined {
  if (lines.length > 0) return undefined
  if (conditions.includes('cart_not_empty')) return 'cart_empty'
  return conditions.includes('cart_sellable') ? 'nothing_sellable' : undefined
}

const longName = '손으로 빚은 사계절 무광 도자기 머그컵 세트 (받침 포함, 선물 포장, 아이보리)'

/** The case as a person. `usual` is somebody whom nothing keeps from the message; `until` names the clock's midnight rule. */
export function madeUp(one: Exclude<PreviewCase, RealCase>, usual: MadeUp): MadeUp {
  const { cart, facts } = usual
  const [line] = cart.lines
  const lines = (next: readonly CartLine[]) => ({ ...usual, cart: { ...cart, lines: next } })
  const known = (more: Partial<Facts>) => ({ ...usual, facts: { ...facts, ...more } })
  const times = (count: number) =>
    Array.from({ length: count }, (_, at) => {
      const own = cart.lines[at % cart.lines.length]
      return own ? [{ ...own, productId: `${own.productId}-${at}` }] : []
    }).flat()
  switch (one) {
    case 'one_product':
      return lines(times(1))
    case 'two_products':
      return lines(times(2))
    case 'many_products':
      return lines(times(Math.min(20, cartLimits.lines)))
    case 'long_product':
      return lines(line ? [{ ...line, name: longName }] : [])
    case 'no_price':
      return lines(line ? [{ ...line, price: null, image: null }] : [])
    case 'empty_cart':
      return lines([])
    case 'no_name':
      return { ...usual, name: null }
    case 'odd_name':
      return { ...usual, name: '🌸 황보 Éléonore' }
    case 'night':
      return known({ now: nextNight(facts.now) })
    case 'sold_out':
      return known({ products: 'out_of_stock' })
    case 'not_sold':
      return known({ products: 'not_sellable' })
    case 'coupon_gone':
      return known({ couponAvailable: facts.couponAvailable === null ? null : false })
    case 'no_consent':
      return known({ consent: undefined })
    case 'opted_out':
      return known({ suppressed: 'opted_out' })
    case 'no_contact':
      return known({ hasContact: false })
    case 'capped':
      return known({ earlier: Array.from({ length: facts.settings.adsPerDay }, earlierOf(facts)) })
    case 'held_out':
      return known({ arm: 'holdout' })
  }
}

/** An advertisement of an hour ago. */
function earlierOf(facts: Facts) {
  return () => ({
    at: facts.now - hourMs,
    purpose: 'advertising' as const,
    precedence: null,
    waiting: false,
  })
}

const seoulMs = 9 * hourMs
/** The next 22:30 in Korea, whose law the night is. */
function nextNight(now: number): number {
  const midnight = Math.floor((now + seoulMs) / dayMs) * dayMs - seoulMs
  const tonight = midnight + 22 * hourMs + 30 * minuteMs
  return tonight >= now ? tonight : tonight + dayMs
}
