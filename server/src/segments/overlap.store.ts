import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Region } from './overlap.ts'

/** SQLSTATE of a statement stopped by its time limit. */
const queryCanceled = '57014'

/** Who is in exactly which of the segments, counted in one pass over their memberships. */
export async function readRegions(
  db: Database,
  shop: ShopId,
  of: { readonly segments: readonly number[]; readonly maxMs: number },
): Promise<readonly Region[]> {
  const segments = [...of.segments]
  try {
    return await db.begin('read only', async (tx) => {
      // A whole number of our own: SET takes no parameters.
      await tx.unsafe(`set local statement_timeout = ${Math.trunc(of.maxMs)}`)
      return await tx<Region[]>`
        select bits, count(*)::bigint as members from (
          select bit_or(1 << (array_position(${segments}::bigint[], segment) - 1)) as bits
          from memberships where shop = ${shop} and segment = any(${segments}::bigint[]) group by customer
        ) as people group by bits`
    })
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === queryCanceled)
      throw new Refusal('busy', 'Comparing these segments takes too long just now.')
    throw error
  }
}
