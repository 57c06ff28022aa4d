import { expect, test } from 'vitest'
import { hourMs, minuteMs } from '../lib/duration.ts'
import { hoursBegin, SendingHours } from './sending-hours.ts'

const office = SendingHours.parse({ from: '10:00', to: '18:30', weekdays: [1, 2, 3, 4, 5] })
const seoul = 'Asia/Seoul'
/** Friday, 27 November 2026, 10:00 in Seoul. */
const friday = Date.UTC(2026, 10, 27, 1)

test.each([
  ['at the first minute', friday, undefined],
  ['right before them', friday - 1, friday],
  ['at the last minute', friday + 8.5 * hourMs - 1, undefined],
  ['at their end on a Friday', friday + 8.5 * hourMs, friday + 72 * hourMs],
  ['on a Sunday', friday + 50 * hourMs, friday + 72 * hourMs],
])('hours of weekdays %s', (_, at, begins) => {
  expect(hoursBegin(at, office, seoul)).toBe(begins)
})

test('hours that clocks skip begin right after the skip', () => {
  // Berlin, 29 March 2026: 02:00 is followed by 03:00.
  const early = SendingHours.parse({ from: '02:30', to: '12:00' })
  const midnight = Date.UTC(2026, 2, 28, 23)
  expect(hoursBegin(midnight, early, 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 1))
})

test('hours that end before they begin are none', () => {
  expect(SendingHours.safeParse({ from: '18:00', to: '09:00' }).success).toBe(false)
  expect(hoursBegin(friday + minuteMs, { from: '00:00', to: '23:59' }, seoul)).toBeUndefined()
})
