import { expect, test } from 'vitest'
import { intersections, membersOf } from './overlap.ts'
import { movesByDay, sizesOfDays } from './sizes.ts'

test('every intersection counts whoever is in all of its segments, whatever else they are in', () => {
  // 4 in the first only, 3 in first and second, 2 in all three.
  const regions = [
    { bits: 0b001, members: 4 },
    { bits: 0b011, members: 3 },
    { bits: 0b111, members: 2 },
  ]
  expect(membersOf(0b001, regions)).toBe(9)
  expect(intersections([10, 20, 30], regions)).toEqual([
    { segments: [10, 20], members: 5 },
    { segments: [10, 30], members: 2 },
    { segments: [20, 30], members: 2 },
    { segments: [10, 20, 30], members: 2 },
  ])
})

test("a crossing belongs to the day of the shop's clocks", () => {
  const lateEvening = Date.UTC(2026, 2, 1, 14, 59)
  const moves = [
    { segment: 1, at: lateEvening, entered: true },
    { segment: 1, at: lateEvening + 60_000, entered: true },
    { segment: 1, at: lateEvening + 60_000, entered: false, many: 3 },
  ]
  const day = Date.UTC(2026, 2, 1) / 86_400_000
  expect(movesByDay(moves, 'Asia/Seoul')).toEqual([
    { segment: 1, day, entered: 1, gone: 0 },
    { segment: 1, day: day + 1, entered: 1, gone: 3 },
  ])
})

test('a day on which nobody moved has the members of the day before', () => {
  const moved = [
    { segment: 1, day: 4, entered: 5, gone: 1 },
    { segment: 1, day: 7, entered: 0, gone: 2 },
  ]
  expect(sizesOfDays(moved, { from: 5, to: 7 })).toEqual([
    { day: 5, members: 4, entered: 0, left: 0 },
    { day: 6, members: 4, entered: 0, left: 0 },
    { day: 7, members: 2, entered: 0, left: 2 },
  ])
})
