import type { Catalog } from '../catalog/catalog.service.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import { factsSection } from '../facts/person.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { isJsonObject } from '../lib/json.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { choose } from './choose.ts'
import { countNext } from './counting.jobs.ts'
import { readItems } from './edition.ts'
import { askToCount, currentEdition, strongestLists } from './editions.store.ts'
import { type Evidence, evidenceLimit, isOfShop, listBehind, namedEvidence } from './evidence.ts'
import { boughtLimit, onlookerIn } from './onlooker.ts'
import { foldQuery } from './query.ts'
import type { Recipe, StrategyName } from './recipe.ts'
import type { Onlooker, Recommended } from './recommended.ts'
import { serving } from './serving.service.ts'
import { readBought, readSections } from './shelf.store.ts'

/** What people might like: counted behind everything else, served from memory. */
export function recommendations(needs: {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly catalog: Pick<Catalog, 'sensitiveOf'>
  readonly completeTo: (shop: ShopId) => Promise<number>
  readonly onError?: (error: unknown) => void
}) {
  const { db, clock } = needs
  const served = serving(needs)

  /** What each of these people bought, newest first. */
  async function boughtBy(
    source: Database | Tx,
    shop: ShopId,
    customers: readonly CustomerId[],
  ): Promise<ReadonlyMap<number, Onlooker['bought']>> {
    const rows = await readBought(source, shop, { customers, limit: boughtLimit })
    return Map.groupBy(rows, (row) => row.customer)
  }

  return {
    ...served,
    boughtBy,
    /**
     * The products of a recipe for one person, best first; none when there are fewer than it wants at least. Of offers worth the same
     * another comes first for another seed. From memory once the shop was asked for.
     */
    pick: async (
      shop: ShopId,
      asked: {
        readonly recipe: Recipe
        readonly person: Onlooker
        readonly seed?: string
        readonly isOffSite?: boolean
      },
    ): Promise<readonly Recommended[]> => {
      const { recipe, ...about } = asked
      return choose(recipe, await served.tables(shop), { ...about, now: clock.now() })
    },
    /** What is known of a customer: looks, cart, orders, search, favourite category. */
    onlooker: async (shop: ShopId, customer: CustomerId): Promise<Onlooker> => {
      const [text, bought] = await Promise.all([
        readSections(db, shop, customer),
        boughtBy(db, shop, [customer]),
      ])
      const sections: unknown = JSON.parse(text ?? '{}')
      const section = isJsonObject(sections) ? sections[factsSection] : undefined
      return onlookerIn(section, bought.get(customer) ?? [])
    },
    /** The counts behind a way, of one product or search or the strongest of all; nothing for ways that count nothing. */
    evidence: async (
      shop: ShopId,
      asked: { readonly strategy: StrategyName; readonly of?: string | undefined },
    ): Promise<readonly Evidence[]> => {
      const kind = listBehind[asked.strategy]
      if (kind === null) return []
      const of = kind === 'searched' && asked.of ? foldQuery(asked.of) : asked.of
      const key = isOfShop.has(kind) ? '' : of
      const rows = await strongestLists(db, shop, { kind, key, limit: evidenceLimit })
      // Without a product the strongest neighbour of each says most.
      const most = key === undefined ? 1 : evidenceLimit
      const lists = rows.map((row) => ({ ...row, items: readItems(row.items).slice(0, most) }))
      return namedEvidence(await served.tables(shop), lists)
    },
    /** What the current tables rest on; undefined before they were counted first. */
    edition: (shop: ShopId) => currentEdition(db, shop),
    /** Asks for the shop to be counted as soon as a worker is free. */
    countSoon: (shop: ShopId) => askToCount(db, shop),
    /** Counts one shop that is due; whether there was one. */
    turn: () => countNext(needs),
  }
}
export type Recommendations = ReturnType<typeof recommendations>
