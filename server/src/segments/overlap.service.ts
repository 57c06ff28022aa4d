import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { Refusal } from '../lib/refusal.ts'
import { readRegions } from './overlap.store.ts'
import { intersections, membersOf } from './overlap.ts'
import type { Segment } from './segment.ts'

/** Most segments that are laid over each other: a picture of more says nothing. */
export const overlapLimit = 5
/** Longest the comparison may take. */
const overlapMaxMs = 10_000

/** How segments lie over each other. */
export function overlaps(needs: {
  readonly db: Database
  readonly get: (shop: ShopId, id: number) => Promise<Segment>
}) {
  const { db, get } = needs
  return {
    /** Sizes of some segments, of each intersection of theirs, and of all together, from the memberships kept now. */
    overlap: async (shop: ShopId, ids: readonly number[]) => {
      const segments = [...new Set(ids)]
      if (segments.length < 2 || segments.length > overlapLimit)
        throw new Refusal('invalid', `Name 2 to ${overlapLimit} different segments.`, 'segments')
      const named = await Promise.all(segments.map((id) => get(shop, id)))
      const regions = await readRegions(db, shop, { segments, maxMs: overlapMaxMs })
      return {
        segments: named.map(({ id, name }, index) => ({
          id,
          name,
          members: membersOf(1 << index, regions),
          /** In this one alone, of those asked. */
          alone: regions.find(({ bits }) => bits === 1 << index)?.members ?? 0,
        })),
        intersections: intersections(segments, regions),
        together: membersOf(0, regions),
      }
    },
  }
}
