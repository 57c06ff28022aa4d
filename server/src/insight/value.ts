import { assert } from '../lib/assert.ts'
import {
  aliveProbability,
  type BgNbd,
  type BgNbdFit,
  type Buying,
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
import { horizons, leastValue, type ValueReport } from './value-report.ts'

/** Customers who bought alike, in days: see `Buying`; `mean` is what their repeated days with an order brought on average. */
export type Buyers = Buying & { readonly mean: number }

/** Customers as they were before the hidden days, and what they did in them: days with an order, and the squares. */
export type Watched = Buying & { readonly later: number; readonly laterSquares: number }

/** What is known of a shop's buyers. */
export type Known = {
  readonly currency: string
  readonly days: number
  readonly buyers: readonly Buyers[]
  readonly spending: readonly Spending[]
  readonly hidden: { readonly days: number; readonly watched: readonly Watched[] }
}

/** Rows of the check: 0, 1, ... and so many or more. */
const checkedRepeats = 7
const z95 = 1.959963984540054

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
  const hasMoney = spend !== null && spend.covariance !== null
  const estimate = (place: number, isMoney: boolean, most = Number.POSITIVE_INFINITY) => {
    const value = values[place] ?? 0
    assert(Number.isFinite(value), 'an estimate is a number')
    const error = isMoney && !hasMoney ? undefined : errors?.[place]
    if (error === undefined) return { value, low: null, high: null }
    // None of these can be below nothing: the interval is that of the logarithm.
    const factor = Math.exp((z95 * error) / Math.max(value, Number.MIN_VALUE))
    return { value, low: value / factor, high: Math.min(most, value * factor) }
  }
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

/** How many live, what an order brings, then orders and revenue of each horizon. */
function sumsOf(
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

/** Who got everything back is known by the mean of all. */
const spentBy = ({ repeats, mean }: Buyers) =>
  mean > 0 ? { repeats, mean } : { repeats: 0, mean: 0 }

/** Purchases within `days` of who lives; the same for all who bought as often since as long, so it is worked out once for them. */
function aheadOf(model: BgNbd, days: number) {
  const made = new Map<number, number>()
  return ({ repeats, age }: Buying): number => {
    const key = repeats * 100_000 + age
    const known = made.get(key)
    if (known !== undefined) return known
    const value = expectedIfAlive(model, { repeats, age }, days)
    made.set(key, value)
    return value
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

/** The model of what lies before the hidden days against what happened in them, by how often people had come until then. */
function checkOf({ days, watched }: Known['hidden'], start: BgNbd): ValueReport['check'] {
  const repeaters = total(watched, ({ repeats }) => (repeats > 0 ? 1 : 0))
  if (days === 0 || repeaters < leastValue.repeaters) return null
  const { model } = fitBgNbd(watched, start)
  const expected = aheadOf(model, days)
  const foretold = watched.map((group) => ({
    ...group,
    predicted: group.people * aliveProbability(model, group) * expected(group),
  }))
  const rows = Array.from({ length: checkedRepeats + 1 }, (_, repeats) => {
    const own = foretold.filter((group) => Math.min(checkedRepeats, group.repeats) === repeats)
    const people = total(own, () => 1)
    const actual = sum(own, (group) => group.later) / people
    const squares = sum(own, (group) => group.laterSquares) / people
    const spread =
      people > 1 ? z95 * Math.sqrt(Math.max(0, squares - actual ** 2) / (people - 1)) : 0
    return {
      repeats,
      people,
      predicted: sum(own, (group) => group.predicted) / people,
      actual,
      low: Math.max(0, actual - spread),
      high: actual + spread,
    }
  }).filter((row) => row.people > 0)
  return {
    days,
    people: total(watched, () => 1),
    predicted: sum(foretold, (group) => group.predicted),
    actual: sum(watched, (group) => group.later),
    rows,
  }
}

/** What one customer is expected to do: P(alive), orders in 90 days and between which they end 8 times in 10, net revenue in 365 (null where spending is not foretold). */
export function outlookOf(model: NonNullable<ValueReport['said']>['model'], buyer: Buyers) {
  const alive = aliveProbability(model, buyer)
  const ahead = (days: number) => alive * expectedIfAlive(model, buyer, days)
  const revenue = model.spend ? ahead(365) * expectedSpend(model.spend, spentBy(buyer)) : null
  return { alive, orders: ahead(90), range: ordersRange(model, buyer, 90), revenue }
}

const sum = <T>(rows: readonly T[], of: (row: T) => number) =>
  rows.reduce((all, row) => all + of(row), 0)

const total = <T extends { readonly people: number }>(rows: readonly T[], of: (row: T) => number) =>
  rows.reduce((all, row) => all + row.people * of(row), 0)

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
