import { choose } from './choose.ts'
import type { Quality } from './edition.ts'
import { Recipe } from './recipe.ts'
import { type Onlooker, unknownOnlooker } from './recommended.ts'
import type { Tables } from './tables.ts'

/** Somebody's orders before an instant, newest first, and the products of their first order after it. */
export type NextBasket = {
  readonly bought: Onlooker['bought']
  readonly next: readonly string[]
}

/** Products shown to each. */
const shownEach = 10

/** What is measured: what goes with what somebody bought, and bestsellers where that says too little. */
export const measuredRecipe = Recipe.parse({
  strategy: 'bought_together',
  fallback: ['next_after', 'popular'],
  limit: shownEach,
  filters: { inStock: false },
  atLeast: 0,
})

/** Until when orders were seen, when it is now (UTC ms), how many products there are, and what is tried instead of the usual. */
export type Guessing = {
  readonly since: number
  readonly measuredAt: number
  readonly products: number
  readonly recipe?: Recipe
  /** Only what somebody had not bought before is shown, and counts. */
  readonly onlyNew?: boolean
}

/**
 * How often one of ten products shown was in the next order (hit rate at 10), and what share of the products was shown to anybody
 * (coverage), beside the ten bestsellers shown to everybody. `tables` must know nothing of what came after `since` (UTC ms).
 */
export function qualityOf(
  tables: Tables,
  baskets: readonly NextBasket[],
  asked: Guessing,
): Quality | null {
  const { recipe = measuredRecipe, onlyNew = false, since: now } = asked
  const own = { ...recipe, filters: { ...recipe.filters, notBought: onlyNew } }
  const popular = tables.list('popular').map((one) => one.product)
  const shown = new Set<string>()
  let buyers = 0
  let hits = 0
  let popularHits = 0
  for (const { bought, next } of baskets) {
    const had = new Set(onlyNew ? bought.map((one) => one.product) : [])
    const wanted = new Set(next.filter((product) => !had.has(product)))
    if (wanted.size === 0) continue
    buyers += 1
    const list = choose(own, tables, { person: { ...unknownOnlooker, bought }, now })
    for (const { product } of list) shown.add(product)
    if (list.some(({ product }) => wanted.has(product))) hits += 1
    const best = popular.filter((product) => !had.has(product)).slice(0, shownEach)
    if (best.some((product) => wanted.has(product))) popularHits += 1
  }
  if (buyers === 0) return null
  const products = Math.max(1, asked.products)
  return {
    buyers,
    hitRate: hits / buyers,
    popularHitRate: popularHits / buyers,
    coverage: shown.size / products,
    popularCoverage: Math.min(shownEach, popular.length) / products,
    since: asked.since,
    measuredAt: asked.measuredAt,
  }
}
