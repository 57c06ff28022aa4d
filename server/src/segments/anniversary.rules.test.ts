import { expect, test } from 'vitest'
import { anniversaryFlips, anniversaryHolds, anniversaryStretches } from './anniversary.ts'

const birthday = (from: number, to: number, zone = 'Asia/Seoul') =>
  ({ type: 'date', op: 'anniversary', inDays: { from, to }, zone }) as const
const at = (text: string) => Date.parse(text)

test.each([
  ['today', '1990-05-17', [0, 0], '2026-05-17T09:00:00+09:00', true],
  ['tomorrow', '1990-05-17', [0, 0], '2026-05-18T00:00:00+09:00', false],
  ['in a week', '1990-05-17', [7, 7], '2026-05-10T23:59:59+09:00', true],
  [
    'in a week but asked for within six days',
    '1990-05-17',
    [0, 6],
    '2026-05-10T12:00:00+09:00',
    false,
  ],
  ['over the end of the year', '1990-01-02', [0, 7], '2026-12-30T12:00:00+09:00', true],
  ['three days ago', '1990-05-17', [-3, -1], '2026-05-20T12:00:00+09:00', true],
  ['on 28 February for a leap day', '1988-02-29', [0, 0], '2026-02-28T12:00:00+09:00', true],
  ['not on 1 March for a leap day', '1988-02-29', [0, 0], '2026-03-01T12:00:00+09:00', false],
  ['on 29 February in a leap year', '1988-02-29', [0, 0], '2028-02-29T12:00:00+09:00', true],
  ['not on 28 February in a leap year', '1988-02-29', [0, 0], '2028-02-28T12:00:00+09:00', false],
  ['not on the day itself', '2026-05-17', [0, 0], '2026-05-17T12:00:00+09:00', false],
  ['a year after it', '2026-05-17', [0, 0], '2027-05-17T12:00:00+09:00', true],
] as const)('a date comes back %s', (_, date, [from, to], now, truth) => {
  expect(anniversaryHolds(at(date), birthday(from, to), at(now))).toBe(truth)
})

test('somebody enters at the local midnight a week before the birthday and leaves at the one after it', () => {
  const week = birthday(0, 7)
  const born = at('1990-05-17')
  const enters = at('2026-05-10T00:00:00+09:00')
  const leaves = at('2026-05-18T00:00:00+09:00')
  expect(anniversaryFlips(born, week, at('2026-01-01T00:00:00Z'))).toBe(enters)
  expect(anniversaryHolds(born, week, enters - 1)).toBe(false)
  expect(anniversaryHolds(born, week, enters)).toBe(true)
  expect(anniversaryFlips(born, week, enters)).toBe(leaves)
  expect(anniversaryHolds(born, week, leaves - 1)).toBe(true)
  expect(anniversaryHolds(born, week, leaves)).toBe(false)
  expect(anniversaryFlips(born, week, leaves)).toBe(at('2027-05-10T00:00:00+09:00'))
})

test('midnight is that of the zone, also where clocks skip it', () => {
  const born = at('1990-04-24')
  // Clocks in Cairo go from 2026-04-24 00:00 to 01:00: the day begins at 22:00 UTC all the same.
  expect(anniversaryFlips(born, birthday(0, 0, 'Africa/Cairo'), at('2026-04-20T00:00:00Z'))).toBe(
    at('2026-04-23T22:00:00Z'),
  )
  expect(
    anniversaryFlips(born, birthday(0, 0, 'America/New_York'), at('2026-04-20T00:00:00Z')),
  ).toBe(at('2026-04-24T04:00:00Z'))
})

test('a whole year is always an anniversary, once a year has passed', () => {
  const always = birthday(0, 365)
  expect(anniversaryHolds(at('1990-05-17'), always, at('2026-05-18T00:00:00Z'))).toBe(true)
  expect(anniversaryFlips(at('1990-05-17'), always, at('2026-05-18T00:00:00Z'))).toBe(Infinity)
})

test('SQL is given stretches of month and day, with the leap day in the one that ends on 28 February', () => {
  expect(anniversaryStretches(birthday(-1, 0), at('2026-02-28T12:00:00+09:00'))).toEqual([
    { year: 2026, from: 227, to: 229 },
  ])
  expect(anniversaryStretches(birthday(0, 3), at('2026-12-30T12:00:00+09:00'))).toEqual([
    { year: 2026, from: 1230, to: 1231 },
    { year: 2027, from: 101, to: 102 },
  ])
})
