import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Json, JsonObject } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import { readAudit, writeAudit } from './audit.store.ts'
import type { Shop, ShopChange } from './shop.ts'
import {
  changeSettings,
  changeShop,
  insertShop,
  readShop,
  shopIds,
  updateSettings,
} from './shops.store.ts'

/** Settings are read anew after this long, so that a change made by another process is seen. */
const cacheMs = 2_000

/** Tenants and their settings, and the record of who did what. */
export function shops(needs: { readonly db: Database; readonly clock: Clock }) {
  const { db, clock } = needs
  const cache = new Map<ShopId, { readonly shop: Shop; readonly readAt: number }>()

  async function shop(id: ShopId): Promise<Shop> {
    const cached = cache.get(id)
    if (cached && Math.abs(clock.now() - cached.readAt) < cacheMs) return cached.shop
    const found = await readShop(db, id)
    if (!found) throw new Refusal('not-found', `There is no shop ${id}.`)
    cache.set(id, { shop: found, readAt: clock.now() })
    return found
  }

  return {
    shop,
    ids: () => shopIds(db),
    create: (name: string, isDemo: boolean) =>
      db.begin((tx) => insertShop(tx, { name, isDemo, now: clock.now() })),
    change: async (id: ShopId, change: ShopChange) => {
      await changeShop(db, id, change)
      cache.delete(id)
      return shop(id)
    },
    /** One room's section of the settings; null removes it. The room owns its schema. */
    set: async (id: ShopId, section: string, value: JsonObject | null) => {
      await changeSettings(db, id, { name: section, value })
      cache.delete(id)
    },
    /** Changes one section from what it is at that very moment, whoever else changes it; answers what it is now. */
    update: async <T extends JsonObject>(
      id: ShopId,
      section: string,
      next: (before: Json | undefined) => T,
    ): Promise<T> => {
      const value = await updateSettings(db, id, { name: section, next })
      cache.delete(id)
      return value
    },
    /** One line in the audit log. `object` is `campaign:7`, `customer:12` ... */
    audit: (
      actor: { readonly shop: ShopId; readonly name: string },
      act: string,
      what: { readonly object: string; readonly detail?: JsonObject },
    ) =>
      writeAudit(db, actor.shop, {
        at: clock.now(),
        actor: actor.name,
        act,
        object: what.object,
        detail: what.detail ?? {},
      }),
    auditLog: (id: ShopId, page: { readonly before: number | undefined; readonly limit: number }) =>
      readAudit(db, id, page),
  }
}
export type Shops = ReturnType<typeof shops>
