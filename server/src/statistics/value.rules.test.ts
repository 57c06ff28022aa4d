import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  aliveProbability,
  type Buying,
  bgNbdLogLikelihood,
  expectedPurchases,
  fitBgNbd,
  hypergeometric,
  logsOfBgNbd,
} from './bg-nbd.ts'
import { ordersAtLeast, ordersRange } from './bg-nbd-range.ts'
import {
  expectedSpend,
  fitGammaGamma,
  gammaGammaLogLikelihood,
  logsOfGammaGamma,
  type Spending,
} from './gamma-gamma.ts'
import { covarianceAt, deltaErrors, maximise } from './maximise.ts'

const file = new URL('../../../../shared/data/cdnow_sample.txt', import.meta.url)
const isHere = existsSync(file)
const published = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }

/** Customers of the CDNOW sample in weeks: purchases of one day are one, the first 39 weeks end on 1997-09-30. */
function cdnow() {
  const dayOf = (text: string) =>
    Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6))) / 864e5
  const end = dayOf('19970930')
  const people = new Map<string, Map<number, number>>()
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const [, id = '', date = '', , dollars = ''] = line.trim().split(/\s+/)
    const days = people.get(id) ?? new Map<number, number>()
    days.set(dayOf(date), (days.get(dayOf(date)) ?? 0) + Number(dollars))
    people.set(id, days)
  }
  return [...people.values()].map((days) => {
    const seen = [...days].filter(([day]) => day <= end).sort(([a], [b]) => a - b)
    const [first = 0, last = 0] = [seen[0]?.[0], seen.at(-1)?.[0]]
    const spent = seen.slice(1).map(([, sum]) => sum)
    const mean = spent.reduce((sum, one) => sum + one, 0) / spent.length
    return {
      people: 1,
      repeats: seen.length - 1,
      recency: (last - first) / 7,
      age: (end - first) / 7,
      mean,
      logMean: Math.log(mean),
      later: days.size - seen.length,
    }
  })
}

describe.skipIf(!isHere)('CDNOW (skipped where ../shared/data is absent)', () => {
  const people = isHere ? cdnow() : []

  test('the BG/NBD estimates of Fader, Hardie and Lee (2005, table 2) are found', () => {
    const fit = fitBgNbd(people)
    expect(people.length).toBe(2_357)
    expect(fit.logLikelihood).toBeCloseTo(-9_582.4, 1)
    expect(fit.model.r).toBeCloseTo(published.r, 3)
    expect(fit.model.alpha).toBeCloseTo(published.alpha, 2)
    expect(fit.model.a).toBeCloseTo(published.a, 2)
    expect(fit.model.b).toBeCloseTo(published.b, 2)
    expect(fit.isSettled).toBe(true)
    expect(fit.covariance).not.toBeNull()
    // The published summit is this one: nothing near it is higher.
    expect(bgNbdLogLikelihood(people)(published)).toBeLessThanOrEqual(fit.logLikelihood + 1e-9)
  })

  test('their purchases of 78 weeks are foretold from the first 39, a little too few as in the paper', () => {
    const known = people.reduce((sum, one) => sum + one.repeats, 0)
    const expected = people.reduce((sum, one) => sum + expectedPurchases(published, one, 39), known)
    const made = people.reduce((sum, one) => sum + one.later, known)
    expect(expected / made).toBeLessThan(1)
    expect(expected / made).toBeGreaterThan(0.93)
  })

  test('the Gamma-Gamma estimates of Fader and Hardie (2013) are found', () => {
    const spenders = people.filter((one) => one.repeats > 0)
    const fit = fitGammaGamma(spenders)
    expect(spenders.length).toBe(946)
    expect(fit.model.p).toBeCloseTo(6.25, 2)
    expect(fit.model.q).toBeCloseTo(3.74, 2)
    expect(fit.model.v).toBeCloseTo(15.44, 1)
    expect(fit.covariance).not.toBeNull()
  })
})

test('a customer of the paper with two purchases, the last in week 30.43 of 38.86, makes 1.226 in the next 39', () => {
  const one = { repeats: 2, recency: 30.43, age: 38.86 }
  expect(expectedPurchases(published, one, 39)).toBeCloseTo(1.226, 3)
  const alive = aliveProbability(published, one)
  expect(alive).toBeGreaterThan(0.7)
  expect(alive).toBeLessThan(0.75)
  expect(aliveProbability(published, { repeats: 0, recency: 0, age: 500 })).toBe(1)
})

test('what one customer may do adds up to what is expected of them, and is said as a range', () => {
  for (const one of [
    { repeats: 2, recency: 30.43, age: 38.86 },
    { repeats: 0, recency: 0, age: 12 },
    { repeats: 26, recency: 38, age: 38.86 },
  ]) {
    const atLeast = ordersAtLeast(published, one, 39)
    const expected = expectedPurchases(published, one, 39)
    expect(atLeast.reduce((sum, share) => sum + share, 0)).toBeCloseTo(expected, 6)
    const { low, high } = ordersRange(published, one, 39)
    expect(low).toBeLessThanOrEqual(expected)
    expect(high).toBeGreaterThanOrEqual(Math.floor(expected))
  }
  expect(ordersRange(published, { repeats: 2, recency: 30.43, age: 38.86 }, 39)).toEqual({
    low: 0,
    high: 3,
  })
})

test('the mean of all is expected of who has not come again; of others their own counts by how often they came', () => {
  const model = { p: 6.25, q: 3.74, v: 15.44 }
  const all = (model.p * model.v) / (model.q - 1)
  expect(expectedSpend(model, { repeats: 0, mean: 0 })).toBeCloseTo(all, 9)
  expect(all).toBeCloseTo(35.22, 2)
  const weight = (model.p * 2) / (model.p * 2 + model.q - 1)
  expect(expectedSpend(model, { repeats: 2, mean: 80 })).toBeCloseTo(
    weight * 80 + (1 - weight) * all,
    9,
  )
})

// Eight groups that a reader can check by hand: of 1,000 people most bought once.
const small: readonly Buying[] = [
  [620, 0, 0, 60],
  [150, 1, 10, 60],
  [90, 1, 40, 60],
  [50, 2, 30, 60],
  [40, 2, 55, 60],
  [25, 4, 50, 60],
  [15, 6, 57, 60],
  [10, 10, 59, 60],
].map(([people = 0, repeats = 0, recency = 0, age = 0]) => ({ people, repeats, recency, age }))

test('people taken together have the likelihood that they have one by one', () => {
  const single = small.flatMap((group) =>
    Array.from({ length: group.people }, () => ({ ...group, people: 1 })),
  )
  const model = { r: 0.4, alpha: 12, a: 0.9, b: 3.1 }
  expect(bgNbdLogLikelihood(small)(model)).toBeCloseTo(bgNbdLogLikelihood(single)(model), 6)
})

test('the likelihood is that of the formula, written out for one customer', () => {
  const { r, alpha, a, b } = { r: 2, alpha: 3, a: 1, b: 2 }
  // B(1, 2 + 1) / B(1, 2) = 2/3, B(2, 2) / B(1, 2) = 1/3; gamma(3) / gamma(2) * 3^2 = 18.
  const byHand = 18 * ((2 / 3) * (3 + 7) ** -3 + (1 / 3) * (3 + 5) ** -3)
  const one = [{ people: 1, repeats: 1, recency: 5, age: 7 }]
  expect(bgNbdLogLikelihood(one)({ r, alpha, a, b })).toBeCloseTo(Math.log(byHand), 12)
})

test('what a shop is told has an error, and the fit has no better neighbour', () => {
  const fit = fitBgNbd(small)
  const likelihood = bgNbdLogLikelihood(small)
  for (const key of ['r', 'alpha', 'a', 'b'] as const)
    for (const factor of [0.98, 1.02])
      expect(likelihood({ ...fit.model, [key]: fit.model[key] * factor })).toBeLessThan(
        fit.logLikelihood,
      )
  const covariance = fit.covariance ?? []
  const at = logsOfBgNbd(fit.model)
  const [error] = deltaErrors((logs) => [Math.exp(logs[0] ?? 0)], at, covariance)
  expect(error).toBeCloseTo(fit.model.r * Math.sqrt(covariance[0]?.[0] ?? 0), 6)
})

test('customers who are all alike have a model too, with intervals, and both forms of the expectation agree', () => {
  // Everybody buys at the same rate and nobody leaves: r and alpha would grow for ever.
  const alike: readonly Buying[] = [60, 110, 150, 165, 150, 110, 60].map((people, at) => ({
    people,
    repeats: 2 + at,
    recency: 95,
    age: 100,
  }))
  const fit = fitBgNbd(alike)
  expect(fit.covariance).not.toBeNull()
  const next = expectedPurchases(fit.model, { repeats: 5, recency: 95, age: 100 }, 100)
  expect(next).toBeGreaterThan(4)
  expect(next).toBeLessThan(5.5)
  const often = (repeats: number) =>
    expectedPurchases({ r: 3, alpha: 20, a: 0.7, b: 3 }, { repeats, recency: 699, age: 700 }, 400)
  // Around here the one form takes the place of the other.
  const steps = [660, 670, 680, 690].map((repeats) => often(repeats + 10) - often(repeats))
  expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(0.01)
  const alone = { r: 1, alpha: 110, a: 745, b: 9_000 }
  expect(
    Number.isFinite(expectedPurchases(alone, { repeats: 4, recency: 80, age: 100 }, 365)),
  ).toBe(true)
})

test('the unit of money changes nothing but the unit of v', () => {
  // The more often somebody came, the less chance is in their mean.
  const groups: readonly Spending[] = [1, 2, 5].flatMap((repeats) =>
    [12, 17, 21, 25, 30, 36, 43, 54, 72, 120].map((decile) => {
      const mean = 40 + (decile - 40) * (0.6 + 0.4 / repeats)
      return { people: 100, repeats, mean, logMean: Math.log(mean) }
    }),
  )
  const fit = fitGammaGamma(groups)
  const likelihood = gammaGammaLogLikelihood(groups)
  const thousandfold = fitGammaGamma(
    groups.map((one) => ({
      ...one,
      mean: one.mean * 1_000,
      logMean: one.logMean + Math.log(1_000),
    })),
  )
  expect(thousandfold.model.v / fit.model.v).toBeCloseTo(1_000, 0)
  expect(likelihood({ ...fit.model, q: fit.model.q * 1.05 })).toBeLessThan(fit.logLikelihood)
  expect(logsOfGammaGamma(fit.model).every(Number.isFinite)).toBe(true)
})

test('hypergeometric values of Abramowitz and Stegun 15.1: a logarithm and a power', () => {
  expect(hypergeometric({ p: 1, q: 1, c: 2 }, 0.5)).toBeCloseTo(2 * Math.log(2), 12)
  expect(hypergeometric({ p: 2.5, q: 3, c: 3 }, 0.3)).toBeCloseTo(0.7 ** -2.5, 10)
})

test('the simplex climbs out of a valley that bends, and says how sure it is of a summit', () => {
  const rosenbrock = ([x = 0, y = 0]: readonly number[]) => -((1 - x) ** 2) - 100 * (y - x * x) ** 2
  const summit = maximise(rosenbrock, [-1.2, 1])
  expect(summit.at[0]).toBeCloseTo(1, 3)
  expect(summit.at[1]).toBeCloseTo(1, 3)
  const normal = ([x = 0, y = 0]: readonly number[]) => -(x * x) / 8 - (y * y) / 18
  const covariance = covarianceAt(normal, [0, 0])
  expect(covariance?.[0]?.[0]).toBeCloseTo(4, 4)
  expect(covariance?.[1]?.[1]).toBeCloseTo(9, 4)
  expect(covarianceAt(([x = 0]) => -x * x, [0, 0])).toBeNull()
})
