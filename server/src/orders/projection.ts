import type { Placed } from '../events/happening.ts'
import type { CustomerId } from '../lib/brand.ts'
import { foldOrder, type Order, type OrderWord } from './order.ts'
import { orderEvents, orderWord } from './order-word.ts'

/** An order with whom it belongs to (0: nobody) and the log position that last changed it. */
export type StoredOrder = {
  readonly order: Order
  readonly customer: CustomerId
  readonly version: number
}

/** What one happening of a person says of an order. */
export type OrderChange = {
  readonly customer: CustomerId
  readonly position: number
  readonly word: OrderWord
}

/** What a happening says of an order; undefined when it says nothing. `currency` is the shop's. */
export function wordOf(happening: Placed, currency: string): OrderWord | undefined {
  if (happening.kind !== 'event' || !orderEvents.includes(happening.name)) return undefined
  const source =
    happening.importId !== undefined ? 'import' : happening.body.browser ? 'browser' : 'server'
  return orderWord({
    name: happening.name,
    at: happening.at,
    properties: happening.body.properties ?? {},
    source,
    currency,
  })
}

/**
 * The order after one more word; the same value when the word changes nothing. The first to be known as the buyer stays: a
 * later happening of the shop's server may name nobody.
 */
export function toldOf(before: StoredOrder | undefined, change: OrderChange): StoredOrder {
  const { customer, position, word } = change
  const after = foldOrder(before?.order, word)
  if (before && after === before.order) return before
  const buyer = before && before.customer !== 0 ? before.customer : customer
  return { order: after, customer: buyer, version: Math.max(position, before?.version ?? 0) }
}
