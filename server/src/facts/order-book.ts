import type { CustomerId } from '../lib/brand.ts'
import type { Order } from '../orders/order.ts'
import { type OrderChange, type StoredOrder, toldOf } from '../orders/projection.ts'

export type OrderBook = ReturnType<typeof orderBook>

/** The orders of a turn's people, folded happening by happening as the room of orders will write them at its end. */
export function orderBook(stored: readonly StoredOrder[]) {
  const orders = new Map(stored.map((one) => [one.order.id, one]))
  const owned = new Map<CustomerId, Set<string>>()
  for (const { order, customer } of stored) own(customer, order.id)
  const tellers = new Map<string, Set<CustomerId>>()

  function own(customer: CustomerId, id: string): void {
    const ids = owned.get(customer)
    if (ids) ids.add(id)
    else owned.set(customer, new Set([id]))
  }

  return {
    /** Takes one word; whether it changed an order of the one who told it. */
    tell: (change: OrderChange): boolean => {
      const { id } = change.word
      const before = orders.get(id)
      const after = toldOf(before, change)
      tellers.set(id, (tellers.get(id) ?? new Set()).add(change.customer))
      if (after === before) return false
      orders.set(id, after)
      own(after.customer, id)
      return after.customer === change.customer
    },
    of: (customer: CustomerId): readonly Order[] =>
      [...(owned.get(customer) ?? [])].flatMap((id) => {
        const one = orders.get(id)
        return one?.customer === customer ? [one.order] : []
      }),
    /**
     * People whose orders somebody else told of. They are read again in a turn of their own: they may not be in this one, and
     * of two who told of one order the first by position is the buyer, which only the end of the turn knows.
     */
    elsewhere: (): readonly CustomerId[] => {
      const people = new Set<CustomerId>()
      for (const [id, told] of tellers) {
        const owner = orders.get(id)?.customer
        if (told.size === 1 && owner !== undefined && told.has(owner)) continue
        for (const one of told) people.add(one)
        if (owner !== undefined && owner !== 0) people.add(owner)
      }
      return [...people]
    },
  }
}
