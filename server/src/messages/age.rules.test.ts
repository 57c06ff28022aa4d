import { expect, test } from 'vitest'
import { isUnder14 } from './age.ts'

/** 22 November 2026 in Seoul, at midnight and a moment before. */
const midnight = Date.UTC(2026, 10, 21, 15)

test.each([
  ['2012-11-22', midnight, false],
  ['2012-11-22', midnight - 1, true],
  ['2012-11-23', midnight, true],
  ['20121122', midnight, false],
  ['20121123', midnight, true],
  ['2015.3.2', midnight, true],
  ['2015년 3월 2일', midnight, true],
  ['2015/03/02', midnight, true],
  ['2015-03-02T00:00:00.000Z', midnight, true],
  ['2012-02-29', midnight, false],
  ['2027-01-01', midnight, false],
  ['1850-01-01', midnight, false],
  ['03-02', midnight, false],
  ['생일', midnight, false],
])('a birth date of %s makes somebody under 14 at %d: %s', (birthday, now, expected) => {
  expect(isUnder14({ birthday }, now)).toBe(expected)
})

test('numbers are read too, other traits and nothing at all say nothing', () => {
  expect(isUnder14({ birth_date: 20150302 }, midnight)).toBe(true)
  expect(isUnder14({ birthday: '03-02', birth_date: '1990-01-01' }, midnight)).toBe(false)
  expect(isUnder14({ born: '2015-03-02' }, midnight)).toBe(false)
  expect(isUnder14({}, midnight)).toBe(false)
})
