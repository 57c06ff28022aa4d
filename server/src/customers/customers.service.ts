import type { Database } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import { contactIdentity, normaliseEmail, normalisePhone } from './contact.ts'
import { contactsOf } from './contacts.store.ts'
import {
  customersBehind,
  customersByKey,
  eraseCustomers,
  findCustomer,
  identitiesOf,
  listCustomers,
  mergedInto,
  namesOfCustomers,
  survivorsOf,
} from './customers.store.ts'
import { identify } from './identify.service.ts'
import type { IdentityKey } from './identity-desk.ts'
import {
  customersWith,
  deleteAddress,
  insertAddress,
  internalPeople,
  readAddresses,
} from './internal.store.ts'
import { saveSections } from './people.store.ts'
import { livingAfter, mergedIntoAny, replaceSections, storedPeople } from './remembered.store.ts'

/** Customers whom one address or id may lead to in a search. */
const behindLimit = 200

/** Who the shop's people are: found on the line, shown in lists and pages. */
export function customers(needs: {
  readonly db: Database
  /** Finds addresses in searches; without it only names and ids are searched. */
  readonly vault?: { readonly hash: (kind: string, value: string) => string }
}) {
  const { db, vault } = needs

  function keysIn(text: string): readonly IdentityKey[] {
    const keys: IdentityKey[] = [`user:${text}`, `anonymous:${text}`]
    const email = normaliseEmail(text)
    const phone = normalisePhone(text)?.e164
    if (vault && email) keys.push(`email:${vault.hash('email', contactIdentity('email', email))}`)
    if (vault && phone) keys.push(`phone:${vault.hash('phone', contactIdentity('phone', phone))}`)
    return keys
  }

  /** A key that leads to nobody where the text is no such address. */
  function keyOf(kind: 'user' | 'customer' | 'email' | 'phone', text: string): IdentityKey {
    const email = kind === 'email' ? normaliseEmail(text) : undefined
    if (vault && email) return `email:${vault.hash('email', contactIdentity('email', email))}`
    const phone = kind === 'phone' ? normalisePhone(text)?.e164 : undefined
    if (vault && phone) return `phone:${vault.hash('phone', contactIdentity('phone', phone))}`
    return kind === 'user' ? `user:${text.normalize('NFC')}` : 'email:'
  }

  return {
    identify,
    saveSections,
    /** People and what is remembered of them, for rooms that build their part of it behind the line. */
    remembered: { livingAfter, mergedInto: mergedIntoAny, storedPeople, replaceSections },
    contactsOf,
    /** Addresses of staff, who has them, and who is marked. */
    own: { customersWith, insertAddress, deleteAddress, readAddresses, internalPeople },
    erase: eraseCustomers,
    mergedInto: (shop: ShopId, customer: CustomerId) => mergedInto(db, shop, customer),
    namesOf: (shop: ShopId, ids: readonly number[]) => namesOfCustomers(db, shop, ids),
    /** The address of a customer on a channel, sealed and masked; undefined when there is none. */
    contactOf: async (shop: ShopId, customer: CustomerId, channel: 'email' | 'phone') =>
      (await contactsOf(db, shop, [customer])).find((one) => one.channel === channel),
    /** Last seen first. `search` is part of a name, or a whole e-mail address, phone number, user or device id. */
    list: async (
      shop: ShopId,
      page: {
        readonly search: string | undefined
        readonly after: { readonly lastSeenAt: number; readonly id: number } | undefined
        readonly limit: number
      },
    ) => {
      const search = page.search?.normalize('NFC').trim() || undefined
      const keys = search === undefined ? [] : keysIn(search)
      const ids = await customersBehind(db, shop, { keys, limit: behindLimit })
      return listCustomers(db, shop, { name: search, ids, after: page.after, limit: page.limit })
    },
    /**
     * Living customers behind each member id, our own id or address as people write them, in the same order; nobody behind
     * what is none.
     */
    behindKeys: async (
      shop: ShopId,
      asked: readonly {
        readonly kind: 'user' | 'customer' | 'email' | 'phone'
        readonly value: string
      }[],
    ): Promise<readonly (readonly number[])[]> => {
      const keys = asked.map(({ kind, value }): IdentityKey => keyOf(kind, value))
      const ids = asked.map(({ kind, value }) =>
        kind === 'customer' && /^\d{1,15}$/.test(value) ? Number(value) : 0,
      )
      const survivors = new Map(
        ids.some((id) => id > 0)
          ? (await survivorsOf(db, shop, ids)).map((one) => [one.id, one.customer])
          : [],
      )
      const behind = await customersByKey(db, shop, keys)
      return behind.map((found, index) => {
        const survivor = survivors.get(ids[index] ?? 0)
        return survivor === undefined ? found : [survivor]
      })
    },
    /** Who has this phone number, by its keyed hash (base64url). */
    withPhone: async (shop: ShopId, hash: string): Promise<readonly number[]> =>
      (await customersByKey(db, shop, [`phone:${hash}`]))[0] ?? [],
    /** One customer whole, or the survivor of one merged away; undefined when there is none. */
    get: async (shop: ShopId, id: number) => {
      const found = await findCustomer(db, shop, id)
      if (!found) return undefined
      const [identities, contacts, merged] = await Promise.all([
        identitiesOf(db, shop, found.id),
        contactsOf(db, shop, [found.id]),
        mergedInto(db, shop, found.id),
      ])
      return { ...found, identities, contacts, merged }
    },
  }
}
export type Customers = ReturnType<typeof customers>
