import { describe, expect, test } from 'vitest'
import {
  type Followed,
  influenceOf,
  kaplanMeier,
  meanCumulative,
  meanError,
  medianDay,
  shareInterval,
} from './survival.ts'

/** People with the days of their events and the last day they were watched. */
type Watched = { readonly until: number; readonly events: readonly number[] }

function followedOf(people: readonly Watched[]): Followed {
  const days = Math.max(...people.map(({ until }) => until)) + 1
  const count = (of: readonly number[]) =>
    Array.from({ length: days }, (_, day) => of.filter((one) => one === day).length)
  const repeaters = people.filter(({ events }) => events.length > 0)
  return {
    people: people.length,
    followed: count(people.map(({ until }) => until)),
    first: count(repeaters.flatMap(({ events }) => events.slice(0, 1))),
    events: count(people.flatMap(({ events }) => events)),
    followedOfRepeaters: count(repeaters.map(({ until }) => until)),
  }
}

// Weeks of remission of 21 patients with 6-mercaptopurine (Freireich et al. 1963; the estimates and their errors as in Kalbfleisch
// and Prentice 1980 and Kleinbaum and Klein, Survival Analysis, table 2.2); negative: still in remission.
const weeks = [
  6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35,
]
const patients = weeks.map((week) =>
  week < 0 ? { until: -week, events: [] } : { until: week, events: [week] },
)

describe('how many came back', () => {
  test('the product-limit estimate and its error are the published ones', () => {
    const curve = kaplanMeier(followedOf(patients), 1)
    const published = [
      [6, 0.8571, 0.0764, 21],
      [7, 0.8067, 0.0869, 17],
      [10, 0.7529, 0.0963, 15],
      [13, 0.6902, 0.1068, 12],
      [16, 0.6275, 0.1141, 11],
      [22, 0.5378, 0.1282, 7],
      [23, 0.4482, 0.1346, 6],
    ] as const
    for (const [week, staying, error, atRisk] of published) {
      expect(1 - (curve[week]?.value ?? 0)).toBeCloseTo(staying, 4)
      expect(curve[week]?.error).toBeCloseTo(error, 4)
      expect(curve[week]?.atRisk).toBe(atRisk)
    }
    expect(medianDay(curve)).toBe(23)
  })

  test('the curve ends where fewer than ten are at risk', () => {
    const curve = kaplanMeier(followedOf(patients))
    expect(curve.at(-1)).toMatchObject({ day: 17, atRisk: 10 })
    expect(medianDay(curve)).toBeNull()
  })

  test('the interval holds the share and stays within 0 and 1', () => {
    for (const day of kaplanMeier(followedOf(patients), 1).slice(6)) {
      const { value, low, high } = shareInterval(day)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(low).toBeLessThan(value)
      expect(high).toBeGreaterThan(value)
      expect(high).toBeLessThanOrEqual(1)
    }
  })
})

describe('how often they came back', () => {
  // The reference table of six customers: those whose first order had A, and the days of their further orders.
  const buyers = [
    { until: 90, events: [20, 50] },
    { until: 89, events: [1] },
    { until: 30, events: [] },
    { until: 5, events: [] },
  ]

  test('people who were watched less count only while they were', () => {
    const of = followedOf(buyers)
    const [share, mean] = [kaplanMeier(of, 1), meanCumulative(of, 1)]
    expect([1, 20].map((day) => share[day]?.value)).toEqual([0.25, 0.625])
    expect(mean[1]?.value).toBe(0.25)
    expect(mean[20]?.value).toBeCloseTo(0.58333, 5)
    expect(mean[50]?.value).toBeCloseTo(1.08333, 5)
  })

  test('the error is that of an ordinary mean where everybody was watched to the end', () => {
    const counts = [0, 3, 1, 0, 2, 5, 0, 1]
    const people = counts.map((count, at) => ({
      until: 30,
      events: Array.from({ length: count }, (_, order) => (order * 7 + at) % 30).sort(
        (a, b) => a - b,
      ),
    }))
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length
    expect(errorOf(people)).toBeCloseTo(Math.sqrt(variance / counts.length), 12)
  })

  test('the error of people watched for different times is that of the infinitesimal jackknife', () => {
    // Each person's weight is moved a little: the derivative of the estimate by it, squared and added up.
    const people = [...buyers, { until: 60, events: [10, 11, 40] }, { until: 70, events: [65] }]
    const estimate = (weights: readonly number[]) => {
      let value = 0
      for (let day = 0; day <= 89; day++) {
        const left = people.reduce(
          (sum, { until }, at) => sum + (until >= day ? (weights[at] ?? 0) : 0),
          0,
        )
        const events = people.reduce(
          (sum, one, at) =>
            sum + (weights[at] ?? 0) * one.events.filter((own) => own === day).length,
          0,
        )
        value += left > 0 ? events / left : 0
      }
      return value
    }
    const squares = people.map((_, moved) => {
      const aside = (by: number) => estimate(people.map((__, at) => (at === moved ? 1 + by : 1)))
      return ((aside(1e-5) - aside(-1e-5)) / 2e-5) ** 2
    })
    const own = errorOf(people.map(({ until, events }) => ({ until: Math.min(until, 89), events })))
    expect(own ** 2).toBeCloseTo(
      squares.reduce((sum, one) => sum + one, 0),
      8,
    )
  })

  function errorOf(people: readonly Watched[]): number {
    const of = followedOf(people)
    const curve = meanCumulative(of, 1)
    const { gain, drift } = influenceOf(of, curve)
    const repeaters = people.reduce((sum, { until, events }) => {
      if (events.length === 0) return sum
      const drifted = drift[Math.min(until, drift.length - 1)] ?? 0
      const gained = events.reduce((all, day) => all + (gain[day] ?? 0), 0)
      return sum + (gained - drifted) ** 2 - drifted ** 2
    }, 0)
    return meanError(of, curve, repeaters)
  }
})
