import { expect, test } from 'vitest'
import { headsIn, inFile } from './csv-heads.ts'

test('a file is headed in the language of the page, an API client reads the names it knows', () => {
  const names = ['id', 'spent_krw', 'expected_revenue_usd', 'again_30']
  expect(headsIn('en', names)).toEqual(names)
  expect(headsIn('ko', names)).toEqual([
    '당골 번호',
    '쓴 금액 (KRW)',
    '매출 추정 (USD)',
    '30일 안에 다시 산 비율',
  ])
  expect(headsIn('ko', ['id'], { id: '발급 번호' })).toEqual(['발급 번호'])
  expect(inFile('ko', 'google')).toBe('google')
})
