import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDecimal, readDecimal } from './decimal.ts'
import { rawNumber } from './json.ts'

test('a JSON number is the same decimal whether it is read as a number or as text', () => {
  const number = fc.oneof(
    fc.integer(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer().map((whole) => whole / 100),
    fc.constantFrom(0, -0, 900_000_000_000, 900_000_000_001, -900_000_000_001, 1e14, 1e15, 0.00005),
  )
  fc.assert(fc.property(number, (value) => readDecimal(value) === parseDecimal(String(value))))
})

test('a number whose digits were kept is read from them, and what is no number is missing', () => {
  expect(readDecimal(rawNumber('0.12345'))).toBe(1235n)
  expect(readDecimal(rawNumber('12345678901234.5678'))).toBe(123456789012345678n)
  for (const value of ['12', null, undefined, true, Number.NaN, Infinity, [], {}])
    expect(readDecimal(value)).toBeUndefined()
})
