import type { Consent } from '../consent/consent.service.ts'
import type { Customers } from '../customers/customers.service.ts'
import type { Identified } from '../customers/person.ts'
import type { Tx } from '../database/connection.store.ts'
import type { CustomerId } from '../lib/brand.ts'
import type { MirrorChange } from './line.store.ts'
import { customerRow, type FactColumns } from './mirror.ts'
import type { Turn } from './turn.ts'
import type { People } from './turn-people.ts'

/** The facts of people as this turn leaves them, and whose it changed. */
export type MirroredFacts = {
  readonly inTurn: (turn: Turn) => {
    readonly columns: (customer: CustomerId) => FactColumns | undefined
    readonly changed: () => readonly CustomerId[]
  }
}

type Needs = {
  readonly customers: Pick<Customers, 'contactsOf'>
  readonly consent: Pick<Consent, 'statesOf'>
  readonly facts?: MirroredFacts
}

/**
 * The mirror rows of everyone whose traits, contacts, consents, membership or facts the turn changed. A row's version is the
 * person's last position; what time alone changed has the line's.
 */
export async function mirrorChanges(
  tx: Tx,
  needs: Needs,
  turn: {
    readonly turn: Turn
    readonly identified: Identified
    readonly people: People
    readonly erased: ReadonlySet<CustomerId>
    readonly position: number
  },
): Promise<readonly MirrorChange[]> {
  const { identified, erased } = turn
  const { shop, changed } = turn.turn
  const facts = needs.facts?.inTurn(turn.turn)
  const moved = new Set(facts?.changed())
  const ids = [...new Set([...changed, ...moved, ...erased])].filter((id) =>
    identified.people.has(id),
  )
  if (ids.length === 0) return []
  const [states, contacts] = await Promise.all([
    needs.consent.statesOf(tx, shop, ids),
    needs.customers.contactsOf(tx, shop, ids),
  ])
  const channels = new Map<number, ('email' | 'phone')[]>()
  for (const { customer, channel } of contacts) {
    channels.set(customer, [...(channels.get(customer) ?? []), channel])
  }
  return ids.flatMap((id) => {
    const row = identified.people.get(id)
    if (!row) return []
    const last = turn.people.lastPosition(id)
    const version = Math.max(row.version, last || (moved.has(id) ? turn.position : 0))
    const body = customerRow({
      customer: id,
      version,
      member: row.member && !erased.has(id),
      internal: row.internal,
      createdAt: row.createdAt,
      erased: erased.has(id),
      traits: erased.has(id) ? {} : row.traits,
      contacts: channels.get(id) ?? [],
      consents: states.get(id) ?? new Map(),
      facts: erased.has(id) ? undefined : facts?.columns(id),
    })
    return [{ position: version, subject: `customer:${id}`, body: JSON.stringify(body) }]
  })
}
