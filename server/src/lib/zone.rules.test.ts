import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstShowing, localTime, realZone, startOfLocalDay, utcOfLocal } from './zone.ts'

const at = (text: string) => Date.parse(text)

test.each([
  ['Asia/Seoul', '2026-11-22T09:00:00Z', '2026-11-22T00:00:00Z'],
  ['Europe/London', '2011-07-01T12:00:00Z', '2011-07-01T11:00:00Z'],
  ['Europe/London', '2011-01-01T12:00:00Z', '2011-01-01T12:00:00Z'],
  // Skipped: clocks went from 01:00 to 02:00.
  ['Europe/London', '2011-03-27T01:30:00Z', '2011-03-27T01:30:00Z'],
  // Shown twice: the first is meant.
  ['Europe/London', '2011-10-30T01:30:00Z', '2011-10-30T00:30:00Z'],
])('in %s clocks show %s at %s', (zone, local, utc) => {
  expect(new Date(utcOfLocal(at(local), zone)).toISOString()).toBe(new Date(at(utc)).toISOString())
})

test('a time that a zone shows once is found again from what it shows', () => {
  fc.assert(
    fc.property(fc.integer({ min: 946_684_800_000, max: 2_000_000_000_000 }), (utc) => {
      expect(utcOfLocal(localTime(utc, 'Asia/Seoul'), 'Asia/Seoul')).toBe(utc)
      const shown = localTime(utc, 'America/New_York')
      expect(localTime(utcOfLocal(shown, 'America/New_York'), 'America/New_York')).toBe(shown)
    }),
  )
})

test('a day begins at the midnight of its zone', () => {
  expect(startOfLocalDay(at('2026-11-22T14:59:59.999Z'), 'Asia/Seoul')).toBe(
    at('2026-11-21T15:00:00Z'),
  )
  expect(startOfLocalDay(at('2026-11-22T15:00:00Z'), 'Asia/Seoul')).toBe(at('2026-11-22T15:00:00Z'))
})

test.each([
  ['America/New_York', '2026-03-08T02:30:00Z', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T01:30:00Z', '2026-11-01T05:30:00Z'],
  // Half an hour is skipped here.
  ['Australia/Lord_Howe', '2026-10-04T02:10:00Z', '2026-10-03T15:30:00Z'],
  // A whole day was.
  ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-30T10:00:00Z'],
  // The clocks skip midnight itself.
  ['Africa/Cairo', '2026-04-24T00:00:00Z', '2026-04-23T22:00:00Z'],
  ['Asia/Seoul', '2026-11-22T09:00:00Z', '2026-11-22T00:00:00Z'],
])('in %s clocks first show %s or later at %s', (zone, local, utc) => {
  expect(new Date(firstShowing(at(local), zone)).toISOString()).toBe(
    new Date(at(utc)).toISOString(),
  )
})

test('a zone has one name, and what somebody made up is none', () => {
  expect(['Asia/Seoul', 'asia/seoul', 'ROK'].map(realZone)).toEqual(Array(3).fill('Asia/Seoul'))
  expect(['+09:01', '-0500', 'Mars/Olympus', 'KST', ''].map(realZone)).toEqual(
    Array(5).fill(undefined),
  )
})
