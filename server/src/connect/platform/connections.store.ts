import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { PlatformKind } from './platform.ts'

/**
 * asked: somebody is at the platform, saying yes. broken: calls are refused until somebody connects again. disconnected: nothing is
 * called, and what is known of its objects stays, so that connecting again doubles nothing.
 */
export type ConnectionState = 'asked' | 'connected' | 'broken' | 'disconnected'

export type ConnectionRow = {
  readonly shop: ShopId
  readonly id: number
  readonly kind: PlatformKind
  readonly name: string
  readonly state: ConnectionState
  /** Sealed JSON. */
  readonly credentials: string | null
  /** JSON. */
  readonly settings: string
  readonly hookSealed: string
  readonly askedAt: number
  readonly connectedAt: number | null
  readonly lastOkAt: number | null
  readonly brokenAt: number | null
  readonly error: string | null
  readonly detail: string | null
}

const columns = (db: Database | Tx) => db`
  shop, id, kind, name, state, credentials, settings, hook_sealed as "hookSealed", asked_at as "askedAt",
  connected_at as "connectedAt", last_ok_at as "lastOkAt", broken_at as "brokenAt", error, detail`

/** The connection to this place, made or asked anew; one that is connected stays so until the new keys are there. */
export async function askConnection(
  db: Database,
  shop: ShopId,
  asked: {
    readonly kind: PlatformKind
    readonly name: string
    readonly credentials: string
    readonly hook: { readonly hash: string; readonly sealed: string }
    readonly now: number
  },
): Promise<ConnectionRow> {
  const [row] = await db<ConnectionRow[]>`
    insert into connections (shop, kind, name, state, credentials, hook_hash, hook_sealed, asked_at)
    values (${shop}, ${asked.kind}, ${asked.name}, 'asked', ${asked.credentials}, ${asked.hook.hash}, ${asked.hook.sealed}, ${asked.now})
    on conflict (shop, kind, name) do update set
      credentials = excluded.credentials, asked_at = excluded.asked_at,
      state = case when connections.state = 'disconnected' then 'asked' else connections.state end
    returning ${columns(db)}`
  return row as ConnectionRow
}

/** The shop's connections, oldest first, those taken apart too. */
export async function readConnections(
  db: Database | Tx,
  shop: ShopId,
): Promise<readonly ConnectionRow[]> {
  return await db<ConnectionRow[]>`
    select ${columns(db)} from connections where shop = ${shop} order by id`
}

/** The platform a shop is connected to, works or not; undefined: none. */
export async function connectedKind(db: Database, shop: ShopId): Promise<PlatformKind | undefined> {
  const [row] = await db<{ kind: PlatformKind }[]>`
    select kind from connections where shop = ${shop} and state in ('connected', 'broken') order by id limit 1`
  return row?.kind
}

/** Connections of all shops that work. */
export async function everyConnected(db: Database): Promise<readonly ConnectionRow[]> {
  return await db<ConnectionRow[]>`
    select ${columns(db)} from connections where state = 'connected' order by shop, id`
}

/** `lock`: no other transaction writes what this connection brings until this one ends. */
export async function readConnection(
  db: Database | Tx,
  shop: ShopId,
  asked: { readonly id: number; readonly lock?: boolean },
): Promise<ConnectionRow | undefined> {
  const [row] = await db<ConnectionRow[]>`
    select ${columns(db)} from connections where shop = ${shop} and id = ${asked.id}
    ${asked.lock ? db`for update` : db``}`
  return row
}

/** Who connects a place to this shop now is the only one. */
export async function lockShop(tx: Tx, shop: ShopId): Promise<void> {
  await tx`select id from shops where id = ${shop} for update`
}

/** Whose webhook address this is, by its hash, in whichever shop; undefined where nobody's. */
export async function connectionOfHook(
  db: Database,
  hash: string,
): Promise<ConnectionRow | undefined> {
  const [row] = await db<ConnectionRow[]>`
    select ${columns(db)} from connections where hook_hash = ${hash}`
  return row
}

type Key = { readonly shop: ShopId; readonly id: number }

/** Keeps what the platform's permission was renewed to, sealed. */
export async function saveCredentials(
  db: Database | Tx,
  { shop, id }: Key,
  credentials: string,
): Promise<void> {
  await db`update connections set credentials = ${credentials} where shop = ${shop} and id = ${id}`
}

/** Keeps what was chosen for a connection (JSON text). */
export async function saveSettings(
  db: Database | Tx,
  { shop, id }: Key,
  settings: string,
): Promise<void> {
  await db`update connections set settings = ${settings} where shop = ${shop} and id = ${id}`
}

/** The platform said yes: what was wrong is over. */
export async function markConnected(
  db: Database | Tx,
  { shop, id }: Key,
  told: { readonly credentials: string; readonly now: number },
): Promise<void> {
  await db`
    update connections set state = 'connected', credentials = ${told.credentials}, connected_at = ${told.now},
      last_ok_at = ${told.now}, broken_at = null, error = null, detail = null
    where shop = ${shop} and id = ${id}`
}

/** A call went well; written once a minute at most. */
export async function markOk(db: Database, { shop, id }: Key, now: number): Promise<void> {
  await db`
    update connections set last_ok_at = ${now}, broken_at = null, error = null, detail = null
    where shop = ${shop} and id = ${id} and state = 'connected'
      and (last_ok_at is null or last_ok_at <= ${now - 60_000} or error is not null)`
}

/** Something is wrong; `isBroken`: nothing will go until somebody connects again. */
export async function markTrouble(
  db: Database | Tx,
  { shop, id }: Key,
  told: {
    readonly error: string
    readonly detail: string
    readonly isBroken: boolean
    readonly now: number
  },
): Promise<void> {
  await db`
    update connections set error = ${told.error}, detail = ${told.detail.slice(0, 500)},
      broken_at = coalesce(broken_at, ${told.now}),
      state = case when ${told.isBroken} then 'broken' else state end
    where shop = ${shop} and id = ${id} and state in ('connected', 'broken')`
}

/** The keys are forgotten; what was brought and what is known of it stays. */
export async function markDisconnected(db: Database | Tx, { shop, id }: Key): Promise<void> {
  await db`
    update connections set state = 'disconnected', credentials = null, broken_at = null, error = null, detail = null
    where shop = ${shop} and id = ${id}`
}
