import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayMs, minuteMs } from '../lib/duration.ts'
import { localTime } from '../lib/zone.ts'
import { nextRun, runsBetween, Schedule } from './schedule.ts'
import { scheduleSentence } from './schedule-sentence.ts'

const utc = (text: string) => Date.parse(`${text}Z`)
const shown = (at: number | undefined) =>
  at === undefined ? undefined : new Date(at).toISOString().slice(0, 16)
const schedule = (given: object) => Schedule.parse(given)

test.each([
  // Clocks go from 02:00 to 03:00: the run comes at 03:00.
  ['America/New_York', { kind: 'daily', time: '02:30' }, '2026-03-07T12:00', '2026-03-08T07:00'],
  // They show 01:30 twice: the first counts, the second never.
  ['America/New_York', { kind: 'daily', time: '01:30' }, '2026-11-01T04:00', '2026-11-01T05:30'],
  ['America/New_York', { kind: 'daily', time: '01:30' }, '2026-11-01T05:30', '2026-11-02T06:30'],
  // Between the two showings of 01:30 the clocks show 01:10 again: 01:30 has run.
  ['America/New_York', { kind: 'daily', time: '01:30' }, '2026-11-01T06:10', '2026-11-02T06:30'],
  // Samoa had no 30 December 2011: its run came at the midnight after, beside that of the 31st itself.
  ['Pacific/Apia', { kind: 'daily', time: '10:00' }, '2011-12-29T20:00', '2011-12-30T10:00'],
  ['Pacific/Apia', { kind: 'daily', time: '10:00' }, '2011-12-30T10:00', '2011-12-30T20:00'],
  [
    'Asia/Seoul',
    { kind: 'monthly', day: 31, time: '10:00' },
    '2027-01-31T01:00',
    '2027-02-28T01:00',
  ],
  [
    'Asia/Seoul',
    { kind: 'monthly', day: 'last', time: '10:00' },
    '2028-02-01T00:00',
    '2028-02-29T01:00',
  ],
  [
    'Asia/Seoul',
    { kind: 'monthly', day: 30, time: '23:59' },
    '2026-01-30T14:59',
    '2026-02-28T14:59',
  ],
  [
    'Asia/Seoul',
    { kind: 'weekly', weekdays: [1], time: '10:00' },
    '2026-11-22T12:00',
    '2026-11-23T01:00',
  ],
  ['Asia/Seoul', { kind: 'once', at: '2026-12-01T09:00' }, '2026-11-22T00:00', '2026-12-01T00:00'],
  ['Asia/Seoul', { kind: 'once', at: '2026-12-01T09:00' }, '2026-12-01T00:00', undefined],
  [
    'Asia/Seoul',
    { kind: 'cron', expression: '0 10 29 2 *' },
    '2026-11-22T00:00',
    '2028-02-29T01:00',
  ],
  // With both fields set either is enough; beginning with a star, both must fit.
  ['UTC', { kind: 'cron', expression: '0 0 13 * 5' }, '2026-11-21T00:00', '2026-11-27T00:00'],
  [
    'UTC',
    { kind: 'cron', expression: '*/20 9-10 * * mon-fri' },
    '2026-11-23T09:40',
    '2026-11-23T10:00',
  ],
  ['UTC', { kind: 'cron', expression: '0 0 */10 * 7' }, '2026-11-22T00:00', '2027-01-31T00:00'],
  [
    'UTC',
    { kind: 'daily', time: '10:00', until: '2026-11-23T10:00' },
    '2026-11-23T09:00',
    '2026-11-23T10:00',
  ],
  [
    'UTC',
    { kind: 'daily', time: '10:00', until: '2026-11-23T09:59' },
    '2026-11-23T09:00',
    undefined,
  ],
] as const)('in %s %j after %s runs at %s', (zone, given, after, expected) => {
  expect(shown(nextRun(schedule(given), utc(after), zone))).toBe(expected)
})

test.each([
  { kind: 'daily', time: '24:00' },
  { kind: 'weekly', weekdays: [], time: '10:00' },
  { kind: 'weekly', weekdays: [1, 1], time: '10:00' },
  { kind: 'monthly', day: 32, time: '10:00' },
  { kind: 'once', at: '2026-02-30T10:00' },
  { kind: 'cron', expression: '0 0 30 2 *' },
  { kind: 'cron', expression: '0 0 * *' },
  { kind: 'cron', expression: '60 0 * * *' },
  { kind: 'cron', expression: '5-1 0 * * *' },
  { kind: 'cron', expression: '*/0 0 * * *' },
  { kind: 'cron', expression: '0 0 * foo *' },
  { kind: 'cron', expression: '0 0 * * 8' },
] as const)('%j is refused', (given) => {
  expect(Schedule.safeParse(given).success).toBe(false)
})

test.each([
  [
    { kind: 'weekly', weekdays: [1], time: '10:00' },
    '매주 월요일 오전 10시',
    'every Monday at 10:00',
  ],
  [
    { kind: 'weekly', weekdays: [5, 1, 3], time: '14:30', zone: 'customer' },
    '매주 월·수·금요일 오후 2시 30분 (고객의 현지 시각)',
    "every Monday, Wednesday and Friday at 14:30 (each customer's own time)",
  ],
  [
    { kind: 'weekly', weekdays: [1, 2, 3, 4, 5], time: '12:00' },
    '매주 월~금요일 낮 12시',
    'every Monday to Friday at 12:00',
  ],
  [
    { kind: 'daily', time: '00:05', until: '2026-12-31T23:59' },
    '매일 오전 0시 5분, 2026년 12월 31일 (목)까지',
    'every day at 00:05, until Thursday 2026-12-31',
  ],
  [
    { kind: 'monthly', day: 30, time: '09:00' },
    '매월 30일(없는 달은 말일) 오전 9시',
    'on the 30th of every month (the last day of shorter ones) at 09:00',
  ],
  [
    { kind: 'monthly', day: 'last', time: '09:00' },
    '매월 말일 오전 9시',
    'on the last day of every month at 09:00',
  ],
  [
    { kind: 'monthly', day: 2, time: '09:00' },
    '매월 2일 오전 9시',
    'on the 2nd of every month at 09:00',
  ],
  [
    { kind: 'once', at: utc('2026-11-22T01:00') },
    '2026년 11월 22일 (일) 오전 10시에 한 번',
    'once on Sunday 2026-11-22 at 10:00',
  ],
  [{ kind: 'cron', expression: '5 9 * * 0' }, '매주 일요일 오전 9시 5분', 'every Sunday at 09:05'],
  [
    { kind: 'cron', expression: '*/5 9 * * *' },
    '정해 둔 시각마다 (*/5 9 * * *)',
    'at the times of */5 9 * * *',
  ],
] as const)('%j is said in both languages', (given, korean, english) => {
  expect(scheduleSentence(schedule(given), 'ko', 'Asia/Seoul')).toBe(korean)
  expect(scheduleSentence(schedule(given), 'en', 'Asia/Seoul')).toBe(english)
})

/** Zones and times around which their clocks move (or, in Seoul, do not). */
const moves = [
  ['America/New_York', '2026-03-08T07:00'],
  ['America/New_York', '2026-11-01T06:00'],
  ['Europe/Berlin', '2026-03-29T01:00'],
  ['Europe/Berlin', '2026-10-25T01:00'],
  // By half an hour.
  ['Australia/Lord_Howe', '2026-04-04T15:00'],
  ['Australia/Lord_Howe', '2026-10-03T15:30'],
  // For Ramadan, backwards and forwards again.
  ['Africa/Casablanca', '2026-02-15T02:00'],
  ['Africa/Casablanca', '2026-03-22T02:00'],
  // By a whole day.
  ['Pacific/Apia', '2011-12-30T10:00'],
  ['Asia/Seoul', '2026-02-28T15:00'],
  ['Asia/Seoul', '2028-02-28T15:00'],
] as const

const time = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minute) => new Date(minute * minuteMs).toISOString().slice(11, 16))
const zoned = fc.record({
  move: fc.constantFrom(...moves),
  hours: fc.integer({ min: -40, max: 40 }),
})
const anySchedule: fc.Arbitrary<Schedule> = fc
  .oneof(
    fc.record({ kind: fc.constant('daily' as const), time }),
    fc.record({
      kind: fc.constant('weekly' as const),
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      time,
    }),
    fc.record({
      kind: fc.constant('monthly' as const),
      day: fc.oneof(fc.constant('last' as const), fc.integer({ min: 1, max: 31 })),
      time,
    }),
    fc.record({
      kind: fc.constant('cron' as const),
      expression: fc.constantFrom(
        '*/10 * * * *',
        '7 */2 * * *',
        '30 1-3 * * *',
        '0,30 0 1,29-31 * 6',
      ),
    }),
  )
  .map((one) => Schedule.parse(one))

/** Whether a local minute is one of the schedule's, told from its parts alone and not by the code under test. */
function isAsked(one: Schedule, local: number): boolean {
  const at = new Date(local)
  const clock = at.toISOString().slice(11, 16)
  const [hour, minute] = [at.getUTCHours(), at.getUTCMinutes()]
  const tomorrow = new Date(local + dayMs)
  switch (one.kind) {
    case 'daily':
      return clock === one.time
    case 'weekly':
      return clock === one.time && one.weekdays.includes(at.getUTCDay() || 7)
    case 'monthly': {
      const isLast = tomorrow.getUTCDate() === 1
      const late = one.day === 'last' || at.getUTCDate() < one.day
      return clock === one.time && (at.getUTCDate() === one.day || (isLast && late))
    }
    case 'cron':
      switch (one.expression) {
        case '*/10 * * * *':
          return minute % 10 === 0
        case '7 */2 * * *':
          return minute === 7 && hour % 2 === 0
        case '30 1-3 * * *':
          return minute === 30 && hour >= 1 && hour <= 3
        default:
          return (
            hour === 0 &&
            minute % 30 === 0 &&
            (at.getUTCDay() === 6 || at.getUTCDate() === 1 || at.getUTCDate() > 28)
          )
      }
    case 'once':
      return false
  }
}

const asked = new Map<string, number>()
function clocks(at: number, zone: string): number {
  const key = `${zone} ${at}`
  const known = asked.get(key) ?? localTime(at, zone)
  asked.set(key, known)
  return known
}

/** Every minute's local time in turn: a slot runs at the first minute whose clocks have reached it. */
function walked(one: Schedule, { from, to, zone }: { from: number; to: number; zone: string }) {
  const runs: number[] = []
  let reached = clocks(from - minuteMs, zone)
  for (let at = from; at < to; at += minuteMs) {
    const local = clocks(at, zone)
    let due = false
    for (let slot = reached + minuteMs; slot <= local; slot += minuteMs) due ||= isAsked(one, slot)
    if (due) runs.push(at)
    reached = Math.max(reached, local)
  }
  return runs
}

test('around every move of the clocks exactly the slots asked for run, each once and in order', () => {
  fc.assert(
    fc.property(anySchedule, zoned, (one, { move: [zone, at], hours }) => {
      // From before the move, so that the walk sees every showing of a slot.
      const from = utc(at) - 1.5 * dayMs - (hours + 40) * 30 * minuteMs
      const to = utc(at) + 1.5 * dayMs
      const runs = runsBetween(one, { from, to, max: 10_000 }, zone)
      expect(runs).toEqual(walked(one, { from, to, zone }))
    }),
    { numRuns: 40 },
  )
})

test('runs rise, and clocks show the time asked for except where they skipped it', () => {
  fc.assert(
    fc.property(anySchedule, zoned, (one, { move: [zone, at], hours }) => {
      let before = utc(at) + hours * 60 * minuteMs
      for (let run = 0; run < 20; run++) {
        const next = nextRun(one, before, zone) ?? Number.NaN
        expect(next).toBeGreaterThan(before)
        const local = localTime(next, zone)
        const skipped = local - localTime(next - 1, zone) > 1
        expect(skipped || isAsked(one, local)).toBe(true)
        before = next
      }
    }),
    { numRuns: 200 },
  )
})

test('asked from any time between two runs the answer is the same', () => {
  fc.assert(
    fc.property(
      anySchedule,
      zoned,
      fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      (one, { move: [zone, at], hours }, share) => {
        const first = nextRun(one, utc(at) + hours * 60 * minuteMs, zone) ?? Number.NaN
        const second = nextRun(one, first, zone) ?? Number.NaN
        const between = first + Math.floor((second - first) * share)
        expect(nextRun(one, between, zone)).toBe(second)
      },
    ),
    { numRuns: 200 },
  )
})
