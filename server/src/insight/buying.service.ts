import type { KeptResults } from '../jobs/kept-results.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { hourMs } from '../lib/duration.ts'
import type { IntervalKind } from '../orders/repurchase-interval.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { readPairs } from './pairs.store.ts'
import { PairsReport, pairsOf } from './pairs.ts'
import { namesOf, readAsOf, readTiming } from './timing.store.ts'
import { TimingReport, timingOf } from './timing.ts'

/** Habits change by the week. */
const freshMs = 6 * hourMs

/** How customers buy: after how long again, and what together. */
export function buying(needs: {
  readonly warehouse: Warehouse
  readonly shops: Pick<Shops, 'shop'>
  readonly kept: Pick<KeptResults, 'answer'>
}) {
  const { warehouse, shops, kept } = needs
  return {
    timing: (shop: ShopId, isFresh = false) =>
      kept.answer(shop, {
        report: 'timing',
        question: {},
        schema: TimingReport,
        freshMs,
        isFresh,
        work: async (now, signal) => {
          const asOf = await readAsOf(warehouse, shop, { now, signal })
          const read = (by: IntervalKind) => readTiming(warehouse, shop, { by, asOf, signal })
          return timingOf({
            asOf,
            product: await read('product'),
            category: await read('category'),
            shop: await read('shop'),
          })
        },
      }),
    pairs: async (shop: ShopId, isFresh = false) => {
      const { currency } = await shops.shop(shop)
      return await kept.answer(shop, {
        report: 'pairs',
        question: { currency },
        schema: PairsReport,
        freshMs,
        isFresh,
        work: async (now, signal) => {
          const asOf = await readAsOf(warehouse, shop, { now, signal })
          const { orders, pairs } = await readPairs(warehouse, shop, { asOf, currency, signal })
          const keys = [...new Set(pairs.flatMap(({ one, other }) => [one, other]))]
          return pairsOf(
            { asOf, orders },
            pairs,
            await namesOf(warehouse, { shop, keys }, { signal }),
          )
        },
      })
    },
  }
}
export type Buying = ReturnType<typeof buying>
