import { contactKey } from '../../customers/contact.ts'
import type { Database, Tx } from '../../database/connection.store.ts'
import type { Accept } from '../../events/accept.service.ts'
import type { Happening } from '../../events/happening.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { canonicalJson, type JsonObject } from '../../lib/json.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { changesOf, departed } from './changes.ts'
import { readConnection } from './connections.store.ts'
import type { PlatformKind } from './platform.ts'
import {
  membersHere,
  type Of,
  type PlatformRecord,
  readRecords,
  toldByNumber,
  toldElsewhere,
  touchRecords,
  writeRecords,
} from './platform-records.store.ts'
import { isResting, type MemberWord, withRest } from './rest.ts'
import { joined, nobody, rowAt, split } from './row-halves.ts'
import type { PlatformPerson, PlatformResource, PlatformRow } from './rows.ts'
import type { Teller } from './told.ts'

type AbsorbNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'seal' | 'open' | 'hash'>
  readonly accept: Pick<Accept, 'appendInTransaction'>
}

/** Rows of one answer of a platform. */
export type Brought = {
  readonly shop: ShopId
  readonly connection: number
  readonly resource: PlatformResource
  readonly rows: readonly PlatformRow[]
  /** Objects the platform was asked for by id and has no longer. */
  readonly gone?: readonly string[]
  /** What webhooks said of members, by id. */
  readonly words?: ReadonlyMap<string, MemberWord>
  /** When the platform was asked, UTC ms: an answer older than what is known changes nothing. */
  readonly asOf: number
  readonly isHistory: boolean
  /** Somebody is to be forgotten: also where nothing is brought any more. */
  readonly isErasure?: boolean
  /** Written in the same transaction, after the rows: a cursor, a notice. Throws to take everything back. */
  readonly also?: (tx: Tx) => Promise<void>
}

/**
 * Takes what a platform says into the log: what is new of each object, and what is now known of it, in one transaction, one
 * connection after another. Whoever brings it again, in whatever order, changes nothing.
 */
export function absorbing(needs: AbsorbNeeds) {
  const { db, clock, vault } = needs
  const protect: Teller['protect'] = (kind, value) => contactKey(vault, kind, value)

  async function absorb(brought: Brought): Promise<number> {
    const { shop, connection, resource, asOf } = brought
    const of: Of = { shop, connection, resource }
    return await db.begin(async (tx) => {
      const own = await readConnection(tx, shop, { id: connection, lock: true })
      if (!own || (own.state !== 'connected' && !brought.isErasure)) throw new NotConnected()
      const latest = lastOfEach(await ofKnownMembers(tx, of, brought.rows))
      const gone = (brought.gone ?? []).filter((id) => !latest.has(id))
      const known = await readRecords(tx, of, [...latest.keys(), ...gone])
      const now = clock.now()
      const told = await toldBefore(tx, of, { rows: latest, known })
      const how = { kind: own.kind, connection, now, isHistory: brought.isHistory, asOf }
      const taken = [
        ...[...latest.values()].map((row) =>
          take(known.get(row.id), row, {
            ...{ ...how, word: brought.words?.get(row.id) },
            ...told(row.id),
          }),
        ),
        ...gone.map((id) => leave(known.get(id), { ...how, word: brought.words?.get(id) })),
      ]
      await writeRecords(
        tx,
        of,
        taken.flatMap(({ record }) => (record ? [record] : [])),
      )
      await touchRecords(tx, of, {
        ids: taken.flatMap(({ seen }) => (seen ? [seen] : [])),
        at: asOf,
      })
      await brought.also?.(tx)
      const happenings = taken.flatMap((one) => one.happenings)
      // The log's head is locked from here to the commit.
      return await needs.accept.appendInTransaction(tx, shop, happenings)
    })
  }

  function take(
    before: PlatformRecord | undefined,
    now: PlatformRow,
    how: How & { readonly isToldElsewhere: boolean; readonly toldAs: string | null },
  ): Taken {
    const known = before?.state === 'here' && before.row !== null ? asRow(before) : undefined
    const isNameless = isForgotten(before, now)
    const row = isNameless ? unnamed(now) : rested(now, known, how)
    const { open, person } = split(row)
    // Keyed: an open hash of an address could be guessed.
    const hash = vault.hash('platform-row', canonicalJson([open, person]))
    if (before && isStale(before, row, how)) return nothing
    if (before?.state === 'here' && before.hash === hash) return { happenings: [], seen: row.id }
    const version = (before?.version ?? 0) + 1
    const seenBefore = known ? (before?.seenAt ?? null) : null
    const teller = { ...how, version, seenBefore, protect }
    const happenings = changesOf(known, row, teller)
    const record: PlatformRecord = {
      ...{ id: row.id, version, state: 'here', hash },
      ...{ at: rowAt(row), updatedAt: row.updatedAt, asOf: how.asOf, seenAt: how.asOf },
      ...{ row: JSON.stringify(open), toldAs: how.toldAs },
      person: person === null || isNameless ? null : vault.seal(JSON.stringify(person)),
    }
    return { happenings, record }
  }

  function leave(before: PlatformRecord | undefined, how: How): Taken {
    if (before?.state !== 'here' || before.row === null || before.asOf > how.asOf) return nothing
    const known = asRow(before)
    // Who is dormant is kept apart and may be shown no more; only who withdrew is to be forgotten.
    if (known.resource === 'members' && isResting(known, { ...how, before: known }))
      return take(before, known, { ...how, isToldElsewhere: false, toldAs: null })
    const version = before.version + 1
    const { toldAs, seenAt: seenBefore } = before
    const teller = { ...how, version, seenBefore, toldAs }
    const record: PlatformRecord = {
      ...before,
      ...{ version, state: 'gone', hash: '', asOf: how.asOf, seenAt: how.asOf },
      // Nothing of a person who left stays but that they were here.
      ...{ row: null, person: null },
    }
    return { happenings: departed(known, teller), record }
  }

  const asRow = (record: PlatformRecord) => rowOf(vault, record)

  return absorb
}
export type Absorb = ReturnType<typeof absorbing>

/** The connection was taken away while something was being brought. */
export class NotConnected extends Error {}

type How = {
  readonly kind: PlatformKind
  readonly connection: number
  readonly now: number
  readonly isHistory: boolean
  readonly asOf: number
  readonly word?: MemberWord | undefined
}
type Taken = {
  readonly happenings: readonly Happening[]
  readonly record?: PlatformRecord
  /** It is there as it was. */
  readonly seen?: string
}
const nothing: Taken = { happenings: [] }

function rowOf(vault: Pick<Vault, 'open'>, record: PlatformRecord): PlatformRow {
  const open = JSON.parse(record.row ?? '{}') as JsonObject
  const person =
    record.person === null ? null : (JSON.parse(vault.open(record.person)) as PlatformPerson)
  return joined(open, person)
}

function rested(row: PlatformRow, before: PlatformRow | undefined, how: How): PlatformRow {
  if (row.resource !== 'members') return row
  return withRest(row, { ...how, before: before?.resource === 'members' ? before : undefined })
}

/** An order keeps its buyer sealed as long as it is known: where there is none, somebody asked to be forgotten. */
const isForgotten = (before: PlatformRecord | undefined, { resource }: PlatformRow): boolean =>
  resource === 'orders' && before?.state === 'here' && before.row !== null && before.person === null

/** What the platform still says of whose it is is neither kept again nor told. */
const unnamed = (row: PlatformRow): PlatformRow =>
  row.resource === 'orders' ? { ...row, memberId: null, buyer: nobody } : row

/** Asked earlier than what is known, or older by the platform's own word. A member who left is another when they join again. */
function isStale(before: PlatformRecord, row: PlatformRow, { asOf }: How): boolean {
  if (asOf < before.asOf) return true
  if (before.state === 'gone') return row.resource === 'members' && row.joinedAt <= (before.at ?? 0)
  return row.updatedAt !== null && before.updatedAt !== null && row.updatedAt < before.updatedAt
}

/** Coupons of who is not known yet come with a later look, and of who was forgotten never. */
async function ofKnownMembers(
  tx: Tx,
  of: Of,
  rows: readonly PlatformRow[],
): Promise<readonly PlatformRow[]> {
  const gifts = rows.flatMap((row) => (row.resource === 'coupons' ? [row.memberId] : []))
  const here = await membersHere(tx, of, gifts)
  return rows.filter((row) => row.resource !== 'coupons' || here.has(row.memberId))
}

/** Of orders: whether somebody else told of them before, and under which number. */
async function toldBefore(
  tx: Tx,
  of: Of,
  {
    rows,
    known,
  }: {
    readonly rows: ReadonlyMap<string, PlatformRow>
    readonly known: ReadonlyMap<string, PlatformRecord>
  },
) {
  const strangers = [...rows.keys()].filter((id) => !known.has(id))
  const orders = ordersIn(rows, strangers)
  const elsewhere = await toldElsewhere(
    tx,
    of,
    orders.map(({ id }) => id),
  )
  const numbered = await toldByNumber(tx, of.shop, orders)
  return (id: string) => ({
    isToldElsewhere: elsewhere.has(id) || numbered.has(id),
    toldAs: known.get(id)?.toldAs ?? numbered.get(id) ?? null,
  })
}

/** Orders among these ids. */
function ordersIn(rows: ReadonlyMap<string, PlatformRow>, ids: readonly string[]) {
  return ids.flatMap((id) => {
    const row = rows.get(id)
    return row?.resource === 'orders' ? [row] : []
  })
}

function lastOfEach(rows: readonly PlatformRow[]): ReadonlyMap<string, PlatformRow> {
  return new Map(rows.map((row) => [row.id, row]))
}
