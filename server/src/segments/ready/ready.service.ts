import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import type { Definition } from '../definition.ts'
import type { Segments } from '../segments.service.ts'
import { readFigures, readIntervals } from './figures.store.ts'
import type { Said } from './figures.ts'
import { readySegments } from './gallery.ts'
import { readMade } from './ready.store.ts'

/** A ready segment as this shop would make it. */
export type OfferedSegment = {
  readonly id: string
  readonly group: 'journey' | 'usual'
  readonly name: Said
  readonly purpose: Said
  readonly needs: Said | null
  readonly left: Said | null
  /** Where its numbers come from, when they are the shop's own or stand in for them. */
  readonly figure: Said | null
  readonly definition: Definition
  /** The segment that was made of it; null when there is none. */
  readonly made: number | null
  /** Customers it holds now; null when not asked for. */
  readonly count: number | null
}

type Needs = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly segments: Pick<Segments, 'count'>
}

/** The ready segments with a shop's own numbers put in. */
export function ready(needs: Needs) {
  const { db, warehouse, clock } = needs
  const figures = async (shop: ShopId) => {
    const { currency } = await needs.shops.shop(shop)
    return await readFigures(warehouse, shop, { currency, now: clock.now() })
  }
  return {
    /** What the shop's own orders say of it. */
    figures,
    /** After how many days products and categories of the shop are bought again, where 30 intervals were seen. */
    intervals: async (shop: ShopId, limit: number) => {
      const asked = { now: clock.now(), limit }
      const products = await readIntervals(warehouse, shop, { ...asked, by: 'product' })
      const categories = await readIntervals(warehouse, shop, { ...asked, by: 'category' })
      return { products, categories }
    },
    list: async (
      shop: ShopId,
      asked: { readonly counted: boolean },
    ): Promise<readonly OfferedSegment[]> => {
      const [own, made] = await Promise.all([figures(shop), readMade(db, shop)])
      const definitions = readySegments.map((one) => one.definition(own))
      const counts = asked.counted ? (await needs.segments.count(shop, definitions)).counts : []
      return readySegments.map((one, index) => ({
        id: one.id,
        group: one.group,
        name: one.name,
        purpose: one.purpose,
        needs: one.needs ?? null,
        left: one.left ?? null,
        figure: one.figure?.(own) ?? null,
        definition: one.definition(own),
        made: made.get(one.id) ?? null,
        count: counts[index] ?? null,
      }))
    },
  }
}
export type Ready = ReturnType<typeof ready>
