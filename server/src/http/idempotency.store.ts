import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'

type Before =
  | { readonly kind: 'new' }
  | { readonly kind: 'running' }
  | { readonly kind: 'other' }
  | { readonly kind: 'done'; readonly status: number; readonly response: string }

/** Answers of creations by their Idempotency-Key; kept for a day. */
export function idempotencyStore(db: Database) {
  return {
    begin: async (
      shop: ShopId,
      asked: { key: string; requestHash: Buffer; now: number },
    ): Promise<Before> => {
      const inserted = await db`
        insert into idempotency_keys (shop, key, request_hash, status, response, created_at)
        values (${shop}, ${asked.key}, ${asked.requestHash}, 0, '', ${asked.now})
        on conflict (shop, key) do nothing returning key`
      if (inserted.length > 0) return { kind: 'new' }
      const [row] = await db<{ same: boolean; status: number; response: string }[]>`
        select request_hash = ${asked.requestHash} as same, status, response from idempotency_keys
        where shop = ${shop} and key = ${asked.key}`
      if (!row) return { kind: 'running' }
      if (!row.same) return { kind: 'other' }
      return row.status === 0
        ? { kind: 'running' }
        : { kind: 'done', status: row.status, response: row.response }
    },
    finish: async (
      shop: ShopId,
      done: { key: string; status: number; response: string },
    ): Promise<void> => {
      await db`
        update idempotency_keys set status = ${done.status}, response = ${done.response}
        where shop = ${shop} and key = ${done.key}`
    },
    abandon: async (shop: ShopId, key: string): Promise<void> => {
      await db`delete from idempotency_keys where shop = ${shop} and key = ${key} and status = 0`
    },
    prune: async (now: number): Promise<void> => {
      await db`delete from idempotency_keys where created_at < ${now - dayMs}`
    },
  }
}
export type Idempotency = ReturnType<typeof idempotencyStore>
