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

test('the eight schools of Rubin (1981) are drawn wholly together: nothing tells them apart', () => {
  const effects = [28, 8, -3, 7, -1, 1, 18, 12]
  const errors = [15, 10, 16, 11, 9, 11, 10, 18]
  const schools = effects.map((value, at) => ({ value, error: errors[at] ?? 1 }))
  for (const { value, low, high } of partiallyPooled(schools)) {
    // The common mean 7.69 with error 4.07 of Gelman et al., Bayesian Data Analysis, 5.5.
    expect(value).toBeCloseTo(7.69, 2)
    expect((high - low) / (2 * 1.959964)).toBeCloseTo(4.07, 2)
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
})
