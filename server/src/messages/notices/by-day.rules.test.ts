import { expect, test } from 'vitest'
import { byDay } from './by-day.ts'

const seoul = (hour: number, minute = 0) => Date.UTC(2026, 2, 2, hour - 9, minute)

test('a confirmation two years on comes by day', () => {
  expect(byDay(seoul(3), 'Asia/Seoul')).toBe(seoul(9))
  expect(byDay(seoul(9), 'Asia/Seoul')).toBe(seoul(9))
  expect(byDay(seoul(19, 59), 'Asia/Seoul')).toBe(seoul(19, 59))
  expect(byDay(seoul(20), 'Asia/Seoul')).toBe(seoul(33))
})
