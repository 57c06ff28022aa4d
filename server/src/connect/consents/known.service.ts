import type { Consent } from '../../consent/consent.service.ts'
import type { ConsentChannel } from '../../consent/consent.ts'
import { contactIdentity } from '../../customers/contact.ts'
import type { Customers } from '../../customers/customers.service.ts'
import type { Database } from '../../database/connection.store.ts'
import type { CustomerId, ShopId } from '../../lib/brand.ts'
import type { Vault } from '../../vault/vault.service.ts'
import type { Known } from './plan.ts'
import type { ReadRow, RowWord, Who } from './row.ts'

const batch = 1_000
const whoKinds = ['customer', 'user', 'email', 'phone'] as const

/** Looks up what is known of everybody a file names, in a few statements a thousand lines. */
export async function knownOf(
  needs: {
    readonly db: Database
    readonly vault: Pick<Vault, 'hash'>
    readonly customers: Pick<Customers, 'behindKeys'>
    readonly consent: Pick<Consent, 'ledgerOf' | 'statesOf' | 'closedSince'>
  },
  shop: ShopId,
  rows: readonly ReadRow[],
): Promise<Known> {
  const { db, consent } = needs
  const behind = await peopleBehind(needs.customers, shop, rows)
  const people = [...new Set([...behind.values()].flat())]
  const said = new Set<string>()
  const refusedAt = new Map<string, number | null>()
  for (const some of inBatches(people)) {
    for (const { customer, channel, kind, scope, at } of await consent.ledgerOf(db, shop, some))
      said.add([customer, channel, scope, kind === 'grant', at].join(':'))
    const states = await consent.statesOf(db, shop, some as readonly CustomerId[])
    for (const [customer, channels] of states)
      for (const [channel, state] of channels)
        refusedAt.set(`${customer}:${channel}`, state.adDay ? null : state.refusedAt)
  }
  const hashOf = (kind: 'email' | 'phone', value: string) =>
    needs.vault.hash(kind, contactIdentity(kind, value))
  const closed = await closedOf(consent, { db, shop, rows, hashOf })
  return {
    behind: (kind, value) => behind.get(`${kind}:${value}`) ?? [],
    said: (customer, word) => said.has(wordKey(customer, word)),
    refusedAt: (customer, channel) => refusedAt.get(`${customer}:${channel}`) ?? null,
    closedSince: (kind, value, channel) => closed.get(`${channel}:${hashOf(kind, value)}`) ?? null,
  }
}

function wordKey(customer: number, { channel, scope, granted, at }: RowWord): string {
  return [customer, channel, scope, granted, at].join(':')
}

async function peopleBehind(
  customers: Pick<Customers, 'behindKeys'>,
  shop: ShopId,
  rows: readonly ReadRow[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const asked = new Map<string, { kind: keyof Who; value: string }>()
  for (const row of rows) {
    if ('fault' in row) continue
    for (const kind of whoKinds) {
      const value = row.who[kind]
      if (value !== undefined) asked.set(`${kind}:${value}`, { kind, value })
    }
  }
  const behind = new Map<string, readonly number[]>()
  for (const some of inBatches([...asked])) {
    const found = await customers.behindKeys(
      shop,
      some.map(([, key]) => key),
    )
    some.forEach(([key], index) => {
      behind.set(key, found[index] ?? [])
    })
  }
  return behind
}

async function closedOf(
  consent: Pick<Consent, 'closedSince'>,
  about: {
    readonly db: Database
    readonly shop: ShopId
    readonly rows: readonly ReadRow[]
    readonly hashOf: (kind: 'email' | 'phone', value: string) => string
  },
): Promise<ReadonlyMap<string, number>> {
  const { db, shop, rows, hashOf } = about
  const wanted = new Map<ConsentChannel, Set<string>>()
  for (const row of rows) {
    if ('fault' in row) continue
    for (const { channel } of row.words) {
      const hashes = wanted.get(channel) ?? new Set<string>()
      for (const kind of ['email', 'phone'] as const) {
        const value = row.who[kind]
        if (value !== undefined) hashes.add(hashOf(kind, value))
      }
      wanted.set(channel, hashes)
    }
  }
  const closed = new Map<string, number>()
  for (const [channel, hashes] of wanted)
    for (const some of inBatches([...hashes]))
      for (const [hash, since] of await consent.closedSince(db, shop, { channel, hashes: some }))
        closed.set(`${channel}:${hash}`, since)
  return closed
}

function inBatches<T>(all: readonly T[]): readonly (readonly T[])[] {
  const parts: (readonly T[])[] = []
  for (let from = 0; from < all.length; from += batch) parts.push(all.slice(from, from + batch))
  return parts
}
