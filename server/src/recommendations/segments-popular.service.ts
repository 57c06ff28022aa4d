import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import type { Counted } from './baskets.store.ts'
import { popularAmong } from './counts.store.ts'
import { countingLimits as limits, type StoredList } from './edition.ts'
import type { Ranked } from './tables.ts'
import { membersAfter, membersCount, wantedSegments } from './wanted-segments.store.ts'

/** A recipe that nobody asks for costs nothing after so long. */
const wantedMs = 60 * dayMs

/** The segments that recipes ask for now. */
export function segmentsNow(
  db: Database,
  { shop, now }: { readonly shop: ShopId; readonly now: number },
): Promise<readonly number[]> {
  return wantedSegments(db, shop, { since: now - wantedMs, limit: limits.segments })
}

/**
 * What the members of these segments buy now, a list a segment. Who is a member PostgreSQL knows and what was bought ClickHouse: the
 * members go there in slices, because a mirror of them would be one more copy to keep right for what is asked a few times a day.
 * Nobody is in two slices, so their counts add up.
 */
export async function popularInSegments(
  { db, warehouse }: { readonly db: Database; readonly warehouse: Warehouse },
  counted: Counted,
  segments: readonly number[],
): Promise<readonly StoredList[]> {
  const lists: StoredList[] = []
  for (const segment of segments) {
    const items = await popularIn({ db, warehouse }, counted, segment)
    if (items.length > 0) lists.push({ kind: 'popular_in', key: String(segment), items })
  }
  return lists
}

async function popularIn(
  { db, warehouse }: { readonly db: Database; readonly warehouse: Warehouse },
  counted: Counted,
  segment: number,
): Promise<readonly Ranked[]> {
  const { shop } = counted
  const all = await membersCount(db, shop, segment)
  const share = Math.max(1, Math.ceil(all / limits.members))
  const sums = new Map<string, Ranked>()
  let after = 0
  while (true) {
    const asked = { segment, share, after, limit: limits.membersAtOnce }
    const members = await membersAfter(db, shop, asked)
    const last = members.at(-1)
    if (last === undefined) break
    for (const one of await popularAmong(warehouse, counted, members)) {
      const { product, score, count, of } = sums.get(one.product) ?? nothing(one.product)
      const sum = { score: score + one.score, count: count + one.count, of: of + one.of }
      sums.set(product, { product, ...sum })
    }
    after = last
  }
  return [...sums.values()]
    .sort((a, b) => b.score - a.score || (a.product < b.product ? -1 : 1))
    .slice(0, limits.popularInSegment)
}

const nothing = (product: string): Ranked => ({ product, score: 0, count: 0, of: 0 })
