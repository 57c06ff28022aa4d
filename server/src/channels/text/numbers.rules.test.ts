import { expect, test } from 'vitest'
import { dialled, e164Of, koreanTime } from './numbers.ts'

test('a number is written as it is dialled in its country', () => {
  expect(dialled('+821012345678')).toEqual({ country: '82', number: '01012345678' })
  expect(dialled('+82212345678')).toEqual({ country: '82', number: '0212345678' })
  expect(dialled('+821112345678')).toEqual({ country: '82', number: '01112345678' })
  expect(dialled('+14155550100')).toEqual({ country: '1', number: '4155550100' })
  expect(dialled('hello')).toBeUndefined()
})

test('a number in a provider list is found again among ours', () => {
  for (const text of ['01012345678', '1012345678', '010-1234-5678', '+82 10-1234-5678'])
    expect([text, e164Of(text)]).toEqual([text, '+821012345678'])
  expect(e164Of('02-1234-5678')).toBe('+82212345678')
  for (const text of ['', '0101234', 'none', '010123456789012'])
    expect(e164Of(text)).toBeUndefined()
})

test('times of Korean providers are Seoul time', () => {
  expect(koreanTime('2018-08-10 10:06:42.0')).toBe(Date.UTC(2018, 7, 10, 1, 6, 42))
  expect(koreanTime('2026-11-22 00:00:00')).toBe(Date.UTC(2026, 10, 21, 15))
  expect(koreanTime('')).toBeUndefined()
  expect(koreanTime('soon')).toBeUndefined()
})
