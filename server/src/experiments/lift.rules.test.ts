import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../lib/random.ts'
import { normalProbability, normalQuantile, studentQuantile } from '../statistics/distributions.ts'
import { katz, newcombe, probabilityAbove, welch } from '../statistics/intervals.ts'
import { peopleNeeded } from '../statistics/power.ts'
import { armOf } from './arm.ts'
import { liftOf } from './lift.ts'

describe('distributions give the values of the printed tables', () => {
  test.each([
    [0.975, 1.959963985],
    [0.995, 2.575829304],
    [0.8, 0.841621234],
    [0.001, -3.090232306],
  ])('normal quantile of %d', (p, z) => {
    expect(normalQuantile(p)).toBeCloseTo(z, 8)
    expect(normalProbability(z)).toBeCloseTo(p, 9)
  })
  test.each([
    [1, 12.7062],
    [2, 4.302653],
    [5, 2.570582],
    [10, 2.228139],
    [30, 2.042272],
    [120, 1.97993],
    [1e6, 1.959966],
  ])('t quantile at 0.975 with %d degrees of freedom', (freedom, t) => {
    expect(studentQuantile(0.975, freedom)).toBeCloseTo(t, 4)
  })
})

describe('difference of two rates', () => {
  // Newcombe (1998), table II, method 10.
  const published: readonly (readonly [
    readonly [number, number],
    readonly [number, number],
    readonly [number, number],
  ])[] = [
    [
      [56, 70],
      [48, 80],
      [0.0524, 0.3339],
    ],
    [
      [9, 10],
      [3, 10],
      [0.1705, 0.809],
    ],
    [
      [6, 7],
      [2, 7],
      [0.0582, 0.8062],
    ],
    [
      [5, 56],
      [0, 29],
      [-0.0381, 0.1926],
    ],
    [
      [0, 10],
      [0, 20],
      [-0.1611, 0.2775],
    ],
    [
      [0, 10],
      [0, 10],
      [-0.2775, 0.2775],
    ],
    [
      [10, 10],
      [0, 20],
      [0.6791, 1],
    ],
    [
      [10, 10],
      [0, 10],
      [0.6075, 1],
    ],
  ]
  test.each(published)('%j against %j has the published interval', (one, other, expected) => {
    const [[a, m], [b, n]] = [one, other]
    const interval = newcombe({ reached: a, people: m }, { reached: b, people: n })
    expect(interval.low).toBeCloseTo(expected[0], 4)
    expect(interval.high).toBeCloseTo(expected[1], 4)
  })

  test('the interval always holds the difference and stays within -1 and 1', () => {
    const counts = fc
      .integer({ min: 1, max: 5_000 })
      .chain((people) =>
        fc.record({ people: fc.constant(people), reached: fc.integer({ min: 0, max: people }) }),
      )
    fc.assert(
      fc.property(counts, counts, (one, other) => {
        const { value, low, high } = newcombe(one, other)
        expect(low).toBeLessThanOrEqual(value + 1e-12)
        expect(high).toBeGreaterThanOrEqual(value - 1e-12)
        expect(low).toBeGreaterThanOrEqual(-1 - 1e-9)
        expect(high).toBeLessThanOrEqual(1 + 1e-9)
      }),
    )
  })

  test('over many seeded campaigns the interval covers the true effect at the stated rate', () => {
    const random = seededRandom('lift coverage')
    const draw = (people: number, rate: number) => {
      let reached = 0
      for (let i = 0; i < people; i++) if (random.chance(rate)) reached++
      return { people, reached }
    }
    let covered = 0
    const campaigns = 1_000
    for (let i = 0; i < campaigns; i++) {
      const { low, high } = newcombe(draw(900, 0.068), draw(100, 0.05))
      if (low <= 0.018 && 0.018 <= high) covered++
    }
    // 95 % of 1,000 within four standard errors of the binomial.
    expect(covered).toBeGreaterThan(922)
    expect(covered).toBeLessThan(978)
  })
})

test('a ratio has the log interval of Katz', () => {
  // The Physicians' Health Study: heart attacks 104 of 11,037 on aspirin, 189 of 11,034 on placebo; 0.55 (0.43 to 0.70).
  const ratio = katz({ reached: 104, people: 11_037 }, { reached: 189, people: 11_034 })
  expect(ratio?.value).toBeCloseTo(0.55, 2)
  expect(ratio?.low).toBeCloseTo(0.43, 2)
  expect(ratio?.high).toBeCloseTo(0.7, 2)
})

test('means have the interval of Welch', () => {
  // Student's sleep data (1908), R: t.test(extra ~ group, data = sleep) gives -3.3654832 to 0.2054832.
  const group = (values: readonly number[]) => ({
    people: values.length,
    revenue: values.reduce((sum, value) => sum + value, 0),
    revenueSquares: values.reduce((sum, value) => sum + value * value, 0),
  })
  const one = group([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2])
  const other = group([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
  const interval = welch(one, other)
  expect(interval?.low).toBeCloseTo(-3.3654832, 6)
  expect(interval?.high).toBeCloseTo(0.2054832, 6)
})

test('the number of people needed is the textbook one', () => {
  // R: power.prop.test(p1 = .50, p2 = .75, power = .90) gives n = 76.7 a group.
  const needed = peopleNeeded({
    treatmentRate: 0.75,
    holdoutRate: 0.5,
    holdoutShare: 0.5,
    power: 0.9,
  })
  expect(needed / 2).toBeCloseTo(76.7, 1)
  expect(peopleNeeded({ treatmentRate: 0.1, holdoutRate: 0.1, holdoutShare: 0.1 })).toBe(Infinity)
})

test('equal groups are as likely to be better as worse', () => {
  expect(probabilityAbove({ people: 100, reached: 7 }, { people: 100, reached: 7 })).toBe(0.5)
})

test('a campaign without a hold-out says nothing instead of something wrong', () => {
  const none = { people: 0, reached: 0, revenue: 0, revenueSquares: 0 }
  const lift = liftOf({ treatment: { ...none, people: 400, reached: 20 }, holdout: none })
  expect(lift).toMatchObject({
    difference: null,
    ratio: null,
    revenue: null,
    verdict: 'too_little',
  })
})

test('the arm is sticky, independent between experiments and near its share', () => {
  const arms = Array.from({ length: 20_000 }, (_, i) =>
    armOf({ experiment: 'campaign:7', assignmentKey: `key-${i}`, holdoutShare: 0.1 }),
  )
  const share = arms.filter((arm) => arm === 'holdout').length / arms.length
  expect(share).toBeGreaterThan(0.09)
  expect(share).toBeLessThan(0.11)
  const both = arms.filter(
    (arm, i) =>
      arm === 'holdout' &&
      armOf({ experiment: 'campaign:8', assignmentKey: `key-${i}`, holdoutShare: 0.1 }) ===
        'holdout',
  ).length
  expect(both / arms.length).toBeLessThan(0.015)
  expect(armOf({ experiment: 'campaign:7', assignmentKey: 'key-1', holdoutShare: 0.1 })).toBe(
    arms[1],
  )
})

test('enlarging the hold-out takes nobody out of it', () => {
  for (let i = 0; i < 2_000; i++) {
    const asked = { experiment: 'campaign:7', assignmentKey: `key-${i}` }
    if (armOf({ ...asked, holdoutShare: 0.1 }) === 'holdout')
      expect(armOf({ ...asked, holdoutShare: 0.3 })).toBe('holdout')
  }
})
