import type { Catalog } from '../catalog/catalog.service.ts'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { countLists } from './count.service.ts'
import type { About, Quality } from './edition.ts'
import {
  claimShop,
  currentEdition,
  type EditionRow,
  keepEdition,
  releaseShop,
} from './editions.store.ts'
import { measure } from './measure.service.ts'
import { popularInSegments, segmentsNow } from './segments-popular.service.ts'
import { readWholeShelf } from './shelf.service.ts'

export type CountingNeeds = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly catalog: Pick<Catalog, 'sensitiveOf'>
  /** Log position that history is complete to. */
  readonly completeTo: (shop: ShopId) => Promise<number>
}

/** Longer than all questions of one count may take together. */
const leaseMs = hourMs
/** A count that took a second is made anew after a minute; one that took a quarter of an hour, after half a day. */
const restShare = 60
const rest = { leastMs: 10 * minuteMs, mostMs: 12 * hourMs, emptyMs: minuteMs } as const
/** What was true of the last four weeks yesterday is true today. */
const qualityMs = dayMs

/** Counts one shop that is due anew; whether there was one. A shop whose history did not move keeps its edition. */
export async function countNext(needs: CountingNeeds): Promise<boolean> {
  const { db, clock } = needs
  const now = clock.now()
  const claimed = await claimShop(db, { now, until: now + leaseMs })
  if (!claimed) return false
  let dueAt = now + hourMs
  try {
    const before = await currentEdition(db, claimed.shop)
    const position = await needs.completeTo(claimed.shop)
    const segments = await segmentsNow(db, { shop: claimed.shop, now })
    const isOld = before !== undefined && now - before.computedAt >= dayMs
    const isMissing = segments.some((one) => !before?.about.segments.includes(one))
    dueAt =
      before && before.position === position && !isOld && !isMissing
        ? now + rest.leastMs
        : await countShop(needs, { ...claimed, position, before, segments })
  } finally {
    await releaseShop(db, { ...claimed, dueAt })
  }
  return true
}

async function countShop(
  needs: CountingNeeds,
  work: {
    readonly shop: ShopId
    readonly epoch: number
    readonly position: number
    readonly before: EditionRow | undefined
    readonly segments: readonly number[]
  },
): Promise<number> {
  const { db, warehouse, clock } = needs
  const { shop, epoch, position, segments } = work
  const asOf = clock.now()
  const began = performance.now()
  const counted = await countLists(warehouse, { shop, asOf })
  const quality =
    counted.orders === 0 ? null : await qualityNow(needs, { ...work, asOf, share: counted.share })
  const { orders, ordersOf, visits, share } = counted
  const ofSegments =
    orders === 0 ? [] : await popularInSegments(needs, { shop, asOf, share }, segments)
  const lists = [...counted.lists, ...ofSegments]
  const tookMs = Math.round(performance.now() - began)
  const about: About = {
    orders,
    ordersOf,
    visits,
    lists: Object.fromEntries(
      [...Map.groupBy(lists, (one) => one.kind)].map(([kind, all]) => [kind, all.length]),
    ),
    segments: [...segments],
    quality,
  }
  await keepEdition(db, shop, { position, computedAt: asOf, tookMs, about, lists, epoch })
  if (lists.length === 0) return asOf + rest.emptyMs
  return asOf + Math.min(rest.mostMs, Math.max(rest.leastMs, tookMs * restShare))
}

async function qualityNow(
  { db, warehouse, catalog }: CountingNeeds,
  work: {
    readonly shop: ShopId
    readonly before: EditionRow | undefined
    readonly asOf: number
    readonly share: number
  },
): Promise<Quality | null> {
  const { shop, before, asOf, share } = work
  const known = before?.about.quality
  if (before && known && asOf - known.measuredAt < qualityMs) return known
  const shelf = await readWholeShelf({ db, catalog }, shop)
  return await measure(warehouse, { shop, asOf, share }, shelf)
}
