import { randomBytes } from 'node:crypto'
import { contactIdentity } from '../../customers/contact.ts'
import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { canonicalJson, type JsonObject } from '../../lib/json.ts'
import type { Vault } from '../../vault/vault.service.ts'
import type { Absorb } from '../platform/absorb.service.ts'
import { askConnection, markConnected, readConnections } from '../platform/connections.store.ts'
import { type PlatformRecord, readRecords } from '../platform/platform-records.store.ts'
import { split } from '../platform/row-halves.ts'
import type { PlatformMember, PlatformRow } from '../platform/rows.ts'
import { knownToPlatforms, numbersKnownToPlatforms } from './file-imports.store.ts'

/** What bringing came to: objects nobody knew, objects that changed, and those that stayed as they were. */
export type Came = { readonly fresh: number; readonly changed: number; readonly same: number }

/** Objects of one file. `undatedAt`: the time that stands for a day the file does not write. */
export type FileRows = {
  readonly rows: readonly PlatformRow[]
  readonly undatedAt: number
}
const filesName = 'files'

/** `phone:` or `email:` and the keyed hash that the address is found by: the id of somebody whose file has no ids. */
export const fileContactId =
  (vault: Pick<Vault, 'hash'>) =>
  (kind: 'email' | 'phone', normalised: string): string =>
    `${kind}:${vault.hash(kind, contactIdentity(kind, normalised))}`

/**
 * What a file says, brought as a platform's word would be: the shop's files together are one connection, so that the same order in two
 * files is one order. What a connected platform told of already is left to it.
 */
export function bringingRows(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'seal' | 'open' | 'hash'>
  readonly absorb: Absorb
}) {
  const { db, clock, vault } = needs

  async function connectionOf(shop: ShopId): Promise<number> {
    const own = (await readConnections(db, shop)).find((one) => one.kind === 'files')
    if (own?.state === 'connected') return own.id
    const secret = randomBytes(24).toString('base64url')
    const hook = { hash: vault.hash('hook', secret), sealed: vault.seal(secret) }
    const credentials = vault.seal('{}')
    const now = clock.now()
    const asked = { kind: 'files', name: filesName, credentials, hook, now } as const
    const { id } = await askConnection(db, shop, asked)
    await markConnected(db, { shop, id }, { credentials, now })
    return id
  }

  /** By which a member with an id may have been known before, in a file without ids. */
  function contactIds(row: PlatformRow): readonly string[] {
    if (row.resource !== 'members' || row.byContact) return []
    const { email, phone } = row
    const own = fileContactId(vault)
    return [
      ...(phone === null ? [] : [own('phone', phone)]),
      ...(email === null ? [] : [own('email', email)]),
    ]
  }

  /** The rows that are ours to tell, with what is known of each. */
  async function sorted(shop: ShopId, connection: number, { rows, undatedAt }: FileRows) {
    const resource = rows[0]?.resource
    if (resource === undefined) return { fresh: [], changed: [], same: 0 }
    const ids = rows.map(({ id }) => id)
    const of = { shop, connection, resource }
    const known = await readRecords(db, of, [...ids, ...rows.flatMap(contactIds)])
    const isHere = (id: string) => known.get(id)?.state === 'here'
    const orders = rows.filter((row) => row.resource === 'orders')
    const elsewhere = new Set([
      ...(await knownToPlatforms(db, shop, { resource, ids })),
      ...(await numbersKnownToPlatforms(db, shop, orders)),
    ])
    const fresh: PlatformRow[] = []
    const changed: PlatformRow[] = []
    for (const said of rows) {
      const before = known.get(said.id)
      const row = contactIds(said).some(isHere) ? { ...said, joinedBefore: true } : said
      const settled = before ? dated(row, before, undatedAt) : row
      if (elsewhere.has(row.id)) continue
      if (before?.state !== 'here' || before.row === null) fresh.push(settled)
      else if (!isSame(settled, before)) changed.push(settled)
    }
    return { fresh, changed, same: rows.length - fresh.length - changed.length }
  }

  function isSame(row: PlatformRow, before: PlatformRecord): boolean {
    const { open, person } = split(row)
    const known =
      before.person === null ? null : (JSON.parse(vault.open(before.person)) as JsonObject)
    return (
      canonicalJson(open) === canonicalJson(JSON.parse(before.row ?? '{}')) &&
      canonicalJson(person) === canonicalJson(known)
    )
  }

  return {
    /** What bringing them would come to; nothing changes. */
    compare: async (shop: ShopId, of: FileRows): Promise<Came> => {
      const own = (await readConnections(db, shop)).find((one) => one.kind === 'files')
      const { fresh, changed, same } = await sorted(shop, own?.id ?? 0, of)
      return { fresh: fresh.length, changed: changed.length, same }
    },
    /** Brings them: happenings and what is known of each in one transaction. Nothing of it sets off messages. */
    bring: async (shop: ShopId, of: FileRows): Promise<Came> => {
      const connection = await connectionOf(shop)
      const { fresh, changed, same } = await sorted(shop, connection, of)
      const rows = [...fresh, ...changed]
      const resource = rows[0]?.resource
      if (resource !== undefined)
        await needs.absorb({
          ...{ shop, connection, resource, rows },
          asOf: clock.now(),
          isHistory: true,
        })
      return { fresh: fresh.length, changed: changed.length, same }
    },
  }
}

/** A member whose day of joining no file writes joined when a file first told of them. */
function dated(row: PlatformRow, before: PlatformRecord, undatedAt: number): PlatformRow {
  if (row.resource !== 'members' || row.joinedAt !== undatedAt || before.row === null) return row
  const { joinedAt } = JSON.parse(before.row) as Pick<PlatformMember, 'joinedAt'>
  return { ...row, joinedAt }
}
