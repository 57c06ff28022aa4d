import type { Consent } from '../consent/consent.service.ts'
import type { Customers } from '../customers/customers.service.ts'
import type { Identified } from '../customers/person.ts'
import type { Tx } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { MirrorChange } from './line.store.ts'
import { customerRow } from './mirror.ts'
import type { People } from './turn-people.ts'

type Needs = {
  readonly customers: Pick<Customers, 'contactsOf'>
  readonly consent: Pick<Consent, 'statesOf'>
}

/** The mirror rows of everyone whose traits, contacts, consents or membership the turn changed. */
export async function mirrorChanges(
  tx: Tx,
  needs: Needs,
  turn: {
    readonly shop: ShopId
    readonly identified: Identified
    readonly consented: readonly CustomerId[]
    readonly people: People
    readonly erased: ReadonlySet<CustomerId>
  },
): Promise<readonly MirrorChange[]> {
  const { shop, identified, erased } = turn
  const ids = [...new Set([...identified.changed, ...turn.consented, ...erased])].filter((id) =>
    identified.people.has(id),
  )
  if (ids.length === 0) return []
  const states = await needs.consent.statesOf(tx, shop, ids)
  const channels = new Map<number, ('email' | 'phone')[]>()
  for (const { customer, channel } of await needs.customers.contactsOf(tx, shop, ids)) {
    channels.set(customer, [...(channels.get(customer) ?? []), channel])
  }
  return ids.flatMap((id) => {
    const row = identified.people.get(id)
    if (!row) return []
    const version = Math.max(row.version, turn.people.lastPosition(id))
    const body = customerRow({
      customer: id,
      version,
      member: row.member && !erased.has(id),
      createdAt: row.createdAt,
      erased: erased.has(id),
      traits: erased.has(id) ? {} : row.traits,
      contacts: channels.get(id) ?? [],
      consents: states.get(id) ?? new Map(),
    })
    return [{ position: version, subject: `customer:${id}`, body: JSON.stringify(body) }]
  })
}
