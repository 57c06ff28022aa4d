import type { Catalog } from '../catalog/catalog.service.ts'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs, minuteMs } from '../lib/duration.ts'
import { readItems } from './edition.ts'
import { askToCount, currentEdition, currentLists } from './editions.store.ts'
import { readWholeShelf } from './shelf.service.ts'
import { type ListKind, type Ranked, type Tables, tablesOf } from './tables.ts'
import { wantSegment } from './wanted-segments.store.ts'

/** Prices and stock are at most so old while a shop is served; looked for behind the answer. */
const freshMs = minuteMs
/** Shops held in memory; the one that was asked for longest ago makes room. */
const shopsHeld = 50
/** Segments of which it is remembered that they were asked for today. */
const segmentsHeld = 10_000

type Lists = { readonly edition: number; readonly list: Tables['list'] }
type Held = { readonly lists: Lists; readonly tables: Tables; readonly readAt: number }

/**
 * The tables of the shops that are asked for, in memory. The first question of a shop waits for the database; after that an
 * answer never does: what has grown old is read again behind it, and a new edition is taken whole or not at all.
 */
export function serving(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly catalog: Pick<Catalog, 'sensitiveOf'>
  readonly onError?: (error: unknown) => void
}) {
  const { db, clock, onError } = needs
  const held = new Map<ShopId, Held>()
  const reading = new Map<ShopId, Promise<Held>>()

  const wanted = new Map<string, number>()

  /** A segment that a recipe asks for is noted behind the answer, once a day; one that is new is counted as soon as a worker is free. */
  function want(shop: ShopId, segment: string): void {
    const now = clock.now()
    const key = `${shop}:${segment}`
    if (now - (wanted.get(key) ?? 0) < dayMs) return
    if (wanted.size >= segmentsHeld) wanted.clear()
    wanted.set(key, now)
    wantSegment(db, shop, { segment: Number(segment), now })
      .then(async (isFresh) => {
        if (isFresh) await askToCount(db, shop)
      })
      .catch((error) => onError?.(error))
  }

  async function read(shop: ShopId): Promise<Held> {
    const readAt = clock.now()
    const before = held.get(shop)?.lists
    const current = await currentEdition(db, shop)
    const lists =
      before && before.edition === (current?.id ?? 0) ? before : await readLists(db, shop)
    const list: Tables['list'] = (kind, key) => {
      if (kind === 'popular_in' && key !== undefined) want(shop, key)
      return lists.list(kind, key)
    }
    const tables = tablesOf(list, await readWholeShelf(needs, shop))
    return { lists, tables, readAt }
  }

  function refresh(shop: ShopId): Promise<Held> {
    const under = reading.get(shop)
    if (under) return under
    const work = read(shop)
      .then((fresh) => {
        held.delete(shop)
        held.set(shop, fresh)
        const oldest = held.size > shopsHeld ? held.keys().next().value : undefined
        if (oldest !== undefined) held.delete(oldest)
        return fresh
      })
      .finally(() => reading.delete(shop))
    reading.set(shop, work)
    return work
  }

  return {
    /** What the shop's recommendations are made from now. */
    tables: async (shop: ShopId): Promise<Tables> => {
      const own = held.get(shop)
      if (!own) return (await refresh(shop)).tables
      if (clock.now() - own.readAt >= freshMs) refresh(shop).catch((error) => onError?.(error))
      return own.tables
    },
    /** Reads everything anew before it answers. */
    freshTables: async (shop: ShopId): Promise<Tables> => (await refresh(shop)).tables,
  }
}
export type Serving = ReturnType<typeof serving>

/** Lists are kept as the text they are stored as and read when they are asked for: most never are. */
async function readLists(db: Database, shop: ShopId): Promise<Lists> {
  const rows = await currentLists(db, shop)
  const texts = new Map(rows.map((row) => [`${row.kind}:${row.key}`, row.items]))
  const known = new Map<string, readonly Ranked[]>()
  const none: readonly Ranked[] = []
  return {
    edition: rows[0]?.edition ?? 0,
    list: (kind: ListKind, key = '') => {
      const name = `${kind}:${key}`
      const before = known.get(name)
      if (before) return before
      const text = texts.get(name)
      if (text === undefined) return none
      const items = readItems(text)
      if (known.size >= readLimit) known.clear()
      known.set(name, items)
      return items
    },
  }
}

/** Lists of a shop that are held read. */
const readLimit = 5_000
