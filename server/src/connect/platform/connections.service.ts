import { randomBytes } from 'node:crypto'
import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import type { JsonObject } from '../../lib/json.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import type { Actor } from '../../web/route.ts'
import {
  askConnection,
  type ConnectionRow,
  lockShop,
  markConnected,
  markDisconnected,
  readConnection,
  readConnections,
  saveSettings,
} from './connections.store.ts'
import { noticesOf } from './notices.store.ts'
import type { Platform, PlatformKind } from './platform.ts'
import { countRecords } from './platform-records.store.ts'
import { beginProgress, readProgress } from './progress.store.ts'
import type { Sessions } from './sessions.service.ts'
import { settingUp } from './set-up.service.ts'
import { lastingTrouble } from './trouble.ts'

const worksOrWorked: ReadonlySet<string> = new Set(['connected', 'broken'])

type ConnectionsNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'seal' | 'open' | 'hash'>
  readonly sessions: Sessions
  readonly platforms: (kind: string) => Platform | undefined
  readonly audit: Shops['audit']
  readonly publicUrl: string
  /** The shop's public key for pages, made where it has none. */
  readonly browserKey: (shop: ShopId) => Promise<string>
  /** There is something to bring. */
  readonly onPlanned: () => void
}

/** The shop's connections: made, looked at, taken away. Keys never leave the vault; pages see what came of them. */
export function connections(needs: ConnectionsNeeds) {
  const { db, clock, vault } = needs

  const hookUrl = (row: ConnectionRow): string =>
    `${needs.publicUrl}/webhooks/${row.kind}/${vault.open(row.hookSealed)}`

  const keysOf = (row: ConnectionRow | undefined): JsonObject =>
    row?.credentials ? (JSON.parse(vault.open(row.credentials)) as JsonObject) : {}

  const setUp = settingUp(needs, { hookUrl, keysOf })

  async function known(shop: ShopId, id: number): Promise<ConnectionRow> {
    const row = await readConnection(db, shop, { id })
    if (!row) throw new Refusal('not-found', `There is no connection ${id}.`)
    return row
  }

  return {
    hookUrl,
    keysOf,
    known,
    ask: asking(needs, keysOf),
    /** Keeps plain things that were said beside the keys. */
    keep: async (shop: ShopId, id: number, said: JsonObject): Promise<void> => {
      const row = await known(shop, id)
      const before = JSON.parse(row.settings) as JsonObject
      await saveSettings(db, row, JSON.stringify({ ...before, ...said }))
    },
    /** The platform gave keys: bringing begins, or goes on where it was when it was connected before. */
    connected: async (actor: Actor, id: number, credentials: JsonObject): Promise<void> => {
      const { shop } = actor
      const row = await known(shop, id)
      const platform = needs.platforms(row.kind)
      if (!platform) throw new Refusal('invalid', `${row.kind} cannot be connected here.`)
      const now = clock.now()
      const resources = platform.plans.map(({ resource }) => resource)
      await db.begin(async (tx) => {
        await lockShop(tx, shop)
        await refuseSecond(tx, shop, row)
        await markConnected(tx, row, { credentials: vault.seal(JSON.stringify(credentials)), now })
        await beginProgress(tx, { shop, connection: id }, { resources, now })
      })
      await needs.audit(actor, 'connection.connected', { object: `connection:${id}` })
      needs.onPlanned()
    },
    settle: setUp.settle,
    keepSetUp: setUp.keep,
    ...atPlatform(needs),
    disconnect: async (actor: Actor, id: number): Promise<void> => {
      await known(actor.shop, id)
      await setUp.unsettle(actor.shop, id)
      await markDisconnected(db, { shop: actor.shop, id })
      await needs.audit(actor, 'connection.disconnected', { object: `connection:${id}` })
    },
    /** Looks now instead of at its time. */
    lookNow: async (shop: ShopId, id: number): Promise<void> => {
      const row = await known(shop, id)
      const resources = needs.platforms(row.kind)?.plans.map(({ resource }) => resource) ?? []
      await beginProgress(db, { shop, connection: id }, { resources, now: clock.now() })
      needs.onPlanned()
    },
    list: async (shop: ShopId) => {
      const [rows, progress, heard] = await Promise.all([
        readConnections(db, shop),
        readProgress(db, shop),
        noticesOf(db, shop),
      ])
      return await Promise.all(
        rows.map(async (row) => ({
          row,
          hookUrl: hookUrl(row),
          progress: progress.filter(({ connection }) => connection === row.id),
          lasting: lastingTrouble(
            row,
            progress.filter(({ connection }) => connection === row.id),
            clock.now(),
          ),
          couponKinds: needs.platforms(row.kind)?.coupons?.kinds ?? [],
          listsNative: needs.platforms(row.kind)?.native !== undefined,
          notices: heard.get(row.id),
          counts: await countRecords(db, { shop, connection: row.id }),
        })),
      )
    },
  }
}
/** Notes that somebody is about to connect: what is given is kept beside the keys in use, which stay until new ones are there. */
function asking(
  { db, clock, vault }: ConnectionsNeeds,
  keysOf: (row: ConnectionRow | undefined) => JsonObject,
) {
  return async (
    shop: ShopId,
    asked: { readonly kind: PlatformKind; readonly name: string; readonly pending: JsonObject },
  ): Promise<ConnectionRow> => {
    const { kind, name, pending } = asked
    const rows = await readConnections(db, shop)
    const before = rows.find((row) => row.kind === kind && row.name === name)
    await refuseSecond(db, shop, { kind, name })
    const secret = randomBytes(24).toString('base64url')
    return await askConnection(db, shop, {
      ...{ kind, name, now: clock.now() },
      credentials: vault.seal(JSON.stringify({ ...keysOf(before), pending })),
      hook: { hash: vault.hash('hook', secret), sealed: vault.seal(secret) },
    })
  }
}

/**
 * A shop lives at one place: numbers of members, products and orders of two would be taken for one another, also after the first was
 * left. Files belong to the shop wherever it lives.
 */
async function refuseSecond(
  db: Database | Tx,
  shop: ShopId,
  asked: Pick<ConnectionRow, 'kind' | 'name'>,
): Promise<void> {
  for (const row of await readConnections(db, shop)) {
    if (row.kind === 'files' || (row.kind === asked.kind && row.name === asked.name)) continue
    const isKnown = (await countRecords(db, { shop, connection: row.id })).size > 0
    if (!isKnown && !worksOrWorked.has(row.state)) continue
    throw new Refusal(
      'invalid',
      `This shop lives at ${row.kind} ${row.name}, and its numbers would mix with another's. Make another shop for it.`,
      'place',
    )
  }
}

/** What a connection can do beside being brought. */
function atPlatform({ db, sessions, platforms }: ConnectionsNeeds) {
  return {
    /** Which kinds of coupons can be given to members there. */
    couponKinds: async (shop: ShopId, id: number): Promise<readonly string[]> => {
      const row = await readConnection(db, shop, { id })
      return row?.state === 'connected' ? (platforms(row.kind)?.coupons?.kinds ?? []) : []
    },
    /** What the platform gives and sends by itself, asked now. */
    native: async (shop: ShopId, id: number) => {
      const opened = await sessions.open(shop, id)
      const native = opened && platforms(opened.connection.kind)?.native
      return opened && native ? await native(opened.session) : []
    },
  }
}

export type Connections = ReturnType<typeof connections>
