import { expect, test } from 'vitest'
import { cohortStarts, cohortsOf } from './cohort.ts'
import { cellsOf, groupOf, rfmGroups, scores } from './rfm.ts'

const zone = 'Asia/Seoul'
const seoul = (text: string) => Date.parse(`${text}T00:00:00+09:00`)

test('months and weeks of cohorts begin at the shop’s midnight, weeks on Monday', () => {
  const now = Date.parse('2026-03-01T08:00:00+09:00') // a Sunday
  expect(cohortStarts(now, { unit: 'month', count: 3, zone })).toEqual(
    ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01'].map(seoul),
  )
  expect(cohortStarts(now, { unit: 'week', count: 2, zone })).toEqual(
    ['2026-02-16', '2026-02-23', '2026-03-02'].map(seoul),
  )
})

test('a cell speaks only of those whose period is over, and what a customer brought adds up', () => {
  const starts = [0, 10, 20]
  const row = {
    cohort: 0,
    people: 4,
    firstRevenue: 400,
    followed: [4, 2, 0],
    returned: [2, 1, 0],
    ever: [2, 2, 0],
    revenue: [80, 20, 0],
  }
  const { cohorts, all } = cohortsOf([row], starts, 15)
  expect(cohorts[0]).toEqual({
    from: 0,
    isOver: true,
    people: 4,
    firstSpent: 100,
    cells: [
      { period: 1, n: 4, isWhole: true, returned: 2, rate: 0.5, everRate: 0.5, spent: 120 },
      { period: 2, n: 2, isWhole: false, returned: 1, rate: 0.5, everRate: 1, spent: 130 },
    ],
  })
  expect(cohorts[1]).toEqual({ from: 10, isOver: false, people: 0, firstSpent: 0, cells: [] })
  expect(all.people).toBe(4)
})

test('every place of the grid has one name, and the segments of all names share no cell and miss none', () => {
  const cells = rfmGroups.flatMap((group) => cellsOf(group))
  expect(new Set(cells).size).toBe(125)
  expect(cells.length).toBe(125)
  for (const r of scores)
    for (const f of scores)
      expect(cellsOf(groupOf(r, f))).toEqual(expect.arrayContaining(cellsOf({ r, f })))
  expect(Math.max(...rfmGroups.map((group) => cellsOf(group).length))).toBeLessThanOrEqual(100)
})
