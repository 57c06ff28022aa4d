import type { AnyParcel, Push } from '../channels/carrier.ts'
import { Subscription } from '../channels/push/settings.ts'
import type { JsonObject } from '../lib/json.ts'
import type { Shop } from '../shops/shop.ts'
import { optOutHeaders } from './compose.ts'
import { type DrawnMessage, drawMessage, type ParsedMessage } from './draw.ts'
import type { Kept } from './kept.ts'
import { type LinkSigner, linkPath } from './link.ts'
import { shortLink } from './links/short-link.ts'
import { messageIdOf } from './message-id.ts'
import { openPath, trackingOf, withPixel } from './opens.ts'
import { isSenderIncomplete } from './sender-complete.ts'
import { senderNumberOf } from './sms/opt-out-number.ts'

/** A message as the sender draws it. */
export type Drawing = {
  readonly shop: Shop
  readonly content: ParsedMessage
  readonly kept: Kept
  /** Outbox id and person; 0 for a test send, whose links lead nowhere in particular. */
  readonly message: number
  readonly customer: number
  readonly attempt: number
  /** The address; of browsers their subscriptions as JSON, a line each; of a webhook nothing. */
  readonly to: string
  /** What a webhook is signed with. */
  readonly secret?: string
  /** UTC ms */
  readonly now: number
}

export type DrawnParcel =
  | { readonly kind: 'ok'; readonly parcel: AnyParcel }
  | { readonly kind: 'failed'; readonly message: string }

type World = { readonly publicUrl: string; readonly signer: LinkSigner }
type Whole = Exclude<Extract<DrawnMessage, { readonly kind: 'ok' }>, { readonly channel: 'onsite' }>

/** Draws the whole message with counted links, and adds what its channel's provider needs. */
export function parcelOf(drawing: Drawing, world: World): DrawnParcel {
  const { shop, kept, message, customer, content } = drawing
  if (isSenderIncomplete(shop, content)) {
    return { kind: 'failed', message: "the shop's settings lack what must be said of the sender" }
  }
  const choices = (kind: 'optout' | 'confirm') =>
    world.publicUrl + linkPath({ kind, shop: shop.id, message, customer }, world.signer)
  const optOut = choices('optout')
  const drawn = drawMessage(content, {
    context: kept.context,
    customer: kept.customer,
    facts: kept.facts,
    coupon: kept.coupon,
    shop,
    at: kept.at,
    unsubscribeUrl: optOut,
    here: world.publicUrl,
    confirmUrl: choices('confirm'),
    linkTo: (url) => {
      const link = kept.links.indexOf(url)
      if (link === -1) return url
      const code = kept.codes?.[link]
      if (code !== undefined) return shortLink(shop, world.publicUrl, code)
      return (
        world.publicUrl + linkPath({ kind: 'click', shop: shop.id, message, link }, world.signer)
      )
    },
  })
  if (drawn.kind === 'failed') return drawn
  if (drawn.channel === 'onsite')
    return { kind: 'failed', message: 'it stands on a page: look at it there, by its preview link' }
  return { kind: 'ok', parcel: addressed(drawing, drawn, { ...world, optOut }) }
}

/** What a hand-over of this message is known by at the provider: the same for each try of it. */
export function keyOf(shop: number, message: number, attempt: number): string {
  return `${shop}.${message}.${attempt}`
}

function addressed(
  drawing: Drawing,
  drawn: Whole,
  { optOut, signer, publicUrl }: World & { readonly optOut: string },
): AnyParcel {
  const { shop, message, attempt, now, to } = drawing
  const advertising = drawing.content.nature.purpose === 'advertising'
  const common = {
    shop: shop.id,
    message: message === 0 ? null : message,
    // A test send has no row; the instant tells one from the next.
    key: message === 0 ? `${shop.id}.test.${now}` : keyOf(shop.id, message, attempt),
    advertising,
    at: now,
    to,
  }
  switch (drawn.channel) {
    case 'email': {
      const { sender } = shop
      const isWatched = message !== 0 && trackingOf(shop.settings.tracking).opens
      const domain = sender.fromEmail.slice(sender.fromEmail.lastIndexOf('@') + 1)
      return {
        ...common,
        channel: 'email',
        from: { name: shop.name, address: sender.fromEmail },
        subject: drawn.subject,
        html: isWatched
          ? withPixel(drawn.html, publicUrl + openPath({ shop: shop.id, message }, signer))
          : drawn.html,
        text: drawn.text,
        headers: advertising ? optOutHeaders(optOut) : {},
        messageId: messageIdOf({ shop: shop.id, message, attempt, at: now }, domain, signer),
      }
    }
    case 'sms':
      return {
        ...common,
        channel: 'sms',
        form: drawn.form,
        from: senderNumberOf(shop.settings),
        subject: drawn.subject,
        text: drawn.text,
        image: drawn.picture,
      }
    case 'kakao':
      return { ...common, ...kakaoOf(drawn) }
    case 'web_push':
      return {
        ...common,
        channel: 'web_push',
        to: subscriptionsIn(to),
        title: drawn.subject,
        text: drawn.text,
        url: drawn.url,
        icon: drawn.icon,
        image: drawn.image,
      }
    case 'webhook':
      return {
        ...common,
        channel: 'webhook',
        url: drawn.url,
        secret: drawing.secret ?? '',
        body: bodyOf(drawing, drawn.values),
      }
  }
}

function kakaoOf(drawn: Extract<Whole, { readonly channel: 'kakao' }>) {
  const { channel, profile, text, buttons } = drawn
  if (drawn.form === 'alimtalk') {
    const { template, variables } = drawn
    return { channel, kind: 'alimtalk', profile, text, buttons, template, variables } as const
  }
  const { bubble, picture, coupon } = drawn
  const image = { image: picture?.id ?? null, imageUrl: picture?.url ?? null }
  return { channel, kind: 'brand', profile, text, buttons, bubble, coupon, ...image } as const
}

/** The subscriptions of a person's browsers, a line each; one that is damaged is passed over. */
function subscriptionsIn(to: string): Push['to'] {
  return to.split('\n').flatMap((line) => {
    // A test send has no browser.
    const parsed = Subscription.safeParse(line.startsWith('{') ? JSON.parse(line) : undefined)
    return parsed.success ? [parsed.data] : []
  })
}

/** What the shop's server is told: who and why, and the marketer's own values. */
function bodyOf({ message, customer, kept }: Drawing, values: JsonObject): JsonObject {
  return { type: 'message', message_id: message, customer_id: customer, at: kept.at, values }
}
