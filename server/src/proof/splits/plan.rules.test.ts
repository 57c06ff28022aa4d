import { expect, test } from 'vitest'
import { peopleNeededAnytime } from '../../statistics/power.ts'
import { liftOf, sharePlans } from './plan.ts'

// Of 1,000 people one in ten bought once.
const past = { people: 1_000, sum: 100, squares: 100 }

test('the smallest effect that so many people can show is the one that needs as many', () => {
  for (const { share, smallest } of sharePlans(5_000, past)) {
    const asked = { effect: 0.1 * (smallest ?? 0), spread: 4 * 0.09, share }
    expect(Math.abs(peopleNeededAnytime(asked) / 5_000 - 1)).toBeLessThan(0.001)
  }
})

test('an even split needs the fewest people and shows the smallest effect', () => {
  const plans = sharePlans(5_000, past)
  expect(plans.map(({ people }) => people)).toEqual(
    plans.map(({ people }) => people).toSorted((a, b) => b - a),
  )
  expect(plans.at(-1)?.smallest ?? 1).toBeLessThan(plans[0]?.smallest ?? 0)
})

test('nobody is promised an effect that more than everybody would have to show', () => {
  const third = { people: 60, sum: 20, squares: 20 }
  expect(sharePlans(80, third).at(-1)?.smallest).toBeGreaterThan(1)
  expect(
    sharePlans(80, { ...third, sum: 40, squares: 40, isRate: true }).at(-1)?.smallest,
  ).toBeNull()
})

test('where nearly everybody does it anyway, half of what is left to win is planned for', () => {
  const most = { people: 1_000, sum: 960, squares: 960, isRate: true }
  expect(liftOf(most)).toBeCloseTo(0.04 / 0.96 / 2, 12)
  expect(liftOf({ ...past, isRate: true })).toBe(0.3)
  const [, , , even] = sharePlans(100_000, most)
  expect(even?.people ?? 0).toBeGreaterThan(1_000)
  // Everybody did: nothing is left to win.
  expect(sharePlans(100_000, { ...most, sum: 1_000, squares: 1_000 })).toEqual([])
})

test('a handful of people can show nothing, and nothing is foretold from nobody', () => {
  expect(sharePlans(10, past)[0]?.smallest).toBeNull()
  expect(sharePlans(5_000, { ...past, people: 49 })).toEqual([])
  expect(sharePlans(5_000, { ...past, sum: 0 })).toEqual([])
})
