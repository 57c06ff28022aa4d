import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../lib/random.ts'
import { normalProbability, normalQuantile, studentQuantile } from './distributions.ts'
import { newcombe } from './intervals.ts'
import { peopleNeeded } from './power.ts'

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
