import type { Consent, StatesOfPerson } from '../consent/consent.service.ts'
import { tradingRelation } from '../consent/trading.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import type { Facts } from './decide.ts'
import { type ProductFact, readContacts, readEarlier, readProducts } from './facts.store.ts'
import type { MessageChannel } from './intent.ts'
import { readLastOrders } from './last-order.store.ts'
import { type ContactFact, type Gathered, longestDelayMs } from './outbox.ts'

/** What is asked about: a person, a channel, and the products the message speaks of. */
export type Asked = {
  readonly customer: CustomerId
  readonly channel: MessageChannel
  readonly products: readonly string[]
}

/** Loads what the one door looks at. */
export async function gather(
  needs: { readonly consent: Pick<Consent, 'statesOf'> },
  source: Database | Tx,
  about: {
    readonly shop: ShopId
    readonly now: number
    readonly asked: readonly Asked[]
    /** The shop relies on trading relations: newest orders are looked at too. */
    readonly tradesWith: boolean
  },
): Promise<Gathered> {
  const { shop, now, asked } = about
  const customers = [...new Set(asked.map((one) => one.customer))]
  // One connection answers one after another; asked together they cost one round trip.
  const [contacts, states, earlier, products, orders] = await Promise.all([
    readContacts(source, shop, asked),
    needs.consent.statesOf(source, shop, customers),
    readEarlier(source, shop, { customers, since: now - 7 * dayMs - longestDelayMs }),
    readProducts(source, shop, [...new Set(asked.flatMap((one) => one.products))]),
    about.tradesWith ? readLastOrders(source, shop, customers) : new Map<number, never>(),
  ])
  const contactOf = new Map(contacts.map((one) => [`${one.customer}:${one.channel}`, one]))
  const earlierOf = Map.groupBy(earlier, (one) => one.customer)
  const productOf = new Map(products.map((one) => [one.id, one]))
  return {
    contact: (customer, channel) =>
      channel === 'webhook' || channel === 'onsite'
        ? withoutAddress(customer, channel)
        : contactOf.get(`${customer}:${channel}`),
    consent: (customer, channel) => stateOf(states.get(customer), channel),
    relation: (customer) => tradingRelation(orders.get(customer), now),
    earlier: (customer) => earlierOf.get(customer) ?? [],
    products: (ids) => stockOf(ids.map((id) => productOf.get(id))),
  }
}

function stateOf(states: StatesOfPerson | undefined, channel: MessageChannel): Facts['consent'] {
  // What goes to the shop's own server reaches no person, and its own page is no transmission to one.
  return channel === 'webhook' || channel === 'onsite' ? undefined : states?.get(channel)
}

/** What goes to the shop's own server or stands on its page needs no address of the person's; it is never closed. */
function withoutAddress(customer: CustomerId, channel: 'webhook' | 'onsite'): ContactFact {
  return { customer, channel, hash: '', sealed: '', masked: '', suppressed: null }
}

/** Fine while one product can still be bought; a product the catalogue does not know is believed. */
function stockOf(products: readonly (ProductFact | undefined)[]): Facts['products'] {
  if (products.length === 0) return 'fine'
  const sellable = products.filter((product) => product?.sellable ?? true)
  if (sellable.length === 0) return 'not_sellable'
  const left = sellable.some((product) => product === undefined || (product.stock ?? 1) > 0)
  return left ? 'fine' : 'out_of_stock'
}
