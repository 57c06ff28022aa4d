import type { Consent } from '../consent/consent.service.ts'
import type { Tx } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { Orders } from '../orders/orders.service.ts'
import type { StoredOrder } from '../orders/projection.ts'
import type { Shelf } from './cart-facts.ts'
import { readAddresses, readShelf } from './facts.store.ts'
import type { Described } from './favourites.ts'
import { ordersLimit } from './orders-summary.ts'
import { type Reach, reachOf } from './reach.ts'

/** What the room reads of other rooms' tables. */
export type Sources = {
  readonly orders: Pick<Orders, 'read'>
  readonly consent: Pick<Consent, 'statesOf'>
}

/** What is known of people's addresses and consents now; who has none is missing. */
export async function readReach(
  tx: Tx,
  needs: Pick<Sources, 'consent'>,
  asked: { readonly shop: ShopId; readonly customers: readonly CustomerId[] },
): Promise<ReadonlyMap<CustomerId, Reach>> {
  const { shop, customers } = asked
  const found = new Map<CustomerId, Reach>()
  if (customers.length === 0) return found
  const [{ contacts, suppressed }, states] = await Promise.all([
    readAddresses(tx, shop, customers),
    needs.consent.statesOf(tx, shop, customers),
  ])
  const kinds = Map.groupBy(contacts, (one) => one.customer)
  const closed = Map.groupBy(suppressed, (one) => one.customer)
  for (const customer of customers) {
    const reach = reachOf({
      contacts: (kinds.get(customer) ?? []).map((one) => one.kind),
      consents: states.get(customer) ?? new Map(),
      suppressed: (closed.get(customer) ?? []).map((one) => one.channel),
    })
    if (reach) found.set(customer, reach)
  }
  return found
}

/** The orders of these people and those with these ids. */
export async function readOrders(
  tx: Tx,
  needs: Pick<Sources, 'orders'>,
  asked: {
    readonly shop: ShopId
    readonly customers: readonly number[]
    readonly ids: readonly string[]
  },
): Promise<readonly StoredOrder[]> {
  if (asked.customers.length === 0 && asked.ids.length === 0) return []
  return needs.orders.read(tx, asked.shop, { ...asked, limit: ordersLimit })
}

/** The catalogue as carts and favourites ask it. */
export type Catalogued = {
  readonly shelf: Shelf
  readonly described: (product: string) => Described | undefined
}

/** What the catalogue says of these products. */
export async function readCatalogue(
  tx: Tx,
  shop: ShopId,
  products: ReadonlySet<string>,
): Promise<Catalogued> {
  const rows = new Map((await readShelf(tx, shop, [...products])).map((row) => [row.id, row]))
  return {
    shelf: (product) => {
      const row = rows.get(product)
      if (!row) return undefined
      const { category, price, gone, told } = row
      return { category, told: told ? { price, gone } : undefined }
    },
    described: (product) => rows.get(product),
  }
}
