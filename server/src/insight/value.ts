import {
  aliveProbability,
  type BgNbd,
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
  type GammaGamma,
  type GammaGammaFit,
  gammaGammaOf,
  logsOfGammaGamma,
  type Spending,
} from '../statistics/gamma-gamma.ts'
import { deltaErrors } from '../statistics/maximise.ts'
import { checkOf } from './value-check.ts'
import { horizons, leastValue, type ValueReport } from './value-report.ts'
import {
  aheadOf,
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
    aliveShares: sharesOf(buyers, model),
    ahead: horizons.map((days, at) => ({
      days,
      orders: estimate(2 + 2 * at, false),
      revenue: spend ? estimate(3 + 2 * at, true) : null,
    })),
    perOrder: spend ? estimate(1, true) : null,
    tenths: tenthsOf(buyers, model, spend?.model ?? null),
    model: { ...model, spend: spend?.model ?? null },
  }
}

function sharesOf(buyers: readonly Buyers[], model: BgNbd): number[] {
  const shares = Array.from({ length: 10 }, () => 0)
  for (const buyer of buyers) {
    const place = Math.min(9, Math.floor(aliveProbability(model, buyer) * 10))
    shares[place] = (shares[place] ?? 0) + buyer.people
  }
  return shares
}

/** Customers in ten parts by what they are expected to bring (or to order, where spending is not foretold). */
function tenthsOf(buyers: readonly Buyers[], model: BgNbd, spend: GammaGamma | null) {
  const expected = aheadOf(model, horizons.at(-1) ?? 0)
  const each = buyers
    .map((buyer) => {
      const orders = aliveProbability(model, buyer) * expected(buyer)
      const revenue = spend ? orders * expectedSpend(spend, spentBy(buyer)) : 0
      return { people: buyer.people, orders, revenue, rank: spend ? revenue : orders }
    })
    .sort((a, b) => b.rank - a.rank)
  const people = each.reduce((sum, one) => sum + one.people, 0)
  const tenths = Array.from({ length: 10 }, () => ({ people: 0, orders: 0, revenue: 0, least: 0 }))
  let before = 0
  for (const group of each) {
    let left = group.people
    while (left > 0) {
      const place = Math.min(9, Math.floor((before * 10) / people))
      const room = place === 9 ? left : Math.ceil(((place + 1) * people) / 10) - before
      const taken = Math.min(left, Math.max(1, room))
      const tenth = tenths[place]
      if (tenth) {
        tenth.people += taken
        tenth.orders += taken * group.orders
        tenth.revenue += taken * group.revenue
        tenth.least = group.rank
      }
      before += taken
      left -= taken
    }
  }
  return tenths
}

/** What one customer is expected to do: P(alive), orders in 90 days and between which they end 8 times in 10, net revenue in 365 (null where spending is not foretold). */
export function outlookOf(model: NonNullable<ValueReport['said']>['model'], buyer: Buyers) {
  const alive = aliveProbability(model, buyer)
  const ahead = (days: number) => alive * expectedIfAlive(model, buyer, days)
  const revenue = model.spend ? ahead(365) * expectedSpend(model.spend, spentBy(buyer)) : null
  return { alive, orders: ahead(90), range: ordersRange(model, buyer, 90), revenue }
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
