import { type ConsentChannel, type ConsentScope, contactChannel } from '../../consent/consent.ts'
import { isLent } from '../../customers/contact.ts'
import type { ReadRow, RowFault, RowWord, Who } from './row.ts'

/** What a file does, or would do. */
export type Counts = {
  readonly rows: number
  /** Consents that are new to the ledger. */
  readonly consents: number
  /** Of those, which open nothing because the person refused later. */
  readonly outweighed: number
  /** Refusals that are new, of people and of addresses. */
  readonly refusals: number
  /** Words the ledger holds already. */
  readonly already: number
  /** Lines of refusals behind whose address nobody is known: it is closed all the same. */
  readonly unknownRefused: number
  /** People whom the file makes customers. */
  readonly newPeople: number
  readonly faults: Readonly<Partial<Record<RowFault, number>>>
}

/** What is known of the people a file names. */
export type Known = {
  /** Customers behind each way of naming somebody: `email:a@b.co`. */
  readonly behind: (kind: keyof Who, value: string) => readonly number[]
  /** Whether the ledger holds exactly this word. */
  readonly said: (customer: number, word: RowWord) => boolean
  /** The refusal of a customer that stands today, UTC ms; null where none does. */
  readonly refusedAt: (customer: number, word: Pick<RowWord, 'channel' | 'scope'>) => number | null
  /** Since when an address is closed on a channel, UTC ms; null where it is open. */
  readonly closedSince: (
    kind: 'email' | 'phone',
    value: string,
    channel: ConsentChannel,
  ) => number | null
}

export type PlannedWord = {
  readonly line: number
  readonly who: Who
  /** Who it is; empty for somebody nobody knows yet. */
  readonly customers: readonly number[]
  /** What the file calls them. */
  readonly name: string | undefined
  readonly channel: ConsentChannel
  readonly scope: ConsentScope
  readonly granted: boolean
  readonly at: number | null
  readonly evidence: Readonly<Record<string, string>>
  readonly wording: string | undefined
}

export type Plan = {
  readonly words: readonly PlannedWord[]
  readonly counts: Counts
  readonly refused: readonly {
    readonly line: number
    readonly fault: RowFault
    readonly cells: readonly string[]
  }[]
}

/**
 * Decides what each line does. A consent must lead to one person: by id first, then by the address it is about; an address that
 * nobody has makes a new customer. A refusal reaches everybody behind its address, and the address itself.
 */
export function planRows(rows: readonly ReadRow[], known: Known): Plan {
  const words: PlannedWord[] = []
  const refused: { line: number; fault: RowFault; cells: readonly string[] }[] = []
  const seen = new Set<string>()
  const fresh = new Set<string>()
  const strangers = new Set<string>()
  const counts = { consents: 0, outweighed: 0, refusals: 0, already: 0 }
  const faults: Partial<Record<RowFault, number>> = {}
  for (const row of rows) {
    const fault = 'fault' in row ? row.fault : faultOf(row, known)
    if (fault !== undefined) {
      faults[fault] = (faults[fault] ?? 0) + 1
      refused.push({ line: row.line, fault, cells: row.cells })
      continue
    }
    if ('fault' in row) continue
    for (const word of row.words) {
      const customers = peopleOf(row.who, word, known)
      const key = keyOf(row.who, customers, word)
      if (seen.has(key) || isKnown(row.who, { customers, word }, known)) {
        counts.already++
        continue
      }
      seen.add(key)
      words.push({ ...row, ...word, customers })
      if (!word.granted) {
        counts.refusals++
        if (customers.length === 0) strangers.add(whoKey(row.who))
      } else {
        counts.consents++
        if (customers.length === 0) fresh.add(whoKey(row.who))
        if (word.scope === 'ad_day' && isOutweighed(row.who, { customers, word }, known))
          counts.outweighed++
      }
    }
  }
  return {
    words,
    refused,
    counts: {
      rows: rows.length,
      ...counts,
      unknownRefused: strangers.size,
      newPeople: fresh.size,
      faults,
    },
  }
}

type Readable = Extract<ReadRow, { readonly words: readonly RowWord[] }>

function faultOf(row: Readable, known: Known): RowFault | undefined {
  for (const word of row.words) {
    const customers = peopleOf(row.who, word, known)
    const address = contactChannel(word.channel)
    const reaches = address !== null && row.who[address] !== undefined
    if (customers.length === 0 && !reaches) return 'not_found'
    if (word.granted && customers.length > 1) return 'several_people'
  }
  return undefined
}

/** Whom a word is about. Ids name one person; else the address of the channel does, else another address of the line. */
function peopleOf(who: Who, word: RowWord, known: Known): readonly number[] {
  const own = contactChannel(word.channel)
  const order: readonly (keyof Who)[] = [
    'customer',
    'user',
    ...(own ? [own] : []),
    ...(['email', 'phone'] as const).filter((kind) => kind !== own),
  ]
  for (const kind of order) {
    const value = who[kind]
    if (value === undefined || (kind === 'phone' && isLent(value))) continue
    const found = known.behind(kind, value)
    if (found.length > 0) return found
  }
  return []
}

type About = { readonly customers: readonly number[]; readonly word: RowWord }

/** A word that is in the ledger, or a refusal without a date that stands already and whose address is closed. */
function isKnown(who: Who, { customers, word }: About, known: Known): boolean {
  const kind = contactChannel(word.channel)
  const value = kind === null ? undefined : who[kind]
  const closed =
    kind === null || value === undefined || known.closedSince(kind, value, word.channel) !== null
  const closes = !word.granted && word.scope === 'ad_day'
  if (closes && !closed) return false
  if (!word.granted && word.at === null)
    return (
      (closes || customers.length > 0) &&
      customers.every((one) => known.refusedAt(one, word) !== null)
    )
  return customers.length > 0 && customers.every((one) => known.said(one, word))
}

function isOutweighed(who: Who, { customers, word }: About, known: Known): boolean {
  const at = word.at ?? 0
  const kind = contactChannel(word.channel)
  const value = kind === null ? undefined : who[kind]
  const since = kind && value !== undefined ? known.closedSince(kind, value, word.channel) : null
  if (since !== null && since >= at) return true
  return customers.some((one) => (known.refusedAt(one, word) ?? -Infinity) >= at)
}

function keyOf(who: Who, customers: readonly number[], word: RowWord): string {
  const whom = customers.length > 0 ? customers.join(',') : whoKey(who)
  return [whom, word.channel, word.scope, word.granted, word.at].join(':')
}

function whoKey({ user, email, phone }: Who): string {
  return JSON.stringify([user, email?.toLowerCase(), phone])
}
