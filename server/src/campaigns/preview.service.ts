import type { KakaoTemplate } from '../channels/carrier.ts'
import type { Shown } from '../channels/shown.ts'
import type { Database } from '../database/connection.store.ts'
import { sectionReader } from '../events/turn-people.ts'
import { type Cart, cartValue, wholeCart } from '../facts/cart.ts'
import { factsIn, factsSection } from '../facts/person.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { JsonObject } from '../lib/json.ts'
import type { Problem as MailProblem } from '../messages/compose.ts'
import type { Nature } from '../messages/content.ts'
import { type DrawnMessage, drawMessage, parseMessage } from '../messages/draw.ts'
import { linksLookedAt } from '../messages/links/short-link.ts'
import type { CompiledMessage, MessageContent } from '../messages/message-content.ts'
import type { OnsiteView } from '../messages/onsite/view.ts'
import { shownOfDrawn } from '../messages/shown.ts'
import type { TextForm } from '../messages/sms/assemble.ts'
import { senderNumberOf } from '../messages/sms/opt-out-number.ts'
import { replaced, sendableName } from '../messages/sms/replace.ts'
import type { Sender, Shop } from '../shops/shop.ts'
import type { Shops } from '../shops/shops.service.ts'
import { messageContext } from './ask.ts'
import type { Flow } from './campaign.ts'
import { carriesCoupon } from './coupon-carried.ts'
import { rememberedSections } from './enrolments.store.ts'
import { stepsOf } from './flow-map.ts'
import { readMemory } from './memory.ts'
import { nameOf } from './preview.store.ts'
import { recipeIn, withRecs } from './preview-cards.ts'
import { sampleCart, sampleName } from './preview-sample.service.ts'
import { type RecsForPreview, recsShown } from './recommended-preview.ts'
import type { MessageStep } from './steps/message.ts'
import { type TextSizes, textPricesOf, textSizes } from './text-sizes.service.ts'

export type PreviewNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly publicUrl: string
  /** messages/contents.service.ts compile */
  readonly compile: (
    content: MessageContent,
    nature: Nature,
    shop: Pick<Shop, 'id' | 'name' | 'url' | 'sender' | 'settings'>,
  ) => Promise<
    | { readonly kind: 'ok'; readonly compiled: CompiledMessage }
    | { readonly kind: 'refused'; readonly problems: readonly MailProblem[] }
  >
  /** A coupon of a pool as a template sees it, with a made-up code; undefined when there is no such pool. */
  readonly couponOf?: (shop: Shop, pool: number, at: number) => Promise<JsonObject | undefined>
  readonly recommend?: RecsForPreview
}

/** Which message is drawn, and how the names of real people are shown to whoever looks (messages/listing.ts nameFor). */
export type PreviewAsked = {
  readonly flow: Flow
  readonly step?: number | undefined
  readonly shownName: (name: string | null) => string | null
}

/** A message as one person would see it. Empty with problems when it cannot be made at all. */
export type Preview = {
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly problems: readonly MailProblem[]
  /** Of a text message: how it is sent to the sample, to real people of the shop, and what it costs. */
  readonly sms: TextPreview | null
  /** Of a Kakao message: what its bubble is drawn from. */
  readonly kakao: KakaoPreview | null
  /** What its picture needs beside subject and text; null of a mail. */
  readonly shown: Shown | null
  /** Of a message on the page: what the page draws. */
  readonly view: OnsiteView | null
}

export type KakaoPreview = {
  readonly kind: 'alimtalk' | 'brand'
  readonly around: NonNullable<KakaoTemplate['around']>
  readonly buttons: readonly { readonly name: string }[]
  readonly coupon: { readonly title: string; readonly description: string } | null
}

export type TextPreview = {
  readonly form: TextForm
  readonly bytes: number
  readonly prices: Readonly<Record<TextForm, number | null>>
  readonly sizes: TextSizes
  /** Whose values stand in it, so that an editor can go on with them while somebody types. */
  readonly sample: {
    readonly name: string | null
    readonly product: string
    readonly products: number
    readonly total: number
  }
}

/** Draws a message of a flow for a real customer's cart, or for a sample where they have none. Nothing is kept or sent. */
export function previews(needs: PreviewNeeds) {
  const sizes = textSizes(needs)
  return {
    draw: async (
      shopId: ShopId,
      asked: PreviewAsked & { readonly customer?: number | undefined },
    ): Promise<Preview> => {
      const shop = await needs.shops.shop(shopId)
      const messages = stepsOf(asked.flow).filter((one) => one.kind === 'message')
      const step = messages.find((one) => one.id === asked.step) ?? messages[0]
      if (!step) return nothing([])
      const compiled = await compiledOrSample(needs, { step, flow: asked.flow, shop })
      const content = compiled.content && parseMessage(compiled.content)
      if (!content) return nothing(compiled.problems)
      const person = await personFor(needs, shop, asked)
      const at = needs.clock.now()
      const coupon = await couponShown(needs, { shop, flow: asked.flow, step, at })
      const asking = recipeIn(content)
      const recs = await recsShown(needs, { shop, content: asking, customer: asked.customer })
      const context = previewContext(person.cart, { flow: asked.flow, step, shop })
      const drawn = drawMessage(content, {
        context: withRecs(content, { context, recs, shop }),
        customer: { name: person.name },
        coupon,
        facts: person.facts,
        shop: compiled.shop,
        at,
        unsubscribeUrl: 'https://example.com/unsubscribe',
        here: needs.publicUrl,
        linkTo: linksLookedAt(shop, content.channel, needs.publicUrl),
      })
      if (drawn.kind === 'ok') {
        const { text, subject } = drawn
        const html = 'html' in drawn ? drawn.html : ''
        const sms =
          drawn.channel === 'sms' && content.channel === 'sms'
            ? {
                form: drawn.form,
                bytes: drawn.bytes,
                prices: textPricesOf(shop),
                sizes: await sizes.measure({
                  shop: compiled.shop,
                  sms: content,
                  step,
                  sample: person.cart,
                }),
                sample: sampleOf(person),
              }
            : null
        const kakao = kakaoPreview(drawn)
        const shown = shownOfDrawn(drawn, { number: senderNumberOf(shop.settings) })
        const { problems } = compiled
        const view = drawn.channel === 'onsite' ? drawn.view : null
        return { subject: subject ?? '', html, text, problems, sms, kakao, shown, view }
      }
      const failed: MailProblem = {
        code: 'template_wrong',
        ko: `이 고객의 값으로 메시지를 만들지 못했어요: ${drawn.message}`,
        en: `The message cannot be drawn with this person's values: ${drawn.message}`,
        field: 'body',
      }
      return nothing([...compiled.problems, failed])
    },
  }
}
export type Previews = ReturnType<typeof previews>

function sampleOf(person: {
  readonly name: string | null
  readonly cart: Cart
}): TextPreview['sample'] {
  const { lines } = person.cart
  return {
    name: sendableName(person.name),
    product: replaced(lines.at(-1)?.name ?? ''),
    products: lines.length,
    total: cartValue(person.cart) / 10_000,
  }
}

function nothing(problems: readonly MailProblem[]): Preview {
  const none = { sms: null, kakao: null, shown: null, view: null }
  return { subject: '', html: '', text: '', problems, ...none }
}

/** What the bubble of a Kakao message is drawn from; null of any other. */
export function kakaoPreview(drawn: DrawnMessage): KakaoPreview | null {
  if (drawn.kind !== 'ok' || drawn.channel !== 'kakao') return null
  const buttons = drawn.buttons.map(({ name }) => ({ name }))
  return drawn.form === 'alimtalk'
    ? { kind: 'alimtalk', around: drawn.around, buttons, coupon: null }
    : { kind: 'brand', around: {}, buttons, coupon: drawn.coupon }
}

/** The pool of the coupon that a message goes with, or that a step gives. */
export function poolOf(flow: Pick<Flow, 'steps'>, step: MessageStep): number | undefined {
  const given = stepsOf(flow).findLast((one) => one.kind === 'coupon')
  return step.coupon ?? (given?.kind === 'coupon' ? given.pool : undefined)
}

/** That coupon as the message would show it; `at`: UTC ms. */
export async function couponShown(
  needs: PreviewNeeds,
  about: {
    readonly shop: Shop
    readonly flow: Pick<Flow, 'steps'>
    readonly step: MessageStep
    readonly at: number
  },
): Promise<JsonObject | undefined> {
  const pool = poolOf(about.flow, about.step)
  return pool === undefined ? undefined : await needs.couponOf?.(about.shop, pool, about.at)
}

/** What a template sees of a cart, as if its newest product had let the person in. */
export function previewContext(
  cart: Cart,
  about: {
    readonly flow: Pick<Flow, 'trigger'>
    readonly step: MessageStep
    readonly shop: Pick<Shop, 'url'>
  },
): JsonObject {
  const line = cart.lines.at(-1)
  const event =
    about.flow.trigger.kind === 'event' && line
      ? {
          product_id: line.productId,
          name: line.name,
          price: line.price === null ? null : line.price / 10_000,
          quantity: line.quantity,
        }
      : {}
  return { ...messageContext(cart, about.step, about.shop.url), event, answers: {} }
}

/** While the sender's details are missing, the mail is drawn with made-up ones and the problems say so. */
const sampleSender: Sender = {
  legalName: '○○상점',
  fromEmail: 'hello@example.com',
  contactEmail: 'hello@example.com',
  phone: '02-000-0000',
  address: '서울특별시',
}

/** The message as it would be published; with made-up details of the shop where its own are missing. */
export async function compiledOrSample(
  needs: PreviewNeeds,
  asked: { readonly step: MessageStep; readonly flow: Flow; readonly shop: Shop },
): Promise<{
  readonly content: CompiledMessage | undefined
  readonly shop: Shop
  readonly problems: readonly MailProblem[]
}> {
  const { step, flow, shop } = asked
  const nature = { ...flow.nature, carriesCoupon: carriesCoupon(flow, step, step.content) }
  const own = await needs.compile(step.content, nature, shop)
  if (own.kind === 'ok') return { content: own.compiled, shop, problems: [] }
  const text = { optOutNumber: '080-000-0000' }
  const url = shop.url || 'https://shop.example'
  const filled = { ...shop, url, sender: sampleSender, settings: { ...shop.settings, text } }
  const sample = await needs.compile(step.content, nature, filled)
  return {
    content: sample.kind === 'ok' ? sample.compiled : undefined,
    shop: filled,
    problems: own.problems,
  }
}

/** Whose values are drawn: a customer's as the shop may see them, or a sample's. */
export async function personFor(
  needs: Pick<PreviewNeeds, 'db' | 'clock'>,
  shop: Shop,
  {
    customer,
    shownName,
  }: Pick<PreviewAsked, 'shownName'> & { readonly customer?: number | undefined },
) {
  const name = customer === undefined ? undefined : await nameOf(needs.db, shop.id, customer)
  if (customer === undefined || name === undefined)
    return { name: sampleName[shop.language], facts: {}, cart: await sampleCart(needs, shop) }
  const section = (await rememberedSections(needs.db, shop.id, [customer])).get(customer)
  const own = section && wholeCart(readMemory(sectionReader(section)('campaigns')).carts)
  const facts = factsIn(section && sectionReader(section)(factsSection))
  return {
    name: shownName(name),
    facts,
    cart: own && own.lines.length > 0 ? own : await sampleCart(needs, shop),
  }
}
