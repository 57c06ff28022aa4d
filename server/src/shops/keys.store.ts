import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Scope } from './access.ts'

export type ApiKey = {
  readonly id: number
  readonly name: string
  readonly scope: Scope
  /** Whole for browser keys, the first characters for secret ones. */
  readonly shown: string
  readonly createdAt: number
  readonly lastUsedAt: number | null
  readonly revokedAt: number | null
}

/** A new API key, kept by hash with the beginning that is shown. Gives its id. */
export async function insertKey(
  db: Database,
  shop: ShopId,
  key: { name: string; scope: Scope; hash: Buffer; shown: string; now: number },
): Promise<number> {
  const [row] = await db<{ id: number }[]>`
    insert into api_keys (shop, name, scope, key_hash, shown, created_at)
    values (${shop}, ${key.name}, ${key.scope}, ${key.hash}, ${key.shown}, ${key.now}) returning id`
  return row?.id ?? 0
}

/** Whose key this is, by its hash, in whichever shop; undefined where it is unknown or revoked. */
export async function findKey(
  db: Database,
  hash: Buffer,
): Promise<{ shop: ShopId; id: number; scope: Scope } | undefined> {
  const rows = await db<{ shop: number; id: number; scope: Scope }[]>`
    select shop, id, scope from api_keys where key_hash = ${hash} and revoked_at is null`
  const row = rows[0]
  return row && { ...row, shop: row.shop as ShopId }
}

/** The shop's keys, newest first, the revoked after the others. */
export async function listKeys(db: Database, shop: ShopId): Promise<readonly ApiKey[]> {
  return db<ApiKey[]>`
    select id, name, scope, shown, created_at as "createdAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"
    from api_keys where shop = ${shop} order by revoked_at is not null, id desc`
}

/** Revokes a key; false where it was not there or revoked already. */
export async function revokeKey(
  db: Database,
  shop: ShopId,
  key: { id: number; now: number },
): Promise<boolean> {
  const rows = await db`
    update api_keys set revoked_at = ${key.now} where shop = ${shop} and id = ${key.id} and revoked_at is null returning id`
  return rows.length > 0
}

/** Notes when a key was last used. */
export async function touchKey(
  db: Database,
  shop: ShopId,
  key: { id: number; now: number },
): Promise<void> {
  await db`update api_keys set last_used_at = ${key.now} where shop = ${shop} and id = ${key.id}`
}
