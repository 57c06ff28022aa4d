import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { minuteMs } from '../lib/duration.ts'
import type { Scope } from './access.ts'
import { findKey, insertKey, listKeys, revokeKey, touchKey } from './keys.store.ts'
import { newSecret, secretHash } from './secret.driver.ts'

export type KnownKey = { readonly shop: ShopId; readonly keyId: number; readonly scope: Scope }

const prefixes: Readonly<Record<Scope, string>> = { browser: 'dgb_', write: 'dgw_', admin: 'dga_' }
const keyShape = /^dg[bwa]_[A-Za-z0-9_-]{32}$/
/** A revoked key is refused by every process after at most this long. */
const trustMs = 5_000
/** Keys remembered at once; the oldest is dropped first. */
const maxRemembered = 10_000

/** API keys: made once, shown once (browser keys are public), kept as hashes. */
export function keys(needs: { readonly db: Database; readonly clock: Clock }) {
  const { db, clock } = needs
  const remembered = new Map<
    string,
    { readonly key: KnownKey | undefined; readonly until: number }
  >()
  const touched = new Map<number, number>()

  async function resolve(text: string): Promise<KnownKey | undefined> {
    if (!keyShape.test(text)) return undefined
    const now = clock.now()
    const known = remembered.get(text)
    if (known && known.until > now && known.until <= now + trustMs) return known.key
    const found = await findKey(db, secretHash(text))
    const key = found && { shop: found.shop, keyId: found.id, scope: found.scope }
    remembered.delete(text)
    remembered.set(text, { key, until: now + trustMs })
    if (remembered.size > maxRemembered) remembered.delete(remembered.keys().next().value ?? '')
    if (key) await noteUse(key, now)
    return key
  }

  // The time of last use is for people; once a minute is often enough.
  async function noteUse(key: KnownKey, now: number): Promise<void> {
    if (now - (touched.get(key.keyId) ?? 0) < minuteMs) return
    touched.set(key.keyId, now)
    await touchKey(db, key.shop, { id: key.keyId, now })
  }

  return {
    resolve,
    /** The key itself is returned here and never again (but for browser keys, which are public). */
    create: async (
      shop: ShopId,
      name: string,
      scope: Scope,
    ): Promise<{ id: number; key: string }> => {
      const key = prefixes[scope] + newSecret()
      const shown = scope === 'browser' ? key : `${key.slice(0, 8)}…`
      const id = await insertKey(db, shop, {
        name,
        scope,
        hash: secretHash(key),
        shown,
        now: clock.now(),
      })
      return { id, key }
    },
    list: (shop: ShopId) => listKeys(db, shop),
    revoke: async (shop: ShopId, id: number) => {
      remembered.clear()
      return revokeKey(db, shop, { id, now: clock.now() })
    },
  }
}
export type Keys = ReturnType<typeof keys>
