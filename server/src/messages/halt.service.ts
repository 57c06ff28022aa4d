import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { isHalted } from './halt.store.ts'

/** What was last read of a halt holds for so long: 2 s after it at the latest nothing leaves, with time to spare. */
const trustMs = 250

/**
 * Whether a shop's messages may leave, asked right before each: one read serves a quarter of a second of hand-overs.
 * Claims do not ask this; they look under their own transaction.
 */
export function haltWatch({ db, clock }: { readonly db: Database; readonly clock: Clock }) {
  const known = new Map<ShopId, { readonly at: number; readonly halted: Promise<boolean> }>()
  return async (shop: ShopId): Promise<boolean> => {
    const now = clock.now()
    const last = known.get(shop)
    if (last && Math.abs(now - last.at) < trustMs) return await last.halted
    const halted = isHalted(db, shop)
    // Nobody who could not be told may let anything leave.
    const told = halted.catch(() => {
      known.delete(shop)
      return true
    })
    known.set(shop, { at: now, halted: told })
    return await told
  }
}
export type HaltWatch = ReturnType<typeof haltWatch>
