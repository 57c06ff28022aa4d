import { describe, expect, test } from 'vitest'
import {
  ago,
  cases,
  change,
  changeOf,
  day,
  dayAndTime,
  lasting,
  money,
  people,
  percent,
  points,
  pointsRange,
  shortMoney,
} from './format.ts'

const seoul = { timeZone: 'Asia/Seoul', language: 'ko' } as const
const sunday = Date.UTC(2026, 10, 22, 5, 5)

describe('numbers', () => {
  test('people are counted in the words of the language', () => {
    expect(people(3412, 'ko')).toBe('3,412명')
    expect(people(3412, 'en')).toBe('3,412 people')
    expect(people(1, 'en')).toBe('1 person')
    expect(people(0, 'ko')).toBe('0명')
    expect(cases(1_000_000, 'ko')).toBe('1,000,000건')
  })

  test('shares have one decimal so that columns line up', () => {
    expect(percent(0.123)).toBe('12.3 %')
    expect(percent(0)).toBe('0.0 %')
    expect(percent(1)).toBe('100.0 %')
  })

  test('differences always show their sign, and a nothing shows none', () => {
    expect(points(0.018, 'ko')).toBe('+1.8%p')
    expect(points(-0.004, 'en')).toBe('-0.4 pp')
    expect(points(0.0001, 'ko')).toBe('0.0%p')
    expect(pointsRange(-0.003, 0.039, 'ko')).toBe('-0.3~+3.9%p')
    expect(pointsRange(-0.003, 0.039, 'en')).toBe('-0.3 to +3.9 pp')
  })

  test('a change against nothing is not a number', () => {
    expect(changeOf(10, 0)).toBeUndefined()
    expect(changeOf(1000, 10)).toBeUndefined()
    expect(change(changeOf(112, 100) ?? 0)).toBe('+12.0 %')
  })
})

describe('money', () => {
  test('tables show every won, axes the short form', () => {
    expect(money(12_345_000, 'KRW', 'ko')).toBe('12,345,000원')
    expect(money(12_345_000, 'KRW', 'en')).toBe('₩12,345,000')
    expect(shortMoney(12_340_000, 'KRW', 'ko')).toBe('1,234만 원')
    expect(shortMoney(320_000_000, 'KRW', 'ko')).toBe('3.2억 원')
    expect(shortMoney(9_900, 'KRW', 'ko')).toBe('9,900원')
    // Marks of an axis: none stands twice.
    expect([10_000, 15_000, 20_000].map((at) => shortMoney(at, 'KRW', 'ko'))).toEqual([
      '1만 원',
      '1.5만 원',
      '2만 원',
    ])
    expect(shortMoney(0, 'KRW', 'ko')).toBe('0원')
    expect(shortMoney(12_300_000, 'KRW', 'en')).toBe('₩12.3M')
  })

  test('other currencies keep their minor units', () => {
    expect(money(12.3, 'GBP', 'en')).toBe('£12.30')
  })
})

describe('times', () => {
  test('days are the shop’s days, with the weekday', () => {
    expect(day(sunday, seoul)).toBe('11월 22일 (일)')
    expect(dayAndTime(sunday, seoul)).toBe('11월 22일 (일) 14:05')
    expect(dayAndTime(sunday, { ...seoul, language: 'en' })).toBe('Sun 22 Nov 14:05')
    expect(day(Date.UTC(2026, 0, 4, 16), seoul)).toBe('1월 5일 (월)')
  })

  test('a day of another year names its year', () => {
    expect(day(Date.UTC(2025, 10, 22), seoul, sunday)).toBe('2025년 11월 22일 (토)')
  })

  test('how long ago, never in the future', () => {
    expect(ago(sunday, sunday - 5_000, 'ko')).toBe('방금')
    expect(ago(sunday, sunday + 3 * 60_000, 'ko')).toBe('3분 전')
    expect(ago(sunday, sunday + 49 * 3_600_000, 'en')).toBe('2 days ago')
  })

  test('waits in the two largest units', () => {
    expect(lasting(3_600_000, 'ko')).toBe('1시간')
    expect(lasting(90_000, 'ko')).toBe('1분 30초')
    expect(lasting(72 * 3_600_000, 'en')).toBe('3 days')
    expect(lasting(0, 'ko')).toBe('바로')
  })
})
