import { expect, test } from 'vitest'
import { byDay, monthAfter, monthOf, sameDayIn, weeksOf } from './month.ts'

test('a month is shown in whole weeks from Monday on', () => {
  const weeks = weeksOf('2026-11')
  expect(weeks.map((week) => week[0])).toEqual([
    '2026-10-26',
    '2026-11-02',
    '2026-11-09',
    '2026-11-16',
    '2026-11-23',
    '2026-11-30',
  ])
  expect(weeks.every((week) => week.length === 7)).toBe(true)
  // A February that begins on a Monday has four.
  expect(weeksOf('2027-02').length).toBe(4)
})

test('months follow each other over the years', () => {
  expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1)]).toEqual(['2027-01', '2025-12'])
  expect([monthOf('2026-13'), monthOf('2026-11'), monthOf(null)]).toEqual([
    undefined,
    '2026-11',
    undefined,
  ])
  expect([sameDayIn('2026-01-31', 1), sameDayIn('2026-03-15', -1)]).toEqual([
    '2026-02-28',
    '2026-02-15',
  ])
})

test('an entry is on every day it touches in the shop’s zone, the weightiest first', () => {
  const at = (text: string) => Date.parse(`${text}+09:00`)
  const span = {
    at: at('2026-11-10T00:00'),
    until: at('2026-12-15T23:59'),
    kind: 'span' as const,
    title: '김장',
  }
  const day = { at: at('2026-11-11T00:00'), kind: 'season' as const, title: '빼빼로데이' }
  const days = byDay([span, day], { from: '2026-11-01', to: '2026-11-30', zone: 'Asia/Seoul' })
  expect(days.size).toBe(21)
  expect(days.get('2026-11-11')).toEqual([day, span])
  expect(days.get('2026-11-30')).toEqual([span])
  expect(days.get('2026-11-09')).toBeUndefined()
})
