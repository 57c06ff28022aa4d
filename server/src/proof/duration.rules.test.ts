import { describe, expect, test } from 'vitest'
import { peopleForRate } from '../statistics/power.ts'
import { assumedBuyers, assumedOf, durationsOf, entrantsAWeek } from './duration.ts'

// 4,000 people in four weeks; of 5,000 before them one in ten bought once.
const outlook = { entrants: 4_000, entrantsDays: 28, people: 5_000, sum: 500, squares: 500 }

describe('how long a campaign has to run', () => {
  test('is what the people it needs take to come', () => {
    const [few, half] = durationsOf(outlook, { lift: 0.3, shares: [0.1, 0.5] })
    expect(entrantsAWeek(outlook)).toBe(1_000)
    expect(few?.weeks).toBe(Math.ceil((few?.people ?? 0) / 1_000))
    // A tenth held out needs 0.25 / 0.09 times as many as a half.
    expect((few?.people ?? 0) / (half?.people ?? 1)).toBeCloseTo(0.25 / 0.09, 2)
  })

  test('agrees with the plan for a rate where the effect is small', () => {
    const [half] = durationsOf(outlook, { lift: 0.05, shares: [0.5] })
    const rate = peopleForRate({ base: 0.1, lift: 0.05, share: 0.5 })
    expect((half?.people ?? 0) / rate).toBeCloseTo(1, 1)
  })

  test('what varies more between people takes longer', () => {
    const [once] = durationsOf(outlook, { lift: 0.3, shares: [0.2] })
    const [often] = durationsOf({ ...outlook, squares: 1_500 }, { lift: 0.3, shares: [0.2] })
    expect(often?.weeks).toBeGreaterThan(2 * (once?.weeks ?? 0))
  })

  test('is not said where nobody comes, or too few came before', () => {
    expect(durationsOf({ ...outlook, entrants: 0 }, { lift: 0.3, shares: [0.2] })).toEqual([])
    expect(durationsOf({ ...outlook, people: 49 }, { lift: 0.3, shares: [0.2] })).toEqual([])
    expect(durationsOf({ ...outlook, sum: 0 }, { lift: 0.3, shares: [0.2] })).toEqual([])
  })

  test('is told under an assumption where only orders are known', () => {
    const nobody = { entrants: 0, entrantsDays: 28, people: 0, sum: 0, squares: 0 }
    const asked = { lift: 0.3, shares: [0.2, 0.5] }
    const none = { people: 0, sum: 0, squares: 0 }
    const once = assumedOf(nobody, none, asked)
    expect(once).toMatchObject({ buyers: assumedBuyers, each: 1 })
    // As if history had shown it.
    const shown = { entrants: 280, entrantsDays: 28, people: 1_000, sum: 50, squares: 50 }
    const [known] = durationsOf(shown, asked)
    expect(once.durations[0]).toEqual({ share: 0.2, people: known?.people, weeks: null })
    // Each of 100 buyers ordered twice: twice the mean and twice the spread, so as many people.
    const twice = assumedOf(shown, { people: 100, sum: 200, squares: 400 }, asked)
    expect(twice.each).toBe(2)
    expect(twice.durations[0]).toEqual(known)
    // Few of them ordered ten times: they vary more, which takes more people.
    const some = assumedOf(shown, { people: 100, sum: 200, squares: 1_190 }, asked)
    expect(some.durations[0]?.people).toBeGreaterThan(2 * (known?.people ?? 0))
  })
})
