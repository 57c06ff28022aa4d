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
  strategy: 'next_after',
  fallback: ['bought_together', 'popular'],
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
  if (baskets.length === 0) return null
  const bestsellers = tables.list('popular').slice(0, shownEach)
  const best = bestsellers.map((one) => one.product)
  const shown = new Set<string>()
  let hits = 0
  let popularHits = 0
  for (const { bought, next } of baskets) {
    const person = { ...unknownOnlooker, bought }
    const own = choose(asked.recipe ?? measuredRecipe, tables, { person, now: asked.since })
    for (const { product } of own) shown.add(product)
    if (own.some(({ product }) => next.includes(product))) hits += 1
    if (best.some((product) => next.includes(product))) popularHits += 1
  }
  const products = Math.max(1, asked.products)
  return {
    buyers: baskets.length,
    hitRate: hits / baskets.length,
    popularHitRate: popularHits / baskets.length,
    coverage: shown.size / products,
    popularCoverage: best.length / products,
    since: asked.since,
    measuredAt: asked.measuredAt,
  }
}
