import type { Database } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import { contactsOf } from './contacts.store.ts'
import { identify } from './identify.service.ts'
import { saveSections } from './people.store.ts'

/** Who the shop's people are: found on the line, shown in lists and pages. */
export function customers(needs: { readonly db: Database }) {
  return {
    identify,
    saveSections,
    contactsOf,
    /** The address of a customer on a channel, sealed and masked; undefined when there is none. */
    contactOf: async (shop: ShopId, customer: CustomerId, channel: 'email' | 'phone') =>
      (await contactsOf(needs.db, shop, [customer])).find((one) => one.channel === channel),
  }
}
export type Customers = ReturnType<typeof customers>
