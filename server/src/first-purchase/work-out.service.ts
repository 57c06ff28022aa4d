import type { ListedProduct } from '../catalog/listed-product.ts'
import type { Shop } from '../shops/shop.ts'
import { type Learnt, middlePrior } from '../statistics/shrinkage.ts'
import { standardised } from '../statistics/standardised.ts'
import { influenceOf, meanCumulative } from '../statistics/survival.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import type { Asked } from './buys.store.ts'
import { leftOut, type ProductCounts, tableCounts } from './counts.store.ts'
import { repeaterSquares } from './errors.store.ts'
import { curvesOf, measuresOf, priorsOf, ranksOf } from './measures.ts'
import { channelsOf, kindsOf } from './people.store.ts'
import { refundsOf } from './refunds.store.ts'
import type {
  FirstPurchaseAsked,
  FirstPurchaseReport,
  FirstPurchaseRow,
  FirstPurchaseSettings,
} from './report.ts'

/** Everything a question needs before it can be asked of the lives. */
export type Prepared = {
  readonly shop: Shop
  readonly listed: readonly ListedProduct[]
  readonly completeTo: number
  readonly settings: FirstPurchaseSettings
  readonly asked: Asked
}

/** Products that the table holds, those with most first buyers. */
const productsLimit = 5_000
const neverFirstLimit = 2_000

/** Works the table out of the lives: counts in ClickHouse, estimates from them here. */
export async function workOut(
  warehouse: Warehouse,
  prepared: Prepared,
  query: FirstPurchaseAsked,
): Promise<FirstPurchaseReport> {
  const { shop, listed, asked, settings } = prepared
  const [{ counts, total }, notes, channels, refunds] = await Promise.all([
    tableCounts(warehouse, shop.id, { ...asked, limit: productsLimit }),
    leftOut(warehouse, shop.id, { ...asked, currency: shop.currency }),
    channelsOf(warehouse, shop.id, asked.rules),
    refundsOf(warehouse, shop.id, asked),
  ])
  const curves = counts.map(({ followed }) => curvesOf(followed, asked.horizonDays))
  const longest = Math.max(1, ...curves.map(({ often }) => often.length))
  const [squares, kinds] = await Promise.all([
    repeaterSquares(warehouse, shop.id, {
      ...asked,
      days: longest,
      weights: counts.map(({ code, followed }, at) => ({
        code,
        ...influenceOf(followed, curves[at]?.often ?? meanCumulative(followed)),
      })),
    }),
    query.compare
      ? kindsOf(warehouse, shop.id, {
          ...asked,
          zone: shop.timeZone,
          channels,
        })
      : new Map<string, never>(),
  ])
  const priors = priorsOf(counts, total)
  const known = new Map(listed.map((one) => [one.id, one]))
  const unranked = counts.map((one, at): Omit<FirstPurchaseRow, 'rank'> => {
    const compared = standardised(kinds.get(one.code) ?? [], total.firstBuyers)
    const { followed, code, ...plain } = one
    const own = { curves: curves[at] ?? curvesOf(followed, asked.horizonDays), followed }
    const people = compared ? { people: compared.worth, reached: compared.reached } : undefined
    const shown = known.get(one.product)
    return {
      ...plain,
      ...measuresOf(one, { ...own, squares: squares.get(code) ?? 0, compared: people }, priors),
      ...named(one, shown),
      imageUrl: shown?.imageUrl ?? null,
      isSellable: shown?.isSellable ?? true,
      refundRate: refunds.get(code) ?? null,
      comparedRate: compared?.rate ?? null,
      covered: compared?.covered ?? null,
    }
  })
  const ranks = ranksOf(unranked, query.least)
  const bought = new Set(counts.map(({ product }) => product))
  const each = (sum: number) => (total.firstBuyers > 0 ? sum / total.firstBuyers : 0)
  return {
    rows: unranked.map((row) => ({ ...row, rank: ranks.get(row.product) ?? null })),
    neverFirst: listed
      .filter(({ id, parent, isSellable }) => isSellable && parent === null && !bought.has(id))
      .slice(0, neverFirstLimit)
      .map(({ id, name, category }) => ({ product: id, name, category: category ?? '' })),
    total: {
      ...total,
      repeatPerBuyer: each(total.repeatOrders),
      repurchaseRate: each(total.repeaters),
      repeatRevenuePerBuyer: each(total.repeatRevenue),
    },
    prior: priorTold(priors.rate),
    channels: [...channels],
    notes,
    ordersKnownSince: settings.ordersKnownSince,
    enoughBuyers: query.least,
    asOf: asked.asOf,
    currency: shop.currency,
    completeTo: prepared.completeTo,
  }
}

/** How products differ, as one Beta distribution. */
function priorTold(learnt: Learnt): FirstPurchaseReport['prior'] {
  const { mean, worth } = middlePrior(learnt)
  return { alpha: mean * worth, beta: (1 - mean) * worth, learntFrom: learnt.learntFrom }
}

/** As the catalogue calls it today, else as its newest order did. */
function named(
  { name, category }: ProductCounts,
  shown: Prepared['listed'][number] | undefined,
): { readonly name: string; readonly category: string } {
  return { name: shown?.name || name, category: shown?.category ?? category }
}
