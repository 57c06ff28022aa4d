import { expect, test } from 'vitest'
import { circlesOf, regionsOf } from './overlap.ts'

const segment = (id: number, members: number) => ({ id, name: `${id}`, members, alone: 0 })

test('the rows of the picture count each person once', () => {
  const regions = regionsOf({
    segments: [segment(1, 100), segment(2, 60), segment(3, 30)],
    intersections: [
      { segments: [1, 2], members: 40 },
      { segments: [1, 3], members: 10 },
      { segments: [2, 3], members: 12 },
      { segments: [1, 2, 3], members: 5 },
    ],
    together: 133,
  })
  expect(regions.reduce((sum, { members }) => sum + members, 0)).toBe(133)
  expect(regions[0]).toEqual({ segments: [1], members: 55 })
  expect(regions.find(({ segments }) => segments.length === 3)?.members).toBe(5)
})

test('two circles share what the two segments share', () => {
  const whole = circlesOf([100, 100], 100, 50)
  expect(whole.apart).toBeCloseTo(0, 1)
  const none = circlesOf([100, 25], 0, 50)
  expect(none.radii).toEqual([50, 25])
  expect(none.apart).toBeGreaterThan(75)
  const inside = circlesOf([100, 25], 25, 50)
  expect(inside.apart).toBeLessThanOrEqual(25.1)
})
