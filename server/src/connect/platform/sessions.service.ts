import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { type PlatformCalls, PlatformTrouble } from './call.driver.ts'
import type { PlatformSession } from './call.ts'
import {
  type ConnectionRow,
  markOk,
  markTrouble,
  readConnection,
  saveCredentials,
} from './connections.store.ts'
import type { Platform } from './platform.ts'

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'seal' | 'open'>
  readonly calls: PlatformCalls
  readonly platforms: (kind: string) => Platform | undefined
}

/** Connections as something that can be called, with keys that are renewed by themselves. */
export function sessions(needs: Needs) {
  const { db, clock, vault } = needs

  /**
   * Renewed by one worker at a time, and written before it is used: a platform gives a refresh token once, and who used an old one
   * is locked out.
   */
  async function renewed(
    connection: ConnectionRow,
    platform: Platform,
    used: string | undefined,
  ): Promise<string> {
    const { shop, id } = connection
    return await db.begin(async (tx) => {
      const row = await readConnection(tx, shop, { id, lock: true })
      if (!row?.credentials) throw new PlatformTrouble('denied', 'It is not connected.')
      // Another worker was first.
      if (row.credentials !== used) return row.credentials
      const before = JSON.parse(vault.open(row.credentials)) as JsonObject
      const { renewal } = platform
      if (!renewal) throw new PlatformTrouble('denied', 'The key is not taken.')
      const asked = renewal.ask(before)
      const answer = await needs.calls.bare(keyOf(connection), platform, {
        base: platform.baseOf(connection.name),
        asked,
      })
      const after = renewal.read(answer, before, clock.now())
      if (!after) throw new PlatformTrouble('denied', `The key was not renewed: ${answer.status}.`)
      const sealed = vault.seal(JSON.stringify(after))
      await saveCredentials(tx, connection, sealed)
      return sealed
    })
  }

  function session(connection: ConnectionRow, platform: Platform): PlatformSession {
    let sealed = connection.credentials ?? ''
    const credentials = async (isDenied: boolean): Promise<JsonObject> => {
      const known = JSON.parse(vault.open(sealed)) as JsonObject
      const isDue = (platform.renewal?.dueAt(known) ?? Number.POSITIVE_INFINITY) <= clock.now()
      if (!isDenied && !isDue) return known
      sealed = await renewed(connection, platform, sealed)
      return JSON.parse(vault.open(sealed)) as JsonObject
    }
    const base = platform.baseOf(connection.name)
    return {
      name: connection.name,
      settings: JSON.parse(connection.settings) as JsonObject,
      now: clock.now,
      call: needs.calls.of(keyOf(connection), platform, { base, credentials }),
    }
  }

  return {
    /** undefined when there is none, or none that can be called. */
    open: async (
      shop: ShopId,
      id: number,
    ): Promise<
      { readonly connection: ConnectionRow; readonly session: PlatformSession } | undefined
    > => {
      const connection = await readConnection(db, shop, { id })
      const platform = connection && needs.platforms(connection.kind)
      if (!connection?.credentials || !platform) return undefined
      return { connection, session: session(connection, platform) }
    },
    went: (connection: ConnectionRow) => markOk(db, connection, clock.now()),
    /** What is wrong is shown; a key that is not taken any more breaks the connection until somebody connects again. */
    stumbled: (connection: ConnectionRow, trouble: PlatformTrouble) =>
      markTrouble(db, connection, {
        error: trouble.kind,
        detail: trouble.message,
        isBroken: trouble.kind === 'denied',
        now: clock.now(),
      }),
  }
}
export type Sessions = ReturnType<typeof sessions>

const keyOf = ({ kind, name }: ConnectionRow): string => `${kind}:${name}`
