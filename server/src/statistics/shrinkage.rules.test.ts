import { describe, expect, test } from 'vitest'
import { wilson } from './intervals.ts'
import { maximise } from './maximise.ts'
import {
  betaBinomial,
  betaPrior,
  betaQuantile,
  gammaPoisson,
  gammaPrior,
  middlePrior,
  shrunkCount,
  shrunkRate,
} from './shrinkage.ts'

// Tumours among female rats of 71 experiments (Tarone 1982; Gelman et al., Bayesian Data Analysis, 3rd ed., table 5.1).
const tumours = [
  [0, 20],
  [0, 20],
  [0, 20],
  [0, 20],
  [0, 20],
  [0, 20],
  [0, 20],
  [0, 19],
  [0, 19],
  [0, 19],
  [0, 19],
  [0, 18],
  [0, 18],
  [0, 17],
  [1, 20],
  [1, 20],
  [1, 20],
  [1, 20],
  [1, 19],
  [1, 19],
  [1, 18],
  [1, 18],
  [2, 25],
  [2, 24],
  [2, 23],
  [2, 20],
  [2, 20],
  [2, 20],
  [2, 20],
  [2, 20],
  [2, 20],
  [1, 10],
  [5, 49],
  [2, 19],
  [5, 46],
  [3, 27],
  [2, 17],
  [7, 49],
  [7, 47],
  [3, 20],
  [3, 20],
  [2, 13],
  [9, 48],
  [10, 50],
  [4, 20],
  [4, 20],
  [4, 20],
  [4, 20],
  [4, 20],
  [4, 20],
  [4, 20],
  [10, 48],
  [4, 19],
  [4, 19],
  [4, 19],
  [5, 22],
  [11, 46],
  [12, 49],
  [5, 20],
  [5, 20],
  [6, 23],
  [5, 19],
  [6, 22],
  [6, 20],
  [6, 20],
  [6, 20],
  [16, 52],
  [15, 46],
  [15, 47],
  [9, 24],
  [4, 14],
] as const
const rats = tumours.map(([reached, people]) => ({ reached, people }))
const allRats = { people: 1739, reached: 267 }

// Failures of ten pumps of a power plant and thousands of hours watched (Gaver and O'Muircheartaigh 1987, table 1).
const pumps = (
  [
    [5, 94.32],
    [1, 15.72],
    [5, 62.88],
    [14, 125.76],
    [3, 5.24],
    [19, 31.44],
    [1, 1.048],
    [1, 1.048],
    [4, 2.096],
    [22, 10.48],
  ] as const
).map(([events, exposure]) => ({ events, exposure }))
const allPumps = { exposure: 350.032, events: 75 }

describe('shrinking rates towards each other', () => {
  test('the 70 earlier experiments have the published moments: mean 0.136, deviation 0.103', () => {
    const rates = rats.slice(0, 70).map(({ people, reached }) => reached / people)
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / 70
    const square = rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / 69
    expect(mean).toBeCloseTo(0.136, 3)
    expect(Math.sqrt(square)).toBeCloseTo(0.103, 3)
  })

  test('the likeliest prior lies where Bayesian Data Analysis finds the mode: log(a/b) about -1.8, log(a+b) about 2.8', () => {
    const { at } = maximise(
      ([a = 0, b = 0]) => betaBinomial(rats, { alpha: Math.exp(a), beta: Math.exp(b) }),
      [0, 1],
    )
    const [alpha = 0, beta = 0] = at.map(Math.exp)
    expect(Math.log(alpha / beta)).toBeCloseTo(-1.79, 1)
    expect(Math.log(alpha + beta)).toBeCloseTo(2.8, 0)
  })

  // The hyperprior (alpha + beta)^(-5/2) of section 5.3; on a fine grid of log(a/b) and log(a+b) the means are 2.403 and 14.319.
  test('integrated over all priors with the hyperprior of the book, alpha is 2.4 on average and beta 14.3', () => {
    const { priors, learntFrom } = betaPrior(rats, allRats, 0.5)
    const average = (of: (prior: (typeof priors)[number]) => number) =>
      priors.reduce((sum, prior) => sum + prior.weight * of(prior), 0)
    expect(learntFrom).toBe(71)
    expect(average(({ mean, worth }) => mean * worth)).toBeCloseTo(2.4, 1)
    expect(average(({ mean, worth }) => (1 - mean) * worth)).toBeCloseTo(14.3, 1)
  })

  test('a small group is drawn far towards the others, a large one hardly', () => {
    const prior = betaPrior(rats, allRats)
    const [few, many] = [
      shrunkRate({ people: 2, reached: 2 }, prior),
      shrunkRate({ people: 2000, reached: 2000 }, prior),
    ]
    expect(few.value).toBeLessThan(0.35)
    expect(many.value).toBeGreaterThan(0.98)
    expect(few.low).toBeLessThan(few.value)
    expect(few.high - few.low).toBeGreaterThan(many.high - many.low)
  })

  test('where no group is large enough the whole speaks, worth 20 people', () => {
    const prior = betaPrior([{ people: 4, reached: 2 }], { people: 100, reached: 40 })
    expect(prior).toMatchObject({ learntFrom: 0, priors: [{ mean: 0.4, worth: 20, weight: 1 }] })
    expect(shrunkRate({ people: 0, reached: 0 }, prior).value).toBeCloseTo(0.4, 12)
  })

  test('one group alone says nothing of how groups differ: its interval is no narrower than its own', () => {
    const alone = { people: 60, reached: 18 }
    const { value, low, high } = shrunkRate(alone, betaPrior([alone], alone))
    const own = wilson(alone)
    expect(value).toBeCloseTo(0.3, 1)
    expect(high - low).toBeGreaterThan(0.95 * (own.high - own.low))
  })

  test('groups that do not differ are drawn together', () => {
    const same = Array.from({ length: 40 }, () => ({ people: 100, reached: 30 }))
    const prior = betaPrior(same, { people: 4000, reached: 1200 })
    expect(middlePrior(prior).worth).toBeGreaterThan(1_000)
    // That they do not differ at all is likeliest, not known: the intervals are wider than if it were.
    const { low, high } = shrunkRate({ people: 100, reached: 30 }, prior)
    expect(high - low).toBeGreaterThan(0.02)
    expect(high - low).toBeLessThan(0.12)
  })
})

describe('beta quantiles', () => {
  // R: qbeta(c(.025, .5, .975), 2, 3); qbeta(.05, 0.5, 0.5) is sin(pi * .025)^2.
  test('hold known values', () => {
    expect(betaQuantile(0.025, 2, 3)).toBeCloseTo(0.067586, 5)
    expect(betaQuantile(0.5, 2, 3)).toBeCloseTo(0.3857276, 6)
    expect(betaQuantile(0.975, 2, 3)).toBeCloseTo(0.8058796, 6)
    expect(betaQuantile(0.05, 0.5, 0.5)).toBeCloseTo(Math.sin(Math.PI * 0.025) ** 2, 8)
  })
})

describe('shrinking counts towards each other', () => {
  test('the pumps give the published superpopulation: shape 0.82, rate 1.27', () => {
    const { at } = maximise(
      ([shape = 0, rate = 0]) =>
        gammaPoisson(pumps, { shape: Math.exp(shape), rate: Math.exp(rate) }),
      [0, 0],
    )
    const [shape = 0, rate = 0] = at.map(Math.exp)
    expect(shape).toBeCloseTo(0.82, 2)
    expect(rate).toBeCloseTo(1.27, 1)
  })

  test('integrated over all priors the pumps lie about that superpopulation', () => {
    const { mean, worth } = middlePrior(gammaPrior(pumps, allPumps))
    expect(mean).toBeGreaterThan(0.5)
    expect(mean).toBeLessThan(0.85)
    expect(worth).toBeGreaterThan(0.8)
    expect(worth).toBeLessThan(2)
  })

  test('a pump that was hardly watched is drawn towards the others', () => {
    const prior = gammaPrior(pumps, allPumps)
    expect(shrunkCount({ events: 1, exposure: 1.048 }, prior)).toBeLessThan(1 / 1.048)
    expect(shrunkCount({ events: 22, exposure: 10.48 }, prior)).toBeCloseTo(1.95, 1)
  })
})
