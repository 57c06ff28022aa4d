import { expect, test } from 'vitest'
import { hourMs, minuteMs } from '../lib/duration.ts'
import { bytesNeeded, folderName, foldersToForget, isNightDue, lastNight } from './backup-plan.ts'

const four = 4 * 60
const at = (text: string) => Date.parse(`${text}+09:00`)

test('a night begins at its minute by the shop’s clocks, and lasts until the next one', () => {
  expect(lastNight(at('2026-11-23T04:00:00'), 'Asia/Seoul', four)).toBe(at('2026-11-23T04:00:00'))
  expect(lastNight(at('2026-11-23T03:59:59'), 'Asia/Seoul', four)).toBe(at('2026-11-22T04:00:00'))
  // Clocks go forward at 02:00: half past two is not there, and the night is still one.
  const spring = Date.UTC(2026, 2, 8, 12)
  expect(spring - lastNight(spring, 'America/New_York', 150)).toBeLessThan(6 * hourMs)
})

test('one backup a night, tried three times an hour apart, made up for when the machine slept', () => {
  const night = at('2026-11-23T04:00:00')
  const due = (now: number, ...notes: Parameters<typeof isNightDue>[0]['notes'][number][]) =>
    isNightDue({ now, night, installedAt: night - hourMs, notes })
  const note = (state: 'running' | 'done' | 'failed', startedAt: number) =>
    ({ kind: 'nightly', state, startedAt, seenAt: startedAt }) as const
  expect(due(night)).toBe(true)
  expect(due(night + 9 * hourMs, note('done', night - hourMs))).toBe(true)
  expect(due(night + hourMs, note('done', night))).toBe(false)
  expect(due(night + minuteMs, note('running', night))).toBe(false)
  expect(due(night + 30 * minuteMs, note('failed', night))).toBe(false)
  expect(due(night + hourMs, note('failed', night))).toBe(true)
  // Its writer died: after the pause it is tried again.
  expect(due(night + hourMs, note('running', night))).toBe(true)
  const thrice = [0, 1, 2].map((hour) => note('failed', night + hour * hourMs))
  expect(due(night + 12 * hourMs, ...thrice)).toBe(false)
  expect(isNightDue({ now: night + hourMs, night, installedAt: night + 1, notes: [] })).toBe(false)
  expect(isNightDue({ now: night + hourMs, night, installedAt: null, notes: [] })).toBe(false)
})

test('there must be room for a half more than last time, or for a quarter of what the engines hold', () => {
  const gibibyte = 1024 ** 3
  expect(bytesNeeded({ lastBytes: 4 * gibibyte, engineBytes: 100 * gibibyte })).toBe(7 * gibibyte)
  expect(bytesNeeded({ lastBytes: null, engineBytes: 8 * gibibyte })).toBe(3 * gibibyte)
})

test('the newest copies stay, what was cut off goes, and what somebody else put there is left alone', () => {
  expect(folderName(at('2026-11-23T04:00:00'), 'Asia/Seoul')).toBe('danggol-20261123-0400')
  const names = [
    'danggol-20261123-0400',
    'danggol-20261121-0400',
    'danggol-20261122-0400',
    'danggol-20261123-0500.partial',
    'before-the-move',
  ]
  expect(foldersToForget(names, 2)).toEqual([
    'danggol-20261121-0400',
    'danggol-20261123-0500.partial',
  ])
  expect(foldersToForget(names, 7)).toEqual(['danggol-20261123-0500.partial'])
})
