import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** State of every message of the shop, oldest first. */
export async function outboxOf({ db }: { readonly db: Database }, shop: ShopId) {
  return await db<
    {
      id: number
      customer: number
      state: string
      reason: string | null
      attempt: number
      not_before: number
      detail: string | null
    }[]
  >`select id, customer, state, reason, attempt, not_before, detail from outbox where shop = ${shop} order by id`
}
