import { expect, test } from 'vitest'
import { csvLine, phoneCell } from './csv-cell.ts'

test('what a spreadsheet would run as a formula is made text', () => {
  for (const cell of ['=1+1', '+1', '-1+1', '@SUM(A1)', ' =1', '\t=1', '\r\n=1', '＝1'])
    expect(csvLine([cell]).replaceAll('"', '')).toMatch(/^'/)
  expect(csvLine(['김하늘', 'a-b@x.kr', '010-1234-5678'])).toBe('김하늘,a-b@x.kr,010-1234-5678\r\n')
})

test('a number stays a number, a negative one too', () => {
  expect(csvLine(['-1', '-2.50', '3'])).toBe('-1,-2.50,3\r\n')
})

test('quotes, commas and line breaks stay within their cell', () => {
  expect(csvLine(['a"b', 'c,d', 'e\nf'])).toBe('"a""b","c,d","e\nf"\r\n')
})

test('Korean numbers are written so that a spreadsheet keeps the leading zero', () => {
  expect(phoneCell('+821012345678')).toBe('010-1234-5678')
  expect(phoneCell('+8221234567')).toBe('02-123-4567')
  expect(phoneCell('+82311234567')).toBe('031-123-4567')
  expect(phoneCell('+14155550100')).toBe('+14155550100')
})
