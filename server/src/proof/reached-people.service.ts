import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import type { Compared } from './compared.ts'
import { type OutcomesAsked, readPeople } from './outcomes.store.ts'
import { readReached } from './reached.store.ts'

/** Who signed up or came again, where the comparison is judged by it. */
export async function reachedOf(
  { db, warehouse }: { readonly db: Database; readonly warehouse: Warehouse },
  shop: ShopId,
  {
    asked,
    compared,
    signal,
  }: {
    readonly asked: OutcomesAsked
    readonly compared: Compared
    readonly signal: AbortSignal
  },
) {
  const { metric, windowMs } = compared
  if (metric !== 'sign_up' && metric !== 'revisit') return undefined
  const people = await readPeople(db, shop, asked)
  const event = metric === 'sign_up' ? 'Signed Up' : 'Visit Started'
  const question = { event, windowMs, now: asked.now, people, signal } as const
  return { people, reached: await readReached(warehouse, shop, question) }
}
