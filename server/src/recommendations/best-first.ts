import { betaPrior, shrunkRate } from '../statistics/shrinkage.ts'
import { countingLimits as limits } from './edition.ts'
import type { Ranked } from './tables.ts'

/**
 * Products by the lower end of their adjusted repurchase rate, as the report of first products ranks them: `count` of `of` first
 * buyers came back, and `score` is that lower end. Those with too few first buyers teach the others but have no place.
 */
export function bestFirst(
  products: readonly {
    readonly product: string
    readonly people: number
    readonly reached: number
  }[],
): readonly Ranked[] {
  const whole = products.reduce(
    (sum, one) => ({ people: sum.people + one.people, reached: sum.reached + one.reached }),
    { people: 0, reached: 0 },
  )
  const prior = betaPrior(products, whole)
  return products
    .filter(({ people }) => people >= limits.leastFirstBuyers)
    .map((one) => ({
      product: one.product,
      score: shrunkRate(one, prior).low,
      count: one.reached,
      of: one.people,
    }))
    .toSorted((a, b) => b.score - a.score || b.of - a.of || (a.product < b.product ? -1 : 1))
    .slice(0, limits.popular)
}
