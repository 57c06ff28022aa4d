import { describe, expect, test } from 'vitest'
import { standardised } from './standardised.ts'

describe('comparing like with like', () => {
  // Admissions of Berkeley's six largest departments, 1973 (Bickel, Hammel and O'Connell 1975, Science 187, 398-404; as in R's
  // UCBAdmissions): more men were admitted in all, yet department by department women were not behind.
  const departments = [
    [512, 825, 89, 108],
    [353, 560, 17, 25],
    [120, 325, 202, 593],
    [138, 417, 131, 375],
    [53, 191, 94, 393],
    [22, 373, 24, 341],
  ] as const
  const kinds = (sex: 0 | 1) =>
    departments.map(([men, ofMen, women, ofWomen]) => ({
      reached: sex === 0 ? men : women,
      people: sex === 0 ? ofMen : ofWomen,
      whole: ofMen + ofWomen,
    }))
  const crude = (sex: 0 | 1) =>
    kinds(sex).reduce((sum, one) => sum + one.reached, 0) /
    kinds(sex).reduce((sum, one) => sum + one.people, 0)

  test('the published reversal: crude 44.5 % and 30.4 %, standardised 38.7 % and 43.0 %', () => {
    expect(crude(0)).toBeCloseTo(0.445, 3)
    expect(crude(1)).toBeCloseTo(0.304, 3)
    expect(standardised(kinds(0), 4526)?.rate).toBeCloseTo(0.387, 3)
    expect(standardised(kinds(1), 4526)?.rate).toBeCloseTo(0.43, 3)
  })

  test('a group of one kind keeps its rate and nearly its number of people', () => {
    const one = standardised([{ people: 200, reached: 50, whole: 1000 }], 1000)
    expect(one?.rate).toBe(0.25)
    expect(one?.worth).toBeGreaterThan(195)
    expect(one?.covered).toBe(1)
  })

  test('what is shared with few people is worth few people', () => {
    const kinds = [
      { people: 990, reached: 500, whole: 500 },
      { people: 10, reached: 1, whole: 500 },
    ]
    const found = standardised(kinds, 2000)
    expect(found?.worth).toBeLessThan(100)
    expect(found?.covered).toBe(0.5)
    expect(standardised([], 10)).toBeNull()
  })
})
