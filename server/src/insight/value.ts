import {
  aliveProbability,
  type BgNbdFit,
  bgNbdOf,
  expectedIfAlive,
  fitBgNbd,
  logsOfBgNbd,
} from '../statistics/bg-nbd.ts'
import { ordersRange } from '../statistics/bg-nbd-range.ts'
import {
  expectedSpend,
  fitGammaGamma,
  type GammaGammaFit,
  gammaGammaOf,
  logsOfGammaGamma,
  type Spending,
} from '../statistics/gamma-gamma.ts'
import { deltaErrors } from '../statistics/maximise.ts'
import { spendRange } from '../statistics/spend-range.ts'
import { checkOf } from './value-check.ts'
import { aliveParts, tenthsOf } from './value-parts.ts'
import { horizons, leastValue, type ValueReport } from './value-report.ts'
import {
  type Buyers,
  chanceOf,
  foretoldWith,
  spentBy,
  sumsOf,
  total,
  type Watched,
} from './value-sums.ts'

/** What is known of a shop's buyers. */
export type Known = {
  readonly currency: string
  readonly days: number
  readonly buyers: readonly Buyers[]
  readonly spending: readonly Spending[]
  readonly hidden: { readonly days: number; readonly watched: readonly Watched[] }
}

/** Fits both models and says what they say of the shop; nothing of less than `leastValue`. */
export function worthOf(known: Known): ValueReport {
  const people = total(known.buyers, () => 1)
  const repeaters = total(known.buyers, ({ repeats }) => (repeats > 0 ? 1 : 0))
  const least = {
    repeaters: Math.max(0, leastValue.repeaters - repeaters),
    days: Math.max(0, leastValue.days - known.days),
  }
  const about = { currency: known.currency, people, repeaters, days: known.days, least }
  if (least.repeaters > 0 || least.days > 0) return { ...about, said: null, check: null }
  const fit = fitBgNbd(known.buyers)
  const spend = spendOf(known.spending)
  return {
    ...about,
    said: saidOf(known.buyers, fit, spend),
    check: checkOf(known.hidden, fit.model),
  }
}

/** Spending without a finite mean (q <= 1) foretells nothing. */
function spendOf(spending: readonly Spending[]): GammaGammaFit | null {
  if (total(spending, () => 1) < leastValue.repeaters) return null
  const fit = fitGammaGamma(spending)
  return fit.model.q > 1 ? fit : null
}

function saidOf(buyers: readonly Buyers[], fit: BgNbdFit, spend: GammaGammaFit | null) {
  const model = fit.model
  const at = [...logsOfBgNbd(model), ...(spend ? logsOfGammaGamma(spend.model) : [])]
  const covariance = fit.covariance && blocks(fit.covariance, spend?.covariance ?? null)
  const sums = (logs: readonly number[]) =>
    sumsOf(buyers, bgNbdOf(logs), spend && gammaGammaOf(logs.slice(4)))
  const values = sums(at)
  const errors = covariance && deltaErrors(sums, at, covariance)
  const chance = chanceOf(buyers, model, spend?.model ?? null)
  const hasMoney = spend !== null && spend.covariance !== null
  const fitted = { at, covariance, model, spend: spend?.model ?? null, hasMoney }
  const estimate = (place: number, isMoney: boolean, most = Number.POSITIVE_INFINITY) =>
    foretoldWith(values[place] ?? 0, isMoney && !hasMoney ? undefined : errors?.[place], {
      chance: chance[place] ?? 0,
      most,
    })
  return {
    isSettled: fit.isSettled && (spend?.isSettled ?? true),
    alive: estimate(
      0,
      false,
      total(buyers, () => 1),
    ),
    aliveParts: aliveParts(buyers, fitted),
    ahead: horizons.map((days, at) => ({
      days,
      orders: estimate(2 + 2 * at, false),
      revenue: spend ? estimate(3 + 2 * at, true) : null,
    })),
    perOrder: spend ? estimate(1, true) : null,
    tenths: tenthsOf(buyers, fitted),
    model: { ...model, spend: spend?.model ?? null },
  }
}

type Model = NonNullable<ValueReport['said']>['model']

/** What one customer is expected to do: P(alive), orders in 90 days, net revenue in 365 (null where spending is not foretold). */
export function outlookOf(model: Model, buyer: Buyers) {
  const alive = aliveProbability(model, buyer)
  const ahead = (days: number) => alive * expectedIfAlive(model, buyer, days)
  const revenue = model.spend ? ahead(365) * expectedSpend(model.spend, spentBy(buyer)) : null
  return { alive, orders: ahead(90), revenue }
}

/** Between which orders of 90 days and which net revenue of 365 such customers end 8 times in 10. */
export function rangesOf(model: Model, buyer: Buyers) {
  const { spend } = model
  return {
    orders: ordersRange(model, buyer, 90),
    revenue:
      spend && spendRange({ orders: model, spend }, buyer, { spent: spentBy(buyer), ahead: 365 }),
  }
}

/** Estimates of two models that know nothing of each other. */
function blocks(
  first: readonly (readonly number[])[],
  second: readonly (readonly number[])[] | null,
): readonly (readonly number[])[] {
  const size = first.length
  const rest = second ?? []
  return [
    ...first.map((row) => [...row, ...rest.map(() => 0)]),
    ...rest.map((row) => [...Array.from({ length: size }, () => 0), ...row]),
  ]
}
