import { describe, expect, test } from 'vitest'
import { type Random, seededRandom } from '../lib/random.ts'
import { gammaDraw } from '../testing/gamma-draw.ts'
import { betaPrior, gammaPrior, shrunkCount, shrunkRate } from './shrinkage.ts'

/** Products of a shop whose true rates are Beta with a mean and a worth in people. */
type Shop = {
  readonly mean: number
  readonly worth: number
  readonly products: number
  /** First buyers of each product, in turn. */
  readonly buyers: readonly number[]
}

const seeds = 1_000
const unequal = [8, 20, 60, 150, 400]
/** FIGURES=1 works out the whole table of docs/statistics.md (ten minutes), else a part of it. */
const isWhole = Boolean(process.env.FIGURES)
const shops: readonly Shop[] = isWhole
  ? [0.3, 0.05].flatMap((mean) =>
      [10, 30, 100, 300, 1_000].flatMap((worth) =>
        [1, 2, 3, 5, 15, 60, 300].flatMap((products) =>
          [[20], [60], [300], unequal].map((buyers) => ({ mean, worth, products, buyers })),
        ),
      ),
    )
  : [
      { mean: 0.05, worth: 30, products: 1, buyers: [20] },
      { mean: 0.3, worth: 10, products: 2, buyers: [20] },
      { mean: 0.05, worth: 10, products: 3, buyers: [20] },
      { mean: 0.3, worth: 30, products: 5, buyers: [60] },
      { mean: 0.3, worth: 30, products: 15, buyers: [60] },
      { mean: 0.3, worth: 100, products: 15, buyers: [300] },
      { mean: 0.3, worth: 300, products: 15, buyers: unequal },
      { mean: 0.05, worth: 30, products: 15, buyers: [60] },
    ]

function betaDraw(random: Random, { mean, worth }: Shop): number {
  const [a, b] = [gammaDraw(random, mean * worth), gammaDraw(random, (1 - mean) * worth)]
  return a / (a + b)
}

function times(random: Random, people: number, chance: number): number {
  let reached = 0
  for (let i = 0; i < people; i++) if (random.next() < chance) reached++
  return reached
}

function poisson(random: Random, mean: number): number {
  let count = 0
  for (let left = mean - random.exponential(1); left > 0; left -= random.exponential(1)) count++
  return count
}

/** Share of true rates inside their interval with its error between shops, and squared errors of the value and the plain rate. */
function told(shop: Shop) {
  const random = seededRandom(JSON.stringify(shop))
  const shares: number[] = []
  let [width, drawn, plain] = [0, 0, 0]
  for (let seed = 0; seed < seeds; seed++) {
    const truths = Array.from({ length: shop.products }, () => betaDraw(random, shop))
    const groups = truths.map((rate, at) => {
      const people = shop.buyers[at % shop.buyers.length] ?? 0
      return { people, reached: times(random, people, rate) }
    })
    const sum = (of: 'people' | 'reached') => groups.reduce((all, one) => all + one[of], 0)
    const prior = betaPrior(groups, { people: sum('people'), reached: sum('reached') })
    let inside = 0
    groups.forEach((group, at) => {
      const truth = truths[at] ?? 0
      const { value, low, high } = shrunkRate(group, prior)
      if (low <= truth && truth <= high) inside++
      width += high - low
      drawn += (value - truth) ** 2
      plain += (group.reached / group.people - truth) ** 2
    })
    shares.push(inside / shop.products)
  }
  const covered = shares.reduce((all, one) => all + one, 0) / seeds
  const spread = shares.reduce((all, one) => all + (one - covered) ** 2, 0)
  return {
    ...{ covered, error: Math.sqrt(spread / seeds / (seeds - 1)) },
    ...{ width: width / seeds / shop.products, squared: drawn / plain },
  }
}

describe('rates drawn together', () => {
  test.each(shops)(
    'true rates lie inside 95 % intervals as often as they say: %j',
    {
      timeout: 600_000,
    },
    (shop) => {
      const { covered, error, width, squared } = told(shop)
      if (isWhole)
        console.log(
          `${shop.mean} ${shop.worth} ${shop.products} ${shop.buyers.join('/')}: ${(100 * covered).toFixed(1)} ±${(100 * error).toFixed(2)}, width ${(100 * width).toFixed(1)}, squared error ${squared.toFixed(2)}`,
        )
      // Fewer than five say little of each other: what is left is the interval of few people, which jumps from count to count.
      const isFew = shop.products < 5
      expect(covered).toBeGreaterThan(isFew ? 0.9 : 0.95 - 3 * error)
      expect(squared).toBeLessThan(isFew ? 1.35 : 1)
    },
  )
})

describe('counts drawn together', () => {
  test('lie nearer to the truth than the plain counts, by nearly as much as if the prior were known', () => {
    const random = seededRandom('counts drawn together')
    for (const worth of [3, 30, 300]) {
      let [drawn, plain, known] = [0, 0, 0]
      for (let seed = 0; seed < 200; seed++) {
        const truths = Array.from({ length: 30 }, () => gammaDraw(random, 0.6 * worth) / worth)
        const groups = truths.map((rate, at) => {
          const exposure = unequal[at % unequal.length] ?? 0
          return { exposure, events: poisson(random, exposure * rate) }
        })
        const sum = (of: 'exposure' | 'events') => groups.reduce((all, one) => all + one[of], 0)
        const prior = gammaPrior(groups, { exposure: sum('exposure'), events: sum('events') })
        groups.forEach((group, at) => {
          const truth = truths[at] ?? 0
          drawn += (shrunkCount(group, prior) - truth) ** 2
          plain += (group.events / group.exposure - truth) ** 2
          known += ((group.events + 0.6 * worth) / (group.exposure + worth) - truth) ** 2
        })
      }
      if (isWhole) console.log(`counts, worth ${worth}: ${drawn / plain}, known ${known / plain}`)
      expect(drawn / plain).toBeLessThan(1)
      expect(drawn / plain).toBeLessThan(known / plain + 0.1)
    }
  })
})
