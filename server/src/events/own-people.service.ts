import {
  contactIdentity,
  maskContact,
  normaliseEmail,
  normalisePhone,
} from '../customers/contact.ts'
import type { Customers } from '../customers/customers.service.ts'
import { type InternalWord, staffDomain } from '../customers/internal.ts'
import type { Database } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Edits } from './edits.service.ts'
import { lockLine } from './line.store.ts'
import { officeNetwork } from './network.ts'
import type { Visitors } from './visitors.service.ts'
import { officesLimit, readVisitors, type VisitorSettings } from './visitors.ts'

/** Addresses of staff that a shop may list. */
const addressesLimit = 500
/** An address that more customers have than this is no staff's: nearly always a mistake, and one that empties segments. */
const ownLimit = 300
/** People shown on the page. */
const shownLimit = 50

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly customers: Pick<Customers, 'own'>
  readonly shops: Pick<Shops, 'shop' | 'update'>
  readonly vault: { readonly hash: (kind: string, value: string) => string }
  readonly edits: Pick<Edits, 'append'>
  readonly visitors: Pick<Visitors, 'bots'>
}

/** The shop's own people: by address, by office, by hand. What changes is told to the line, person by person. */
export function ownPeople(needs: Needs) {
  const { db, shops } = needs
  const { own } = needs.customers

  const tell: Tell = async (shop, said) => {
    if (said.customers.length === 0) return
    await needs.edits.append(
      shop,
      ...said.customers.map((customer) => ({
        kind: 'edit' as const,
        name: 'Customer Edited',
        customer: customer as CustomerId,
        body: { properties: { internal: said.word, by: said.by } },
      })),
    )
  }

  return {
    /** Everything the page of settings shows. */
    overview: async (shop: ShopId) => {
      const { settings } = await shops.shop(shop)
      const { leaveOutBots, offices } = readVisitors(settings.visitors)
      const [addresses, people, bots] = await Promise.all([
        own.readAddresses(db, shop),
        own.internalPeople(db, shop, shownLimit),
        needs.visitors.bots(shop),
      ])
      return { addresses, people, bots, leaveOutBots, offices }
    },
    /** Marks one customer by hand, says that they are none of the shop's own, or takes either back. */
    mark: (
      shop: ShopId,
      said: { readonly customer: CustomerId; readonly word: InternalWord; readonly by: string },
    ) => tell(shop, { customers: [said.customer], word: said.word, by: said.by }),
    ...addresses(needs, tell),
    ...visits(needs),
  }
}
export type OwnPeople = ReturnType<typeof ownPeople>

type Tell = (
  shop: ShopId,
  said: { readonly customers: readonly number[]; readonly word: InternalWord; readonly by: string },
) => Promise<void>

function addresses({ db, clock, vault, customers: { own } }: Needs, tell: Tell) {
  return {
    /** Adds an e-mail address, a phone number or a domain; customers who have it are the shop's own from then on. */
    addAddress: async (
      shop: ShopId,
      asked: { readonly text: string; readonly name: string; readonly by: string },
    ): Promise<{ readonly shown: string; readonly people: number }> => {
      const read = readStaffAddress(vault, asked.text)
      if ((await own.readAddresses(db, shop)).length >= addressesLimit)
        throw new Refusal('conflict', `At most ${addressesLimit} addresses can be listed.`, 'text')
      const { name, by } = asked
      const now = clock.now()
      const customers = await db.begin(async (tx) => {
        // Between turns: whoever a turn before gave the address is seen here, and a turn after sees the address listed.
        await lockLine(tx, shop, now)
        const having = await own.customersWith(tx, shop, { ...read, limit: ownLimit + 1 })
        if (having.length > ownLimit) {
          throw new Refusal(
            'conflict',
            `More than ${ownLimit} customers have this address: they would all be left out.`,
            'text',
          )
        }
        const id = await own.insertAddress(tx, shop, { ...read, name, addedAt: now })
        if (id === undefined) throw new Refusal('conflict', 'It is listed already.', 'text')
        return having
      })
      await tell(shop, { customers, word: 'auto', by })
      return { shown: read.shown, people: customers.length }
    },
    removeAddress: async (shop: ShopId, id: number, by: string): Promise<string> => {
      const { gone, customers } = await db.begin(async (tx) => {
        await lockLine(tx, shop, clock.now())
        const gone = await own.deleteAddress(tx, shop, id)
        if (!gone) throw new Refusal('not-found', `There is no address ${id}.`)
        return { gone, customers: await own.customersWith(tx, shop, { ...gone, limit: 10_000 }) }
      })
      await tell(shop, { customers, word: 'auto', by })
      return gone.shown
    },
  }
}

function visits({ shops }: Needs) {
  return {
    /** Whether bots are left out; visits counted so far stay as they are. */
    leaveOutBots: (shop: ShopId, leaveOutBots: boolean): Promise<VisitorSettings> =>
      shops.update(shop, 'visitors', (before) => ({ ...readVisitors(before), leaveOutBots })),
    addOffice: async (
      shop: ShopId,
      office: { readonly network: string; readonly name: string },
    ): Promise<VisitorSettings> => {
      const read = officeNetwork(office.network)
      if (read.kind !== 'network') throw new Refusal('invalid', notOffice[read.kind], 'network')
      return shops.update(shop, 'visitors', (before) => {
        const settings = readVisitors(before)
        const others = settings.offices.filter(({ network }) => network !== read.text)
        if (others.length >= officesLimit)
          throw new Refusal('conflict', `At most ${officesLimit} networks.`, 'network')
        return { ...settings, offices: [...others, { network: read.text, name: office.name }] }
      })
    },
    removeOffice: (shop: ShopId, network: string): Promise<VisitorSettings> =>
      shops.update(shop, 'visitors', (before) => {
        const settings = readVisitors(before)
        return {
          ...settings,
          offices: settings.offices.filter((office) => office.network !== network),
        }
      }),
  }
}

const notOffice = {
  wrong: 'Not an internet address or range, such as 203.0.113.7 or 203.0.113.0/24.',
  private: 'This range is used inside networks only: from outside nobody is seen with it.',
  wide: 'This range is far too wide for an office.',
} as const

/** An address as it is matched and shown; a text without a name before the @ is a domain. */
function readStaffAddress(
  vault: Needs['vault'],
  text: string,
): { readonly kind: 'email' | 'phone' | 'domain'; readonly value: string; readonly shown: string } {
  const hex = (kind: 'email' | 'phone', address: string) =>
    Buffer.from(vault.hash(kind, contactIdentity(kind, address)), 'base64url').toString('hex')
  const email = normaliseEmail(text)
  if (email !== undefined)
    return { kind: 'email', value: hex('email', email), shown: maskContact('email', email) }
  const phone = normalisePhone(text)?.e164
  if (phone !== undefined)
    return { kind: 'phone', value: hex('phone', phone), shown: maskContact('phone', phone) }
  const domain = staffDomain(text)
  if (domain.kind === 'domain')
    return { kind: 'domain', value: domain.domain, shown: `@${domain.domain}` }
  throw new Refusal(
    'invalid',
    domain.kind === 'everybodys'
      ? 'Anybody may have an address there: list the addresses of staff one by one.'
      : 'Neither an e-mail address nor a phone number nor a domain such as shop.co.kr.',
    'text',
  )
}
