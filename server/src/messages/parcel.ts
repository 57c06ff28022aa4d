import type { AnyParcel } from '../channels/carrier.ts'
import type { Shop } from '../shops/shop.ts'
import { optOutHeaders } from './compose.ts'
import { type DrawnMessage, drawMessage, type ParsedMessage } from './draw.ts'
import type { Kept } from './kept.ts'
import { type LinkSigner, linkPath } from './link.ts'
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
  readonly to: string
  /** UTC ms */
  readonly now: number
}

export type DrawnParcel =
  | { readonly kind: 'ok'; readonly parcel: AnyParcel }
  | { readonly kind: 'failed'; readonly message: string }

type World = { readonly publicUrl: string; readonly signer: LinkSigner }
type Whole = Extract<DrawnMessage, { readonly kind: 'ok' }>

/** Draws the whole message with counted links, and adds what its channel's provider needs. */
export function parcelOf(drawing: Drawing, world: World): DrawnParcel {
  const { shop, kept, message, customer, content } = drawing
  const optOut =
    world.publicUrl + linkPath({ kind: 'optout', shop: shop.id, message, customer }, world.signer)
  const drawn = drawMessage(content, {
    context: kept.context,
    customer: kept.customer,
    facts: kept.facts,
    shop,
    at: kept.at,
    unsubscribeUrl: optOut,
    linkTo: (url) => {
      const link = kept.links.indexOf(url)
      if (link === -1) return url
      return (
        world.publicUrl + linkPath({ kind: 'click', shop: shop.id, message, link }, world.signer)
      )
    },
  })
  if (drawn.kind === 'failed') return drawn
  return { kind: 'ok', parcel: addressed(drawing, drawn, optOut) }
}

/** What a hand-over of this message is known by at the provider: the same for each try of it. */
export function keyOf(shop: number, message: number, attempt: number): string {
  return `${shop}.${message}.${attempt}`
}

function addressed(drawing: Drawing, drawn: Whole, optOut: string): AnyParcel {
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
      const domain = sender.fromEmail.slice(sender.fromEmail.lastIndexOf('@') + 1)
      return {
        ...common,
        channel: 'email',
        from: { name: shop.name, address: sender.fromEmail },
        subject: drawn.subject,
        html: drawn.html,
        text: drawn.text,
        headers: advertising ? optOutHeaders(optOut) : {},
        messageId: `${shop.id}.${message}.${attempt}.${now}@${domain}`,
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
  }
}
