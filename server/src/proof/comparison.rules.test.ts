import { describe, expect, it } from 'vitest'
import { dayStarts, daysBetween } from '../lib/days.ts'
import { dayMs } from '../lib/duration.ts'
import { groupsOfSums, liftOfSums, type Sums, together } from './comparison.ts'

function sums(arm: Sums['arm'], people: number, reached: number, mixed = false): Sums {
  return { arm, mixed, people, reached, revenue: reached * 100, revenueSquares: reached * 10_000 }
}

describe('a comparison', () => {
  it('adds up buckets and leaves out people who met both arms', () => {
    const groups = groupsOfSums([
      sums('treatment', 100, 20),
      sums('treatment', 50, 10),
      sums('holdout', 40, 2),
      sums('holdout', 3, 3, true),
    ])
    expect(groups).toMatchObject({
      treatment: { people: 150, reached: 30, revenue: 3_000 },
      holdout: { people: 40, reached: 2 },
      mixed: 3,
    })
  })
  it('of two campaigns is wider than of one and narrower than both ends to end', () => {
    const lift = liftOfSums([sums('treatment', 900, 180), sums('holdout', 100, 8)])
    const one = lift.revenue
    const two = together([lift, lift])
    if (!one || !two) throw new Error('there is something to say')
    expect(two.value).toBeCloseTo(2 * one.value)
    expect(two.value - two.low).toBeCloseTo(Math.SQRT2 * (one.value - one.low))
  })
  it('says nothing of campaigns with too few people', () => {
    expect(together([liftOfSums([sums('treatment', 10, 5), sums('holdout', 2, 0)])])).toBeNull()
    expect(together([])).toBeNull()
  })
})

describe("the shop's days", () => {
  const noon = Date.UTC(2026, 2, 10, 3)
  it('begin at midnight in its zone and end with today', () => {
    const starts = dayStarts(noon, 3, 'Asia/Seoul')
    expect(starts).toEqual([
      Date.UTC(2026, 2, 7, 15),
      Date.UTC(2026, 2, 8, 15),
      Date.UTC(2026, 2, 9, 15),
    ])
  })
  it('are 23 and 25 hours long where clocks move', () => {
    const spring = dayStarts(Date.UTC(2026, 2, 9, 12), 3, 'America/New_York')
    expect([0, 1].map((at) => (spring[at + 1] ?? 0) - (spring[at] ?? 0))).toEqual([
      dayMs,
      dayMs - 3_600_000,
    ])
  })
  it('are counted with both ends', () => {
    expect(daysBetween(noon, noon, 'Asia/Seoul')).toBe(1)
    expect(daysBetween(Date.UTC(2026, 2, 9, 14, 59), noon, 'Asia/Seoul')).toBe(2)
    expect(daysBetween(Date.UTC(2026, 2, 9, 15), noon, 'Asia/Seoul')).toBe(1)
  })
})
