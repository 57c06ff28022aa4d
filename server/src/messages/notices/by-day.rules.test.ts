import { expect, test } from 'vitest'
import { byDay } from './by-day.ts'

const seoul = (hour: number, minute = 0) => Date.UTC(2026, 2, 2, hour - 9, minute)

test('a confirmation two years on comes by day', () => {
  expect(byDay(seoul(3), 'Asia/Seoul')).toBe(seoul(9))
  expect(byDay(seoul(9), 'Asia/Seoul')).toBe(seoul(9))
  expect(byDay(seoul(19, 59), 'Asia/Seoul')).toBe(seoul(19, 59))
  expect(byDay(seoul(20), 'Asia/Seoul')).toBe(seoul(33))
})

test('nine in the morning is nine by the clocks, on a day that loses an hour too', () => {
  // New York moves its clocks at 2 a.m. on 8 March 2026.
  const at = Date.UTC(2026, 2, 8, 6)
  expect(byDay(at, 'America/New_York')).toBe(Date.UTC(2026, 2, 8, 13))
})
