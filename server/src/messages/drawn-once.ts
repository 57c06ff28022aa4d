import type { Turn } from '../events/turn.ts'
import { factsSection } from '../facts/person.ts'
import type { JsonObject } from '../lib/json.ts'
import type { Shop } from '../shops/shop.ts'
import { type CouponsAtHand, drawnCoupon } from './carried.ts'
import type { Facts } from './decide.ts'
import { drawMessage, type ParsedMessage } from './draw.ts'
import type { MessageIntent } from './intent.ts'
import type { Kept } from './kept.ts'
import { keptFacts } from './kept-facts.ts'
import { linksLookedAt } from './links/short-link.ts'
import { type Recommending, recsFor } from './recommended.ts'
import { isSenderIncomplete } from './sender-complete.ts'

/** What messages of a batch are drawn with. */
export type Drawing = {
  readonly turn: Turn
  readonly shop: Shop
  readonly contents: ReadonlyMap<string, ParsedMessage>
  readonly coupons: CouponsAtHand
  /** Undefined: no message of the batch recommends anything. */
  readonly recommending: Recommending | undefined
}

/**
 * Draws the message to see that it can be drawn, and to learn its links; the sender draws it again from the same data. A steady
 * mail has told both when it was parsed.
 */
export function drawnOnce(
  desk: Drawing,
  intent: MessageIntent,
  at: number,
): { readonly state: Facts['drawn']; readonly kept: Kept | undefined } {
  const content = desk.contents.get(intent.content)
  if (!content) return { state: 'content_missing', kept: undefined }
  if (isSenderIncomplete(desk.shop, content)) {
    return { state: 'sender_incomplete', kept: undefined }
  }
  const person = desk.turn.people.get(intent.customer)
  const customer = { name: person?.customer.name ?? null }
  const facts = keptFacts(content, person?.section(factsSection), desk.shop.settings)
  const coupon = drawnCoupon(desk.coupons, intent, { shop: desk.shop, at })
  const recs = recommendedOf(desk, content, intent)
  if (!recs) return { state: 'too_few_recommendations', kept: undefined }
  const context = { ...intent.context, ...recs }
  const hours = intent.hours && { hours: intent.hours }
  const kept = { context, customer, ...facts, ...(coupon ? { coupon } : {}), ...hours, at }
  if (content.channel === 'email' && content.steadyLinks)
    return { state: 'fine', kept: { ...kept, links: [...content.steadyLinks] } }
  const drawn = drawMessage(content, {
    context,
    customer,
    coupon,
    ...facts,
    shop: desk.shop,
    at,
    unsubscribeUrl: 'https://unsubscribe.invalid/',
    linkTo: linksLookedAt(desk.shop, content.channel),
  })
  if (drawn.kind === 'failed') return { state: 'render_failed', kept: undefined }
  return { state: 'fine', kept: { ...kept, links: [...drawn.links] } }
}

/** What a message recommends to its reader; undefined when that is too little. */
function recommendedOf(
  { turn, shop, recommending }: Drawing,
  content: ParsedMessage,
  { customer, context }: MessageIntent,
): JsonObject | undefined {
  const { recommend } = content
  if (!recommend) return {}
  const section = turn.people.get(customer)?.section
  if (!recommending || !section) return recommend.atLeast === 0 ? { recs: [] } : undefined
  const { language } = shop
  return recsFor(recommend, recommending, { customer, section, context, now: turn.now, language })
}
