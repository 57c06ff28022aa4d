import { expect, test } from 'vitest'
import { dayMs, hourMs } from '../lib/duration.ts'
import { dayOfText, dayText } from './day.ts'
import { holidaysBetween } from './holidays.ts'
import { seasonsBetween } from './kept-seasons.ts'
import { SeasonSettings, seasonSettings } from './season-settings.ts'
import { seasonYears } from './season-table.ts'
import { seasonTimes } from './season-times.ts'
import { type SeasonId, seasonDays, seasonIds, seasonOf } from './seasons.ts'

const years = Array.from(
  { length: seasonYears.to - seasonYears.from + 1 },
  (_, at) => seasonYears.from + at,
)
const usual = SeasonSettings.parse({})
const dayNumber = (id: SeasonId, year: number) =>
  dayOfText(seasonDays(id, year)?.from ?? '') ?? Number.NaN

const dangi = new Intl.DateTimeFormat('en-u-ca-dangi', {
  timeZone: 'UTC',
  month: 'numeric',
  day: 'numeric',
})

test.each([
  ['seollal', '1/1'],
  ['daeboreum', '1/15'],
  ['buddhas_birthday', '4/8'],
  ['chilseok', '7/7'],
  ['chuseok', '8/15'],
] as const)('%s is on %s of the Korean calendar in every year', (id, lunar) => {
  for (const year of years) {
    const parts = dangi.formatToParts(dayNumber(id, year) * dayMs)
    const part = (type: string) => parts.find((one) => one.type === type)?.value
    expect(`${year} ${part('month')}/${part('day')}`).toBe(`${year} ${lunar}`)
  }
})

/** The nth weekday (Sunday 0) of a month (January 0), counted from 1970-01-01. */
function nthWeekday(
  year: number,
  month: number,
  { weekday, nth }: { weekday: number; nth: number },
) {
  const first = Date.UTC(year, month, 1) / dayMs
  return first + ((weekday - new Date(first * dayMs).getUTCDay() + 7) % 7) + 7 * (nth - 1)
}

test('the days that weekdays make are on them', () => {
  for (const year of years) {
    const thanksgiving = nthWeekday(year, 10, { weekday: 4, nth: 4 })
    expect(dayNumber('coming_of_age_day', year)).toBe(nthWeekday(year, 4, { weekday: 1, nth: 3 }))
    expect(dayNumber('black_friday', year)).toBe(thanksgiving + 1)
    expect(dayNumber('cyber_monday', year)).toBe(thanksgiving + 4)
  }
})

/** Apparent longitude of the sun in degrees, good to 0.01 (a quarter of an hour): Meeus, Astronomical Algorithms, chapter 25. */
function sunAt(atMs: number): number {
  const centuries = (atMs / dayMs + 2_440_587.5 - 2_451_545) / 36_525
  const sin = (degrees: number) => Math.sin((degrees * Math.PI) / 180)
  const mean = 280.46646 + 36_000.76983 * centuries
  const anomaly = 357.52911 + 35_999.05029 * centuries
  const centre = 1.914602 * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
  return (mean + centre - 0.00569 - 0.00478 * sin(125.04 - 1_934.136 * centuries)) % 360
}

/** The day in Korea, counted from 1970-01-01, on which the sun reaches a longitude in summer. */
function koreanDayOfSun(year: number, longitude: number): number {
  let day = Date.UTC(year, 5, 15) / dayMs
  const endOfDay = () => (day + 1) * dayMs - 9 * hourMs
  while (sunAt(endOfDay()) < longitude) day++
  return day
}

/** 경일, the days of the seventh stem, from a day on. */
function gyeongil(from: number, nth: number): number {
  const untilFirst = (6 - ((from + 2_440_588 + 9) % 10) + 10) % 10
  return from + untilFirst + 10 * (nth - 1)
}

test('the three hot days follow the solstice and 입추', () => {
  for (const year of years) {
    const [solstice, autumn] = [koreanDayOfSun(year, 90), koreanDayOfSun(year, 135)]
    expect(dayText(dayNumber('chobok', year))).toBe(dayText(gyeongil(solstice, 3)))
    expect(dayText(dayNumber('jungbok', year))).toBe(dayText(gyeongil(solstice, 4)))
    expect(dayText(dayNumber('malbok', year))).toBe(dayText(gyeongil(autumn, 1)))
  }
})

test('every season has real days, but for the exam and the years outside the table', () => {
  for (const id of seasonIds)
    for (const year of years) {
      const days = seasonDays(id, year)
      if (id === 'suneung') expect(days).toBeUndefined()
      else {
        const [from, to] = [dayOfText(days?.from ?? ''), dayOfText(days?.to ?? '')]
        expect(from !== undefined && to !== undefined && from <= to).toBe(true)
        expect(seasonOf(id).kind).toBe(from === to ? 'day' : 'span')
      }
    }
  expect(seasonDays('christmas', 2023)).toBeUndefined()
  expect(seasonDays('christmas', 2041)).toBeUndefined()
})

test('a gift day has a teaser, a main day, a last order and an end', () => {
  const days = { from: '2026-03-14', to: '2026-03-14' }
  expect(seasonTimes(seasonOf('white_day'), days, 2)).toEqual({
    kind: 'day',
    teaser: '2026-02-28',
    main: '2026-03-07',
    lastOrder: '2026-03-12',
    day: '2026-03-14',
    stop: '2026-03-15',
  })
})

test('where parcels take long everything is told earlier, in the same order', () => {
  const days = { from: '2026-09-25', to: '2026-09-25' }
  expect(seasonTimes(seasonOf('chuseok'), days, 10)).toMatchObject({
    teaser: '2026-09-07',
    main: '2026-09-14',
    lastOrder: '2026-09-15',
  })
})

test('a day without gifts knows no last order, a span no day', () => {
  const halloween = { from: '2026-10-31', to: '2026-10-31' }
  expect(seasonTimes(seasonOf('halloween'), halloween, 2)).toMatchObject({ lastOrder: undefined })
  expect(
    seasonTimes(seasonOf('spring_outing'), { from: '2026-04-01', to: '2026-05-10' }, 2),
  ).toEqual({
    kind: 'span',
    opening: '2026-04-01',
    middle: '2026-04-20',
    closing: '2026-05-07',
    stop: '2026-05-11',
  })
  const short = { from: '2026-04-01', to: '2026-04-02' }
  expect(seasonTimes(seasonOf('spring_outing'), short, 2)).toMatchObject({
    middle: '2026-04-01',
    closing: '2026-04-01',
  })
})

const idsBetween = (settings: SeasonSettings, from: string, to: string) =>
  seasonsBetween(settings, { from, to }).map(({ id, name }) => id ?? name.ko)

test('a season belongs to a stretch from its teaser to the day after it', () => {
  expect(idsBetween(usual, '2026-12-11', '2026-12-11')).toContain('christmas')
  expect(idsBetween(usual, '2026-12-10', '2026-12-10')).not.toContain('christmas')
  expect(idsBetween(usual, '2026-12-26', '2026-12-26')).toContain('christmas')
  expect(idsBetween(usual, '2026-12-27', '2026-12-27')).toEqual(['new_year'])
})

test('days of remembrance are told, and nothing is sent for them', () => {
  const remembered = seasonsBetween(usual, { from: '2026-06-06', to: '2026-06-06' })
  expect(remembered.map(({ id, times }) => [id, times])).toEqual([['memorial_day', null]])
})

test('a shop moves, hides and adds days of its own', () => {
  const settings = SeasonSettings.parse({
    moved: [
      { season: 'suneung', year: 2026, from: '2026-11-19', to: '2026-11-19' },
      { season: 'summer_holiday', year: 2027, from: '2027-06-20', to: '2027-07-05' },
    ],
    hidden: ['halloween', 'christmas'],
    own: [{ name: '다섯 번째 생일', from: '2026-12-20', to: '2026-12-20' }],
    orderByLeadDays: { suneung: 3 },
  })
  expect(idsBetween(settings, '2026-12-10', '2026-12-24')).toEqual([
    'kimjang',
    '다섯 번째 생일',
    'new_year',
  ])
  expect(idsBetween(settings, '2027-07-06', '2027-07-06')).toContain('summer_holiday')
  expect(idsBetween(settings, '2027-07-20', '2027-07-20')).not.toContain('summer_holiday')
  const [exam] = seasonsBetween(settings, { from: '2026-11-19', to: '2026-11-19' }).filter(
    ({ id }) => id === 'suneung',
  )
  expect(exam).toMatchObject({ moved: true, leadDays: 3, times: { lastOrder: '2026-11-16' } })
})

test('settings that contradict themselves are refused, broken ones count as none', () => {
  for (const wrong of [
    { moved: [{ season: 'suneung', year: 2026, from: '2026-11-20', to: '2026-11-19' }] },
    { moved: [{ season: 'suneung', year: 2027, from: '2026-11-19', to: '2026-11-19' }] },
    { moved: [{ season: 'moon day', year: 2026, from: '2026-11-19', to: '2026-11-19' }] },
    { orderByLeadDays: { seollal: 21 } },
    { holidays: [{ day: '2026-02-30', name: '임시공휴일' }] },
    { extra: true },
  ])
    expect(SeasonSettings.safeParse(wrong).success).toBe(false)
  expect(seasonSettings({ hidden: 'all' })).toEqual(usual)
})

test('feasts have three days off, announced holidays count, 제헌절 since 2026', () => {
  const settings = SeasonSettings.parse({ holidays: [{ day: '2026-09-28', name: '임시공휴일' }] })
  const off = holidaysBetween(settings, { from: '2026-09-20', to: '2026-10-09' })
  expect(off.map(({ day }) => day)).toEqual([
    '2026-09-24',
    '2026-09-25',
    '2026-09-26',
    '2026-09-28',
    '2026-10-03',
    '2026-10-05',
    '2026-10-09',
  ])
  const july = (year: number) =>
    holidaysBetween(usual, { from: `${year}-07-01`, to: `${year}-07-31` })
  expect(july(2025)).toEqual([])
  expect(july(2026).map(({ day }) => day)).toEqual(['2026-07-17'])
})

test('a day off that falls on a weekend or on another one is made up for, as the calendars of these years have it', () => {
  const substitutes = (year: number) =>
    holidaysBetween(usual, { from: `${year}-01-01`, to: `${year}-12-31` })
      .filter(({ name }) => name.ko.startsWith('대체공휴일'))
      .map(({ day }) => day.slice(5))
  expect(substitutes(2024)).toEqual(['02-12', '05-06'])
  expect(substitutes(2025)).toEqual(['03-03', '05-06', '10-08'])
  expect(substitutes(2026)).toEqual(['03-02', '05-25', '08-17', '10-05'])
  expect(substitutes(2027)).toEqual(['02-09', '07-19', '08-16', '10-04', '10-11', '12-27'])
  expect(substitutes(2028)).toContain('10-05')
})
