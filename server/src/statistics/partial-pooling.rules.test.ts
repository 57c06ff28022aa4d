import { expect, test } from 'vitest'
import { partiallyPooled, stratifiedDifference } from './partial-pooling.ts'

const group = (people: number, reached: number) => ({ people, reached })

test('people are compared only within a comparison: Simpson has no chance', () => {
  // Both comparisons help by 0.1; thrown together the treatment would look worse.
  const pairs = [
    { treatment: group(1_000, 200), holdout: group(100, 10) },
    { treatment: group(100, 60), holdout: group(1_000, 500) },
  ]
  expect(stratifiedDifference(pairs)?.value).toBeCloseTo(0.1, 12)
  expect(260 / 1_100 - 510 / 1_100).toBeLessThan(0)
  expect(stratifiedDifference([{ treatment: group(5, 1), holdout: group(0, 0) }])).toBeNull()
})

test('the eight schools of Rubin (1981) come out as Stan samples them with flat priors', () => {
  const effects = [28, 8, -3, 7, -1, 1, 18, 12]
  const errors = [15, 10, 16, 11, 9, 11, 10, 18]
  const schools = effects.map((value, at) => ({ value, error: errors[at] ?? 1 }))
  // 20,000 draws, whose own error is 0.07 for a mean and about 0.3 for an end. So wide a half-Cauchy (Gelman 2006) is nearly flat here.
  const sampled = [
    [11.42, -2.2, 32.01],
    [7.96, -4.5, 20.53],
    [6.16, -11.19, 20.64],
    [7.71, -5.84, 21.21],
    [5.15, -9.25, 16.63],
    [6.22, -8.41, 18.61],
    [10.72, -1.07, 26.25],
    [8.48, -6.9, 25.61],
  ]
  const flat = (share: number) => 20 * Math.tan((Math.PI * share) / 2)
  for (const [at, { value, low, high }] of partiallyPooled(schools, 0.95, flat).entries()) {
    const [mean = 0, from = 0, to = 0] = sampled[at] ?? []
    expect(Math.abs(value - mean)).toBeLessThan(0.15)
    expect(Math.abs(low - from)).toBeLessThan(0.6)
    expect(Math.abs(high - to)).toBeLessThan(0.6)
  }
})

test('groups that differ keep most of their own, and who is known little is drawn most', () => {
  const [far, near, vague] = partiallyPooled([
    { value: 0.1, error: 0.005 },
    { value: -0.1, error: 0.005 },
    { value: 0.3, error: 0.3 },
  ])
  expect(far?.value).toBeCloseTo(0.1, 2)
  expect(near?.value).toBeCloseTo(-0.1, 2)
  expect(vague?.value).toBeLessThan(0.1)
  const [alone] = partiallyPooled([{ value: 0.2, error: 0.1 }])
  expect(alone?.value).toBe(0.2)
  expect(alone?.high).toBeCloseTo(0.2 + 1.96 * 0.1, 4)
  // A million people a group and rates a tenth apart: what is drawn is less than an error.
  const [low, high] = partiallyPooled([
    { value: 0, error: 1e-6 },
    { value: 0.1, error: 1e-6 },
  ])
  expect(low?.high).toBeCloseTo(2e-6, 6)
  expect(high?.low).toBeCloseTo(0.1 - 2e-6, 6)
})
