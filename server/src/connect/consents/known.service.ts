import type { Consent } from '../../consent/consent.service.ts'
import type { ConsentChannel } from '../../consent/consent.ts'
import type { LedgerEntry } from '../../consent/project.ts'
import { contactIdentity } from '../../customers/contact.ts'
import type { Customers } from '../../customers/customers.service.ts'
import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
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
    readonly consent: Pick<Consent, 'ledgerOf' | 'closedSince'>
  },
  shop: ShopId,
  asked: {
    readonly rows: readonly ReadRow[]
    /** Hears how much of it is done, 0 to 1. */
    readonly tell: (share: number) => Promise<void>
  },
): Promise<Known> {
  const { db, consent } = needs
  const { rows, tell } = asked
  const behind = await peopleBehind(needs.customers, shop, {
    rows,
    tell: (share) => tell(share / 2),
  })
  const people = [...new Set([...behind.values()].flat())]
  const said = new Set<string>()
  const standing = new Map<string, LedgerEntry>()
  for (const [index, some] of inBatches(people).entries()) {
    await tell(0.5 + (index * batch) / people.length / 4)
    for (const entry of await consent.ledgerOf(db, shop, some)) {
      const { customer, channel, kind, scope, at } = entry
      if (kind === 'reconfirm_sent' || kind === 'result_notice_sent') continue
      said.add([customer, channel, scope, kind === 'grant', at].join(':'))
      const key = [customer, channel, scope].join(':')
      const before = standing.get(key)
      if (before === undefined || outweighs(entry, before)) standing.set(key, entry)
    }
  }
  await tell(0.75)
  const hashOf = (kind: 'email' | 'phone', value: string) =>
    needs.vault.hash(kind, contactIdentity(kind, value))
  const closed = await closedOf(consent, { db, shop, rows, hashOf })
  return {
    behind: (kind, value) => behind.get(`${kind}:${value}`) ?? [],
    said: (customer, word) => said.has(wordKey(customer, word)),
    refusedAt: (customer, { channel, scope }) => {
      const word = standing.get([customer, channel, scope].join(':'))
      return word && word.kind !== 'grant' ? word.at : null
    },
    closedSince: (kind, value, channel) => closed.get(`${channel}:${hashOf(kind, value)}`) ?? null,
  }
}

/** The later word counts; of two at the same time the refusal. */
function outweighs(one: LedgerEntry, other: LedgerEntry): boolean {
  return one.at === other.at ? one.kind !== 'grant' : one.at > other.at
}

function wordKey(customer: number, { channel, scope, granted, at }: RowWord): string {
  return [customer, channel, scope, granted, at].join(':')
}

async function peopleBehind(
  customers: Pick<Customers, 'behindKeys'>,
  shop: ShopId,
  { rows, tell }: Parameters<typeof knownOf>[2],
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
    await tell(behind.size / asked.size)
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
