import { describe, expect, it } from 'vitest'
import { dayStarts, daysBetween } from './days.ts'
import { dayMs } from './duration.ts'

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
