import type { Shown } from '../channels/shown.ts'
import { sectionReader } from '../events/turn-people.ts'
import { type Cart, wholeCart } from '../facts/cart.ts'
import { factsIn, factsSection } from '../facts/person.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import { isUnder14 } from '../messages/age.ts'
import { decide, type Facts, type Verdict } from '../messages/decide.ts'
import {
  type DrawnMessage,
  drawMessage,
  type ParsedMessage,
  parseMessage,
} from '../messages/draw.ts'
import { linksLookedAt } from '../messages/links/short-link.ts'
import type { OnsiteView } from '../messages/onsite/view.ts'
import { asEarlier, type Gathered, seedOf } from '../messages/outbox.ts'
import { type Form, unitPrice } from '../messages/price.ts'
import { isSenderIncomplete } from '../messages/sender-complete.ts'
import { sendingSettings } from '../messages/sending.ts'
import { shownOfDrawn } from '../messages/shown.ts'
import { eucKrBytes } from '../messages/sms/euc-kr.ts'
import { senderNumberOf } from '../messages/sms/opt-out-number.ts'
import { asWouldBe, wouldBeLine } from '../messages/would-be.ts'
import type { Shop } from '../shops/shop.ts'
import type { Flow } from './campaign.ts'
import { rememberedSections } from './enrolments.store.ts'
import { stepsOf } from './flow-map.ts'
import { peopleOnSteps, peopleToPreview } from './many-previews.store.ts'
import { readMemory } from './memory.ts'
import {
  compiledOrSample,
  couponShown,
  type KakaoPreview,
  kakaoPreview,
  type PreviewAsked,
  type PreviewNeeds,
  previewContext,
} from './preview.service.ts'
import { recipeIn, withRecs } from './preview-cards.ts'
import {
  failedByCart,
  type MadeUp,
  madeUp,
  type PreviewCase,
  previewCases,
  type RealCase,
} from './preview-cases.ts'
import { sampleCart, sampleName } from './preview-sample.service.ts'
import { endReasonLine } from './reasons.ts'
import { recsShown } from './recommended-preview.ts'
import type { MessageStep } from './steps/message.ts'

type Needs = PreviewNeeds & {
  /** messages/facts.service.ts gather: what the one door looks at of real people. */
  readonly gather: (
    shop: Shop,
    about: {
      readonly now: number
      readonly customers: readonly CustomerId[]
      readonly channel: MessageStep['content']['channel']
    },
  ) => Promise<Gathered>
}

/** Real people drawn for each kind of name; of them the longest and the shortest message are shown. */
const realPeople = 8

/** One person's message, what it costs, and when it would go or why not. */
export type OnePreview = {
  readonly code: PreviewCase
  /** Null: made up. */
  readonly customer: number | null
  readonly name: string | null
  readonly subject: string
  readonly text: string
  readonly shown: Shown | null
  readonly kakao: KakaoPreview | null
  /** Of a message on the page: what the page draws. */
  readonly view: OnsiteView | null
  readonly form: Form | null
  /** Bytes of the text in EUC-KR, as carriers count. */
  readonly bytes: number
  /** Currency units; null where nobody has said the price. */
  readonly cost: number | null
  readonly verdict: Verdict['kind']
  /** UTC ms: when it would go; null when it would not. */
  readonly at: number | null
  readonly why: { readonly ko: string; readonly en: string }
}

/** Draws a message for many people at once and asks the one door about each. Nothing is kept, taken or sent. */
export function manyPreviews(needs: Needs) {
  return {
    /** People who stand on each step of a campaign now. */
    stepCounts: (shop: ShopId, campaign: number) => peopleOnSteps(needs.db, shop, campaign),
    draw: async (shopId: ShopId, asked: PreviewAsked): Promise<readonly OnePreview[]> => {
      const shop = await needs.shops.shop(shopId)
      const messages = stepsOf(asked.flow).filter((one) => one.kind === 'message')
      const step = messages.find((one) => one.id === asked.step) ?? messages[0]
      if (!step) return []
      const compiled = await compiledOrSample(needs, { step, flow: asked.flow, shop })
      const content = compiled.content && parseMessage(compiled.content)
      if (!content) return []
      const at = needs.clock.now()
      const coupon = await couponShown(needs, { shop, flow: asked.flow, step, at })
      const cart = await sampleCart(needs, shop)
      return await drawAll(needs, {
        shop: compiled.shop,
        flow: asked.flow,
        step,
        content,
        coupon,
        cart,
        at,
        locked: isSenderIncomplete(shop, content),
        shownName: asked.shownName,
      })
    },
  }
}
export type ManyPreviews = ReturnType<typeof manyPreviews>

type Desk = {
  readonly shop: Shop
  readonly flow: Flow
  readonly step: MessageStep
  readonly content: ParsedMessage
  readonly coupon: JsonObject | undefined
  readonly cart: Cart
  readonly at: number
  /** The shop's own details of the sender are not complete: made-up ones are drawn, and nothing would go. */
  readonly locked: boolean
  readonly shownName: PreviewAsked['shownName']
}

async function drawAll(needs: Needs, desk: Desk): Promise<readonly OnePreview[]> {
  const usual = usualPerson(desk)
  const real = await realOnes(needs, desk, usual.facts)
  const recs = await recsShown(needs, { shop: desk.shop, content: recipeIn(desk.content) })
  return previewCases.flatMap((code) => {
    if (code === 'longest' || code === 'shortest' || code === 'latest') return real.get(code) ?? []
    return previewOf(needs, desk, { code, customer: null, known: {}, recs, ...madeUp(code, usual) })
  })
}

/** Somebody who agreed and whom nothing keeps from the message. */
function usualPerson({ shop, flow, step, coupon, cart, at, locked }: Desk): MadeUp {
  const { channel } = step.content
  return {
    name: sampleName[shop.language],
    cart,
    facts: {
      channel,
      purpose: flow.nature.purpose,
      precedence: flow.precedence,
      now: at,
      settings: sendingSettings(shop.settings.sending),
      locked: false,
      channelReady: true,
      hasContact: true,
      erased: false,
      suppressed: null,
      under14: false,
      consent: {
        adDay: true,
        adNight: false,
        personalDataMarketing: true,
        grantedAt: at,
        refusedAt: null,
      },
      tradingRelation: false,
      earlier: [],
      products: 'fine',
      couponAvailable: coupon === undefined ? null : true,
      drawn: locked ? 'sender_incomplete' : 'fine',
      arm: 'treatment',
      notBefore: null,
      onNight: step.onNight ?? 'hold',
      seed: 'preview',
      budgetSpent: false,
    },
  }
}

/** The real people for whom the message is longest and shortest, and the one seen last. */
async function realOnes(
  needs: Needs,
  desk: Desk,
  usual: Facts,
): Promise<ReadonlyMap<RealCase, OnePreview>> {
  const { shop, content, cart, at } = desk
  const people = await peopleToPreview(needs.db, shop.id, realPeople)
  const ids = people.map(({ id }) => id)
  const asking = recipeIn(content)
  const [sections, recs, gathered] = await Promise.all([
    rememberedSections(needs.db, shop.id, ids),
    Promise.all(ids.map((customer) => recsShown(needs, { shop, content: asking, customer }))),
    needs.gather(shop, { now: at, customers: ids, channel: content.channel }),
  ])
  const drawn = people.map(({ id, name: own, traits }, place) => {
    const name = desk.shownName(own)
    const known = sections.get(id)
    const section = known === undefined ? undefined : sectionReader(known)
    const theirs = section && wholeCart(readMemory(section('campaigns')).carts)
    const shown = theirs && theirs.lines.length > 0 ? theirs : cart
    const contact = gathered.contact(id, content.channel)
    const facts: Facts = {
      ...usual,
      hasContact: contact !== undefined,
      suppressed: contact?.suppressed ?? null,
      under14: isUnder14(traits, at),
      consent: gathered.consent(id, content.channel),
      earlier: gathered.earlier(id).map(asEarlier),
      seed: seedOf(shop.id, id),
    }
    const spoken = factsIn(section?.(factsSection))
    const shownRecs = recs[place] ?? {}
    const person = { customer: id, name, cart: shown, known: spoken, facts, recs: shownRecs }
    return (code: RealCase) => previewOf(needs, desk, { ...person, code })
  })
  const sized = drawn.map((draw) => ({ draw, bytes: draw('latest').bytes }))
  const byBytes = sized.toSorted((a, b) => b.bytes - a.bytes)
  const found = [
    ['longest', byBytes[0]],
    ['shortest', byBytes.at(-1)],
    ['latest', sized[0]],
  ] as const
  return new Map(found.flatMap(([code, one]) => (one ? [[code, one.draw(code)] as const] : [])))
}

type Person = MadeUp & {
  readonly code: PreviewCase
  readonly customer: number | null
  /** What is known of them beyond the name. */
  readonly known: JsonObject
  /** What the message recommends to them. */
  readonly recs: JsonObject
}

function previewOf(needs: Needs, desk: Desk, person: Person): OnePreview {
  const { shop, flow, step, content, coupon } = desk
  const { now } = person.facts
  const context = previewContext(person.cart, { flow, step, shop })
  const drawn = drawMessage(content, {
    context: withRecs(content, { context, recs: person.recs, shop }),
    customer: { name: person.name },
    facts: person.known,
    coupon,
    shop,
    at: now,
    unsubscribeUrl: 'https://example.com/unsubscribe',
    here: needs.publicUrl,
    linkTo: linksLookedAt(shop, content.channel, needs.publicUrl),
  })
  const isDrawn = drawn.kind === 'ok'
  const verdict = decide(isDrawn ? person.facts : { ...person.facts, drawn: 'render_failed' })
  const form = isDrawn ? formOfDrawn(drawn) : null
  const unit = form === null ? 0 : unitPrice(shop.settings, form)
  const text = isDrawn ? drawn.text : ''
  // The flow lets go of an empty cart before the door is asked.
  const ended = failedByCart(flow.conditions, person.cart)
  const { ko, en } = ended
    ? asWouldBe(endReasonLine(ended))
    : wouldBeLine(verdict.kind === 'send' ? 'queued' : verdict.reason)
  const when = verdict.kind === 'send' ? now : verdict.kind === 'held' ? verdict.until : null
  return {
    code: person.code,
    customer: person.customer,
    name: person.name,
    subject: (isDrawn ? drawn.subject : null) ?? '',
    text,
    shown: isDrawn ? shownOfDrawn(drawn, { number: senderNumberOf(shop.settings) }) : null,
    kakao: kakaoPreview(drawn),
    view: isDrawn && drawn.channel === 'onsite' ? drawn.view : null,
    form,
    bytes: isDrawn && drawn.channel === 'sms' ? drawn.bytes : eucKrBytes(text),
    cost: unit === null ? null : unit / 10_000,
    verdict: ended ? 'refused' : verdict.kind,
    at: ended ? null : when,
    why: { ko, en },
  }
}

/** What a message is charged as; null where it is free. */
function formOfDrawn(drawn: Extract<DrawnMessage, { readonly kind: 'ok' }>): Form | null {
  switch (drawn.channel) {
    case 'sms':
      return drawn.form
    case 'kakao':
      return drawn.form === 'alimtalk' ? 'alimtalk' : 'brand'
    default:
      return null
  }
}
