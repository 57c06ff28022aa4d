import { assert } from '../lib/assert.ts'
import { aliveProbability, type BgNbd, type Buying, expectedIfAlive } from '../statistics/bg-nbd.ts'
import { squareIfAlive } from '../statistics/bg-nbd-range.ts'
import { expectedSpend, expectedSpendSquare, type GammaGamma } from '../statistics/gamma-gamma.ts'
import { horizons } from './value-report.ts'

/** Customers who bought alike, in days: see `Buying`; `mean` is what their repeated days with an order brought on average. */
export type Buyers = Buying & { readonly mean: number }

/** Customers as they were before the hidden days, and what they did in them: days with an order. */
export type Watched = Buying & { readonly later: number }

const z95 = 1.959963984540054
const tiny = 1e-9

/** How many live, what an order brings, then orders and revenue of each horizon. */
export function sumsOf(
  buyers: readonly Buyers[],
  model: BgNbd,
  spend: GammaGamma | null,
): readonly number[] {
  const ahead = horizons.map((days) => aheadOf(model, days))
  const sums = Array.from({ length: 2 + 2 * horizons.length }, () => 0)
  const add = (place: number, by: number) => {
    sums[place] = (sums[place] ?? 0) + by
  }
  if (spend) add(1, expectedSpend(spend, { repeats: 0, mean: 0 }))
  for (const buyer of buyers) {
    const alive = buyer.people * aliveProbability(model, buyer)
    const each = spend ? expectedSpend(spend, spentBy(buyer)) : 0
    add(0, alive)
    for (const [at, expected] of ahead.entries()) {
      const orders = alive * expected(buyer)
      add(2 + 2 * at, orders)
      add(3 + 2 * at, orders * each)
    }
  }
  return sums
}

/**
 * The variances of the same sums where the model is known: people act by themselves, so those of single people add up. Of revenue it
 * is that of a sum of orders of one person (its square: E[spend^2] (E[n^2] + E[n] / p)).
 */
export function chanceOf(
  buyers: readonly Buyers[],
  model: BgNbd,
  spend: GammaGamma | null,
): readonly number[] {
  const means = horizons.map((days) => aheadOf(model, days))
  const squares = horizons.map((days) => aheadOf(model, days, squareIfAlive))
  const sums = Array.from({ length: 2 + 2 * horizons.length }, () => 0)
  const add = (place: number, by: number) => {
    sums[place] = (sums[place] ?? 0) + by
  }
  for (const buyer of buyers) {
    const alive = aliveProbability(model, buyer)
    const each = spend ? expectedSpend(spend, spentBy(buyer)) : 0
    const eachSquare = spend ? expectedSpendSquare(spend, spentBy(buyer)) : 0
    add(0, buyer.people * alive * (1 - alive))
    for (const [at, mean] of means.entries()) {
      const orders = alive * mean(buyer)
      const square = alive * (squares[at]?.(buyer) ?? 0)
      add(2 + 2 * at, buyer.people * (square - orders ** 2))
      if (!spend) continue
      const revenueSquare = eachSquare * (square + orders / spend.p)
      add(3 + 2 * at, buyer.people * (revenueSquare - (orders * each) ** 2))
    }
  }
  return sums
}

/**
 * A number foretold with its prediction interval: what is not known of the model (`error`, undefined: all of it) and what people do
 * by chance even where it is known (`chance`, a variance). Neither is known where amounts vary without end.
 */
export function foretoldWith(
  value: number,
  error: number | undefined,
  { chance, most }: { readonly chance: number; readonly most: number },
) {
  assert(Number.isFinite(value), 'an estimate is a number')
  const deviation = error === undefined ? Number.POSITIVE_INFINITY : Math.sqrt(error ** 2 + chance)
  if (!Number.isFinite(deviation)) return { value, low: null, high: null }
  // None of these can be below nothing: the interval is that of the square root, which is right for small counts too.
  const [root, half] = [Math.sqrt(value), (z95 * deviation) / 2 / Math.sqrt(Math.max(value, tiny))]
  return { value, low: Math.max(0, root - half) ** 2, high: Math.min(most, (root + half) ** 2) }
}

/** Who got everything back is known by the mean of all. */
export const spentBy = ({ repeats, mean }: Buyers) =>
  mean > 0 ? { repeats, mean } : { repeats: 0, mean: 0 }

/** Purchases within `days` of who lives; the same for all who bought as often since as long, so it is worked out once for them. */
export function aheadOf(model: BgNbd, days: number, of = expectedIfAlive) {
  const made = new Map<number, number>()
  return ({ repeats, age }: Buying): number => {
    const key = repeats * 100_000 + age
    const known = made.get(key)
    if (known !== undefined) return known
    const value = of(model, { repeats, age }, days)
    made.set(key, value)
    return value
  }
}

export const total = <T extends { readonly people: number }>(
  rows: readonly T[],
  of: (row: T) => number,
) => rows.reduce((all, row) => all + row.people * of(row), 0)
