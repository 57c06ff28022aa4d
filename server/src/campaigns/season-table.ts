/** The years that the calendar of seasons knows, both included. */
export const seasonYears = { from: 2024, to: 2040 } as const

const columns = [
  'seollal',
  'daeboreum',
  'buddhas_birthday',
  'coming_of_age_day',
  'chobok',
  'jungbok',
  'malbok',
  'chilseok',
  'chuseok',
  'black_friday',
  'cyber_monday',
] as const
export type MovingDay = (typeof columns)[number]

/**
 * Month and day of the seasons that move. Lunar ones (1/1, 1/15, 4/8, 7/7, 8/15 of the Korean calendar) agree between the KARI
 * table and Unicode's calendar `dangi`; 초복 and 중복 are the third and fourth 경일 from the summer solstice, 말복 the first
 * from 입추, in Korean time; 성년의날 is the third Monday of May, Black Friday follows the fourth Thursday of November.
 */
const table: Readonly<Record<number, string>> = {
  2024: '02-10 02-24 05-15 05-20 07-15 07-25 08-14 08-10 09-17 11-29 12-02',
  2025: '01-29 02-12 05-05 05-19 07-20 07-30 08-09 08-29 10-06 11-28 12-01',
  2026: '02-17 03-03 05-24 05-18 07-15 07-25 08-14 08-19 09-25 11-27 11-30',
  2027: '02-07 02-21 05-13 05-17 07-20 07-30 08-09 08-08 09-15 11-26 11-29',
  2028: '01-27 02-10 05-02 05-15 07-14 07-24 08-13 08-26 10-03 11-24 11-27',
  2029: '02-13 02-27 05-20 05-21 07-19 07-29 08-08 08-16 09-22 11-23 11-26',
  2030: '02-03 02-17 05-09 05-20 07-14 07-24 08-13 08-05 09-12 11-29 12-02',
  2031: '01-23 02-06 05-28 05-19 07-19 07-29 08-08 08-24 10-01 11-28 12-01',
  2032: '02-11 02-25 05-16 05-17 07-13 07-23 08-12 08-12 09-19 11-26 11-29',
  2033: '01-31 02-14 05-06 05-16 07-18 07-28 08-07 08-01 09-08 11-25 11-28',
  2034: '02-19 03-05 05-25 05-15 07-13 07-23 08-12 08-20 09-27 11-24 11-27',
  2035: '02-08 02-22 05-15 05-21 07-18 07-28 08-17 08-10 09-16 11-23 11-26',
  2036: '01-28 02-11 05-03 05-19 07-12 07-22 08-11 08-28 10-04 11-28 12-01',
  2037: '02-15 03-01 05-22 05-18 07-17 07-27 08-16 08-17 09-24 11-27 11-30',
  2038: '02-04 02-18 05-11 05-17 07-12 07-22 08-11 08-07 09-13 11-26 11-29',
  2039: '01-24 02-07 04-30 05-16 07-17 07-27 08-16 08-26 10-02 11-25 11-28',
  2040: '02-12 02-26 05-18 05-21 07-11 07-21 08-10 08-14 09-21 11-23 11-26',
}

/** Month and day (`02-17`) of every moving season in a year; undefined for years outside the table. */
export function movingDays(year: number): Readonly<Record<MovingDay, string>> | undefined {
  const days = table[year]?.split(' ')
  if (!days) return undefined
  return Object.fromEntries(columns.map((column, at) => [column, days[at]])) as Record<
    MovingDay,
    string
  >
}
