import { cartAbandonment } from './cart-abandonment.ts'
import { checkoutAbandonment } from './checkout-abandonment.ts'
import type { Playbook } from './playbook.ts'

/** Every playbook by id. A new one is one file and one line here. */
export const gallery = {
  cart_abandonment: cartAbandonment,
  checkout_abandonment: checkoutAbandonment,
} as const satisfies { readonly [id: string]: Playbook }

export type PlaybookId = keyof typeof gallery

/** The ids, as the routes accept them. */
export const playbookIds = Object.keys(gallery) as [PlaybookId, ...PlaybookId[]]
