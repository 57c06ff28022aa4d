import { aliveProbability, type BgNbd, bgNbdOf } from '../statistics/bg-nbd.ts'
import { squareIfAlive } from '../statistics/bg-nbd-range.ts'
import {
  expectedSpend,
  expectedSpendSquare,
  type GammaGamma,
  gammaGammaOf,
} from '../statistics/gamma-gamma.ts'
import { deltaErrors } from '../statistics/maximise.ts'
import { horizons } from './value-report.ts'
import { aheadOf, type Buyers, foretoldWith, spentBy, total } from './value-sums.ts'

/** Both models as they were found: logarithms of (r, alpha, a, b), then of (p, q, v) where spending is foretold, and how sure they are. */
export type Fitted = {
  readonly at: readonly number[]
  readonly covariance: readonly (readonly number[])[] | null
  readonly model: BgNbd
  readonly spend: GammaGamma | null
  /** Amounts are sure enough for an interval. */
  readonly hasMoney: boolean
}

const parts = 10
const year = horizons.at(-1) ?? 0

/** What is added up over the people of a part under models, and how that varies by people's chance where they are known. */
type Sum = {
  readonly mean: (orders: BgNbd, spend: GammaGamma | null) => (buyer: Buyers) => number
  readonly chance: (buyer: Buyers) => number
}

/** Sums of parts with their prediction intervals: what is not known of the models and what people do by chance. */
function foretoldParts(split: readonly (readonly Buyers[])[], fitted: Fitted, sum: Sum) {
  const sums = (logs: readonly number[]) => {
    const mean = sum.mean(bgNbdOf(logs), fitted.spend && gammaGammaOf(logs.slice(4)))
    return split.map((part) => total(part, mean))
  }
  const errors = fitted.covariance && deltaErrors(sums, fitted.at, fitted.covariance)
  return sums(fitted.at).map((value, at) => {
    const part = split[at] ?? []
    return foretoldWith(value, errors?.[at], {
      chance: total(part, sum.chance),
      most: Number.POSITIVE_INFINITY,
    })
  })
}

/** Customers by P(alive), 0 to 10 %, ... 90 to 100 %, and how many of each part still are customers. */
export function aliveParts(buyers: readonly Buyers[], fitted: Fitted) {
  const { model } = fitted
  const split: Buyers[][] = Array.from({ length: parts }, () => [])
  for (const buyer of buyers)
    split[Math.min(parts - 1, Math.floor(aliveProbability(model, buyer) * parts))]?.push(buyer)
  const alive = foretoldParts(split, fitted, {
    mean: (orders) => (buyer) => aliveProbability(orders, buyer),
    chance: (buyer) => {
      const share = aliveProbability(model, buyer)
      return share * (1 - share)
    },
  })
  return split.map((part, at) => {
    const people = total(part, () => 1)
    const { value, low, high } = alive[at] ?? { value: 0, low: null, high: null }
    if (low === null || high === null) return { people, alive: { value, low: null, high: null } }
    // Whole people: of few the next one matters.
    const ends = { low: Math.floor(low), high: Math.min(people, Math.ceil(high)) }
    return { people, alive: { value, ...ends } }
  })
}

/** Customers in ten parts by what they are expected to bring in a year (or to order, where spending is not foretold). */
export function tenthsOf(buyers: readonly Buyers[], fitted: Fitted) {
  const { model, spend } = fitted
  const rank = rankOf(fitted)
  const split = tenths(buyers, rank)
  const [square, mean] = [aheadOf(model, year, squareIfAlive), aheadOf(model, year)]
  const orders = foretoldParts(split, fitted, {
    mean: (by) => ordersIn(by),
    chance: (buyer) => {
      const alive = aliveProbability(model, buyer)
      return alive * square(buyer) - (alive * mean(buyer)) ** 2
    },
  })
  const revenue =
    spend &&
    foretoldParts(split, unless(fitted.hasMoney, fitted), {
      mean: (by, amounts) => {
        const expected = ordersIn(by)
        return (buyer) => (amounts ? expected(buyer) * expectedSpend(amounts, spentBy(buyer)) : 0)
      },
      chance: (buyer) => {
        const alive = aliveProbability(model, buyer)
        const own = alive * mean(buyer)
        const each = expectedSpendSquare(spend, spentBy(buyer))
        const made = own * expectedSpend(spend, spentBy(buyer))
        return each * (alive * square(buyer) + own / spend.p) - made ** 2
      },
    })
  return split.map((part, at) => ({
    people: total(part, () => 1),
    orders: orders[at] ?? { value: 0, low: null, high: null },
    revenue: revenue?.[at] ?? null,
    least: part.reduce((low, buyer) => Math.min(low, rank(buyer)), Number.POSITIVE_INFINITY),
  }))
}

const unless = (isSure: boolean, fitted: Fitted): Fitted =>
  isSure ? fitted : { ...fitted, covariance: null }

/** Orders of a person within a year. */
function ordersIn(model: BgNbd) {
  const expected = aheadOf(model, year)
  return (buyer: Buyers) => aliveProbability(model, buyer) * expected(buyer)
}

/** By what people are set in order. */
function rankOf({ model, spend }: Fitted) {
  const orders = ordersIn(model)
  return (buyer: Buyers) => orders(buyer) * (spend ? expectedSpend(spend, spentBy(buyer)) : 1)
}

/** Ten parts of as many people, the best first; who are alike may stand in two. */
function tenths(
  buyers: readonly Buyers[],
  rank: (buyer: Buyers) => number,
): readonly (readonly Buyers[])[] {
  const ranked = buyers
    .map((buyer) => ({ buyer, rank: rank(buyer) }))
    .sort((a, b) => b.rank - a.rank)
  const people = total(buyers, () => 1)
  const split: Buyers[][] = Array.from({ length: parts }, () => [])
  let before = 0
  for (const { buyer } of ranked) {
    let left = buyer.people
    while (left > 0) {
      const place = Math.min(parts - 1, Math.floor((before * parts) / people))
      const last = place === parts - 1
      const room = last ? left : Math.ceil(((place + 1) * people) / parts) - before
      const taken = Math.min(left, Math.max(1, room))
      split[place]?.push({ ...buyer, people: taken })
      before += taken
      left -= taken
    }
  }
  return split
}
