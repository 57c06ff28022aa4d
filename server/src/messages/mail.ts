import type { Mail } from '../channels/email/mail.ts'
import type { Shop } from '../shops/shop.ts'
import { optOutHeaders } from './compose.ts'
import type { Kept } from './kept.ts'
import { type LinkSigner, linkPath } from './link.ts'
import { drawEmail, type ParsedEmail } from './render.ts'

/** A message as the sender draws it. */
export type Drawing = {
  readonly shop: Shop
  readonly email: ParsedEmail
  readonly kept: Kept
  /** Outbox id and person; 0 for a test send, whose links lead nowhere in particular. */
  readonly message: number
  readonly customer: number
  readonly attempt: number
  readonly to: string
  /** UTC ms */
  readonly now: number
}

export type DrawnMail =
  | { readonly kind: 'ok'; readonly mail: Mail }
  | { readonly kind: 'failed'; readonly message: string }

/** Draws the whole mail: text, counted links, and for advertising the headers of the one-click opt-out. */
export function mailOf(
  drawing: Drawing,
  world: { readonly publicUrl: string; readonly signer: LinkSigner },
): DrawnMail {
  const { shop, kept, message, customer } = drawing
  const optOut =
    world.publicUrl + linkPath({ kind: 'optout', shop: shop.id, message, customer }, world.signer)
  const drawn = drawEmail(drawing.email, {
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
  const { sender } = shop
  const domain = sender.fromEmail.slice(sender.fromEmail.lastIndexOf('@') + 1)
  return {
    kind: 'ok',
    mail: {
      shop: shop.id,
      message: message === 0 ? null : message,
      from: { name: shop.name, address: sender.fromEmail },
      to: drawing.to,
      subject: drawn.subject,
      html: drawn.html,
      text: drawn.text,
      headers: drawing.email.nature.purpose === 'advertising' ? optOutHeaders(optOut) : {},
      messageId: `${shop.id}.${message}.${drawing.attempt}.${drawing.now}@${domain}`,
      at: drawing.now,
    },
  }
}
