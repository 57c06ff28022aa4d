import type { JsonObject } from '../lib/json.ts'
import type { Shop } from '../shops/shop.ts'
import { factScope } from './fact-use.ts'
import { optOutNumberOf } from './sms/opt-out-number.ts'

/** What one message is drawn from. The same draft and links always give the same message. */
export type Draft = {
  readonly context: JsonObject
  readonly customer: { readonly name: string | null }
  /** What is known of the person beyond the name; only what the message speaks of. */
  readonly facts?: JsonObject | undefined
  /** The coupon that goes with the message. */
  readonly coupon?: JsonObject | undefined
  readonly shop: Pick<Shop, 'name' | 'url' | 'currency' | 'timeZone' | 'sender' | 'settings'>
  /** UTC ms the message speaks from. */
  readonly at: number
  readonly unsubscribeUrl: string
  /** Address of this server, from which the reader fetches pictures of the library; without it they are left out. */
  readonly here?: string
  /** Where a consent that was asked for on that page is finished; absent until the message leaves. */
  readonly confirmUrl?: string
  /** Gives the address that counts the click on an address of the message; given in order of first appearance. */
  readonly linkTo: (url: string) => string
}

/** What the templates of a message see. */
export function scopeOf(draft: Draft): JsonObject {
  const { name, url, currency, sender, settings } = draft.shop
  const known = factScope(draft.facts ?? {})
  return {
    ...draft.context,
    ...(draft.coupon ? { coupon: draft.coupon } : {}),
    customer: { ...known.customer, name: draft.customer.name },
    visit: known.visit,
    shop: { name, url, currency, sender, opt_out_number: optOutNumberOf(settings) },
    link: {
      unsubscribe: draft.unsubscribeUrl,
      // The page of the way out is the page of all choices.
      preferences: draft.unsubscribeUrl,
      confirm: draft.confirmUrl ?? draft.unsubscribeUrl,
      shop: url,
    },
  }
}
