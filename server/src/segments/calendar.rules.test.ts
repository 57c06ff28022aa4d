import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketAfter, bucketBefore, bucketOf, type CalendarUnit } from './calendar.ts'

const at = (text: string) => Date.parse(text)
const shown = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z')

test.each([
  [
    'a day of Seoul',
    'day',
    'Asia/Seoul',
    '2026-03-01T14:59:59Z',
    '2026-02-28T15:00:00Z',
    '2026-03-01T15:00:00Z',
  ],
  [
    'a week, from Monday',
    'week',
    'Asia/Seoul',
    '2026-03-01T14:59:59Z',
    '2026-02-22T15:00:00Z',
    '2026-03-01T15:00:00Z',
  ],
  [
    'a month',
    'month',
    'Asia/Seoul',
    '2026-02-28T15:00:00Z',
    '2026-02-28T15:00:00Z',
    '2026-03-31T15:00:00Z',
  ],
  [
    'the last month of a year',
    'month',
    'UTC',
    '2026-12-31T23:59:59Z',
    '2026-12-01T00:00:00Z',
    '2027-01-01T00:00:00Z',
  ],
  [
    'a day of 23 hours',
    'day',
    'America/New_York',
    '2026-03-08T12:00:00Z',
    '2026-03-08T05:00:00Z',
    '2026-03-09T04:00:00Z',
  ],
  [
    'a day of 25 hours',
    'day',
    'America/New_York',
    '2026-11-01T12:00:00Z',
    '2026-11-01T04:00:00Z',
    '2026-11-02T05:00:00Z',
  ],
  [
    'a week whose clocks moved',
    'week',
    'America/New_York',
    '2026-03-08T12:00:00Z',
    '2026-03-02T05:00:00Z',
    '2026-03-09T04:00:00Z',
  ],
  [
    'a month whose clocks moved',
    'month',
    'America/New_York',
    '2026-03-08T12:00:00Z',
    '2026-03-01T05:00:00Z',
    '2026-04-01T04:00:00Z',
  ],
  [
    'a day whose midnight was skipped',
    'day',
    'America/Sao_Paulo',
    '2018-11-04T12:00:00Z',
    '2018-11-04T03:00:00Z',
    '2018-11-05T02:00:00Z',
  ],
] as const)('%s', (_, unit, zone, time, from, to) => {
  const bucket = bucketOf(at(time), unit, zone)
  expect([shown(bucket.from), shown(bucket.to)]).toEqual([from, to])
})

test('every time lies in one day, week and month, and they follow each other without a gap', () => {
  void fc.assert(
    fc.property(
      fc.constantFrom<CalendarUnit>('day', 'week', 'month'),
      fc.constantFrom('America/New_York', 'Asia/Seoul', 'Europe/London', 'Australia/Lord_Howe'),
      fc.integer({ min: at('2010-01-01'), max: at('2035-01-01') }),
      (unit, zone, time) => {
        const bucket = bucketOf(time, unit, zone)
        expect(bucket.from <= time && time < bucket.to).toBe(true)
        expect(bucketOf(bucket.from, unit, zone)).toEqual(bucket)
        expect(bucketOf(bucket.to - 1, unit, zone)).toEqual(bucket)
        expect(bucketAfter(bucket, unit, zone).from).toBe(bucket.to)
        expect(bucketBefore(bucket, unit, zone).to).toBe(bucket.from)
      },
    ),
    { numRuns: 300 },
  )
})
