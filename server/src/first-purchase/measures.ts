import { type Estimate, wilson } from '../statistics/intervals.ts'
import {
  betaPrior,
  gammaPrior,
  type Learnt,
  shrunkCount,
  shrunkRate,
} from '../statistics/shrinkage.ts'
import {
  type Curve,
  type Followed,
  kaplanMeier,
  meanCumulative,
  meanError,
  meanInterval,
  medianDay,
  shareInterval,
} from '../statistics/survival.ts'
import {
  enoughBuyers,
  type FirstPurchaseCounts,
  type FirstPurchaseTotal,
} from './first-purchase.ts'

/** Curves of one product: who came back by each day, and how often; the second ends at the horizon. */
export type Curves = { readonly back: Curve; readonly often: Curve }

/** Both curves; that of how often up to a day, so that all products speak of the same time. */
export function curvesOf(followed: Followed, horizonDays: number | undefined): Curves {
  const often = meanCumulative(followed)
  return {
    back: kaplanMeier(followed),
    often: horizonDays === undefined ? often : often.slice(0, horizonDays + 1),
  }
}

/** A mean or a share by a day, with its interval. */
export type ByDay = Estimate & { readonly day: number }

/** What is worked out of a product's counts. */
export type FirstPurchaseMeasures = {
  readonly repeatPerBuyer: number
  readonly repurchaseRate: number
  readonly repeatRevenuePerBuyer: number
  /** First buyers followed for the whole horizon. */
  readonly matureBuyers: number
  /** Days until half of the first buyers had come back (Kaplan-Meier); null: fewer than half did. */
  readonly medianDaysToSecond: number | null
  /** Share who came back by the horizon, with everybody counted for as long as they are followed. */
  readonly backBy: ByDay | null
  /** Additional orders a first buyer by the horizon, likewise; null while too few are followed for so long. */
  readonly meanBy: ByDay | null
  /** The repurchase rate drawn towards the other products' by as much as few buyers leave open, with its interval. */
  readonly adjRate: number
  readonly adjLow: number
  readonly adjHigh: number
  /** Additional orders a first buyer within the horizon, drawn towards the others'. */
  readonly adjPerBuyer: number
  /** The usual interval of the plain rate (Wilson). */
  readonly rateLow: number
  readonly rateHigh: number
}

export type Priors = { readonly rate: Learnt; readonly count: Learnt }

/** How products differ in this shop: learnt from all of them. */
export function priorsOf(
  products: readonly FirstPurchaseCounts[],
  total: FirstPurchaseTotal,
): Priors {
  return {
    rate: betaPrior(
      products.map((one) => ({ people: one.firstBuyers, reached: one.repeaters })),
      { people: total.firstBuyers, reached: total.repeaters },
    ),
    count: gammaPrior(
      products.map((one) => ({ exposure: one.firstBuyers, events: one.repeatOrders })),
      { exposure: total.firstBuyers, events: total.repeatOrders },
    ),
  }
}

/** What is known of one product beside its counts. */
export type Known = {
  readonly curves: Curves
  readonly followed: Followed
  /** See `repeaterSquares`; undefined: not worked out. */
  readonly squares: number | undefined
  /** The rate compared like with like (`standardised`), in people's worth; undefined: as it was counted. */
  readonly compared?: { readonly people: number; readonly reached: number } | undefined
}

/** Everything that is worked out of one product's counts. */
export function measuresOf(
  counts: FirstPurchaseCounts,
  known: Known,
  priors: Priors,
): FirstPurchaseMeasures {
  const { firstBuyers: n } = counts
  const each = (sum: number) => (n > 0 ? sum / n : 0)
  const plain = { people: n, reached: counts.repeaters }
  const rate = shrunkRate(known.compared ?? plain, priors.rate)
  const between = n > 0 ? wilson(plain) : { low: 0, high: 1 }
  const { back, often } = known.curves
  const last = back[often.length - 1]
  return {
    repeatPerBuyer: each(counts.repeatOrders),
    repurchaseRate: each(counts.repeaters),
    repeatRevenuePerBuyer: each(counts.repeatRevenue),
    matureBuyers: n,
    medianDaysToSecond: medianDay(back),
    backBy: last ? { day: last.day, ...shareInterval(last) } : null,
    meanBy: meanOf(known),
    adjRate: rate.value,
    adjLow: rate.low,
    adjHigh: rate.high,
    adjPerBuyer: shrunkCount({ exposure: n, events: counts.repeatOrders }, priors.count),
    rateLow: between.low,
    rateHigh: between.high,
  }
}

function meanOf({ curves, followed, squares }: Known): ByDay | null {
  const last = curves.often.at(-1)
  if (!last || squares === undefined) return null
  const error = meanError(followed, curves.often, squares)
  return { day: last.day, ...meanInterval(last.value, error) }
}

/** Places by the lower end of the adjusted rate, of products with enough first buyers that are still sold; null: no place. */
export function ranksOf(
  rows: readonly {
    readonly product: string
    readonly firstBuyers: number
    readonly adjLow: number
    readonly isSellable: boolean
  }[],
  least = enoughBuyers,
): ReadonlyMap<string, number> {
  const placed = rows
    .filter((row) => row.firstBuyers >= least && row.isSellable)
    .toSorted(
      (a, b) =>
        b.adjLow - a.adjLow || b.firstBuyers - a.firstBuyers || (a.product < b.product ? -1 : 1),
    )
  return new Map(placed.map((row, at) => [row.product, at + 1]))
}
