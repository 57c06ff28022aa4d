import type { Happening } from '../events/happening.ts'
import { type Cart, cartValue, wholeCart } from '../facts/cart.ts'
import type { JsonObject } from '../lib/json.ts'
import { couponWord } from '../messages/coupon-words.ts'
import type { MessageIntent } from '../messages/intent.ts'
import { causeKeyOf, type Enrolment, type Notes } from './enrolment.ts'
import type { LiveCampaign } from './entry.ts'
import { placesOf } from './flow-map.ts'
import { spokenAnswers } from './flow-words.ts'
import type { Memory } from './memory.ts'
import { chainOf, type MessageStep } from './steps/message.ts'
import type { WebhookStep } from './steps/webhook.ts'

/** Lines of a cart that a message carries; a mail shows fewer. */
const messageLines = 20
const tenThousand = 10_000

/** What the flow asks of the one door when it sends: everything but the person's consent, which is the door's matter. */
export function intentOf(asked: {
  readonly campaign: LiveCampaign
  readonly enrolment: Enrolment
  /** The enrolment's row. */
  readonly id: number
  /** `link` counts the contents of a channel chain from 0. */
  readonly send: { readonly step: number; readonly visit: number; readonly link: number }
  readonly memory: Memory
  readonly shopUrl: string
  /** Held out of the campaign now, 0 to 1. */
  readonly share: number
  readonly because: Happening | undefined
}): MessageIntent | undefined {
  const { campaign, enrolment, id, send } = asked
  const step = placesOf(campaign.flow).get(send.step)?.step
  if (step?.kind !== 'message' && step?.kind !== 'webhook') return undefined
  // A chain that became shorter on the way still gets its answer: that there is no such content.
  const sent = (step.kind === 'webhook' ? step : chainOf(step)[send.link]) ?? step
  const cart = cartFor(enrolment, asked.memory)
  const coupon = couponFor(step, send.link, enrolment.notes)
  const cartUrl = step.kind === 'message' ? step.cartUrl : '/cart'
  return {
    campaign: campaign.id,
    version: campaign.version,
    step: send.step,
    enrolment: id,
    causeKey: causeKeyOf(id, send),
    customer: enrolment.customer,
    channel: sent.content.channel,
    purpose: campaign.flow.nature.purpose,
    precedence: campaign.flow.precedence,
    experiment: { name: `campaign:${campaign.id}`, holdoutShare: asked.share },
    content: sent.contentId ?? '',
    context: {
      ...messageContext(cart, { cartUrl }, asked.shopUrl),
      event: enrolment.notes.trigger ?? {},
      // Each may be 8 KB, and messages are kept for long.
      answers: spokenAnswers(step, enrolment.notes.answers),
    },
    products: cart?.lines.slice(-messageLines).map((line) => line.productId) ?? [],
    ...(coupon ? { coupon } : {}),
    ...(step.kind === 'message' && campaign.flow.hours ? { hours: campaign.flow.hours } : {}),
    ...(step.kind === 'message' && step.onNight ? { onNight: step.onNight } : {}),
    ...(asked.because ? { because: asked.because } : {}),
    ...shownOn(enrolment, send),
  }
}

/** The message that let the person in stood on the page, or would have; what follows is asked for as always. */
export function shownOn(
  { notes: { page } }: Enrolment,
  send: { readonly step: number; readonly visit: number },
): Pick<MessageIntent, 'shown'> {
  if (!page || page.step !== send.step || send.visit !== 1) return {}
  const { arm, share, shop } = page
  return { shown: { arm, share, shop } }
}

/**
 * The coupon a message goes with: one of its own pool, or the one that a step before gave, where the message speaks of it. Who
 * was held out has none; their message is looked at with one of the pool all the same, so that both arms pass alike.
 */
export function couponFor(
  step: MessageStep | WebhookStep,
  link: number,
  { coupon }: Notes,
): MessageIntent['coupon'] {
  if (step.kind === 'message' && step.coupon !== undefined) return { pool: step.coupon }
  const sent = step.kind === 'webhook' ? step : chainOf(step)[link]
  const word = sent ? couponWord(sent.content) : 'none'
  if (word === 'none') return undefined
  if (!coupon || coupon.issued === 'gone')
    return word === 'needed' ? { issued: noCoupon } : undefined
  return coupon.issued === 'held_out' ? { pool: coupon.pool } : { issued: coupon.issued }
}

/** No coupon has this id: a message that cannot do without is refused as one whose coupon is gone. */
const noCoupon = 0

/** The cart an enrolment is about. */
export function cartFor(enrolment: Pick<Enrolment, 'entry'>, memory: Memory): Cart | undefined {
  const { entry } = enrolment
  if (entry.kind !== 'cart') return wholeCart(memory.carts)
  return memory.carts.find((cart) => cart.id === entry.value)
}

/** What the template sees of the cart: newest product first, amounts in currency units. */
export function messageContext(
  cart: Cart | undefined,
  step: Pick<MessageStep, 'cartUrl'>,
  shopUrl: string,
): JsonObject {
  const lines = cart?.lines ?? []
  return {
    cart: {
      items: lines
        .slice(-messageLines)
        .reverse()
        .map((line) => ({
          product_id: line.productId,
          name: line.name,
          price: line.price === null ? null : line.price / tenThousand,
          quantity: line.quantity,
          // Shops say where a product is by its path as often as by its address; a mail needs the address.
          url: line.url && addressOf(line.url, shopUrl),
          image_url: line.image && addressOf(line.image, shopUrl),
        })),
      total: cart ? cartValue(cart) / tenThousand : 0,
      url: addressOf(step.cartUrl, shopUrl),
    },
  }
}

/** The shop's page as an address; the path alone where the shop has not said its address. */
function addressOf(page: string, shopUrl: string): string {
  if (!page.startsWith('/')) return page
  if (!URL.canParse(shopUrl)) return page
  // A shop below a folder of its host keeps the folder.
  return `${shopUrl.replace(/\/+$/, '')}${page}`
}
