import { expect, test } from 'vitest'
import { CalendarDay, dueDate, nextMoment, nextReturn } from './time-of-day.ts'

const utc = (text: string) => Date.parse(`${text}Z`)
const shown = (at: number | undefined) =>
  at === undefined ? undefined : new Date(at).toISOString().slice(0, 16)

test.each([
  ['Asia/Seoul', '2026-11-22T01:00', { time: '10:00' }, '2026-11-22T01:00'],
  ['Asia/Seoul', '2026-11-22T01:01', { time: '10:00' }, '2026-11-23T01:00'],
  ['Asia/Seoul', '2026-11-22T00:00', { time: '10:00', weekdays: [6] }, '2026-11-28T01:00'],
  // 02:30 is skipped there: 03:00 it is.
  ['America/New_York', '2026-03-08T06:00', { time: '02:30' }, '2026-03-08T07:00'],
  // The second 01:30 of that night does not count.
  ['America/New_York', '2026-11-01T06:00', { time: '01:30' }, '2026-11-02T06:30'],
] as const)('in %s at %s the next %j is %s', (zone, now, moment, expected) => {
  expect(shown(nextMoment(utc(now), moment, zone))).toBe(expected)
})

test.each([
  ['2026-11-22', 0, '2026-11-22T01:00'],
  ['2026-11-22', -14, '2026-11-08T01:00'],
  ['2028-02-28', 1, '2028-02-29T01:00'],
  // In Seoul that is the 23rd already.
  ['2026-11-22T20:00:00Z', 0, '2026-11-23T01:00'],
  ['2026-11-22T20:00:00.5+09:00', 0, '2026-11-22T01:00'],
  ['2026-11-22T20:00:00+0900', 0, '2026-11-22T01:00'],
  // Without an offset it is the shop's own time.
  ['2026-11-22 23:59:00', 7, '2026-11-29T01:00'],
  ['2026-02-30', 0, undefined],
  ['2026-02-30T10:00:00Z', 0, undefined],
  ['soon', 0, undefined],
  ['', 0, undefined],
] as const)('%s and %i days at ten in Seoul is due at %s', (text, offsetDays, expected) => {
  expect(shown(dueDate(text, { offsetDays, time: '10:00' }, 'Asia/Seoul'))).toBe(expected)
})

test.each([
  ['1990-05-17', 0, '2026-11-22T00:00', '2027-05-17T00:00'],
  ['1990-05-17', -7, '2026-11-22T00:00', '2027-05-10T00:00'],
  // The return of 3 January is told a week before, in the year before.
  ['1990-01-03', -7, '2026-11-22T00:00', '2026-12-27T00:00'],
  ['1990-12-30', 7, '2027-01-02T00:00', '2027-01-06T00:00'],
  ['2000-02-29', 0, '2026-11-22T00:00', '2027-02-28T00:00'],
  ['2000-02-29', 0, '2027-11-22T00:00', '2028-02-29T00:00'],
  // The day itself is no return of it.
  ['2026-11-25', 0, '2026-11-22T00:00', '2027-11-25T00:00'],
  ['1990-11-22', 0, '2026-11-22T00:00', '2027-11-22T00:00'],
] as const)('%s and %i days comes back after %s at %s', (text, offsetDays, after, expected) => {
  const due = { offsetDays, time: '00:00' }
  expect(shown(nextReturn(text, { after: utc(after), due, zone: 'UTC' }))).toBe(expected)
})

test('a day is a day of the calendar', () => {
  expect(CalendarDay.safeParse('2028-02-29').success).toBe(true)
  expect(CalendarDay.safeParse('2027-02-29').success).toBe(false)
})
