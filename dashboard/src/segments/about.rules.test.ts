import { expect, test } from 'vitest'
import { aboutPeople, asksAbout, rangeOfPeople, showsAbout } from './about.ts'

const of = 1_000_000

test('an estimate is said in as many digits as its range allows', () => {
  const near = { count: 12_345, low: 11_870, high: 12_790, of }
  expect(aboutPeople(near, 'ko')).toBe('약 12,300명')
  expect(aboutPeople(near, 'en')).toBe('about 12,300 people')
  expect(rangeOfPeople(near, 'ko')).toBe('11,800~12,800명')
  expect(rangeOfPeople(near, 'en')).toBe('11,800 to 12,800 people')
  const wide = { count: 141_249, low: 100_466, high: 182_031, of }
  expect(aboutPeople(wide, 'ko')).toBe('약 140,000명')
  expect(rangeOfPeople(wide, 'ko')).toBe('100,000~190,000명')
})

test('nobody found in a sample is few and not nobody', () => {
  const few = { count: 3, low: 0, high: 83, of }
  expect(aboutPeople(few, 'ko')).toBe('90명 이하')
  expect(aboutPeople(few, 'en')).toBe('at most 90 people')
})

test('an estimate of everybody is the number itself, and a range does not leave the shop', () => {
  expect(aboutPeople({ count: 412, low: 412, high: 412, of: 1_000 }, 'ko')).toBe('412명')
  expect(rangeOfPeople({ count: 900, low: 810, high: 990, of: 995 }, 'en')).toBe(
    '810 to 990 people',
  )
  expect(rangeOfPeople({ count: 900, low: 700, high: 991, of: 995 }, 'en')).toBe(
    '700 to 995 people',
  )
})

test('a small and quick shop is asked about once and never sees an estimate', () => {
  const unknown = { customers: undefined, lastMs: 0 }
  expect([asksAbout(unknown), showsAbout(unknown)]).toEqual([true, false])
  const small = { customers: 200_000, lastMs: 700 }
  expect([asksAbout(small), showsAbout(small)]).toEqual([false, false])
  for (const pace of [
    { customers: 200_001, lastMs: 0 },
    { customers: 10, lastMs: 701 },
    { customers: undefined, lastMs: 900 },
  ])
    expect([asksAbout(pace), showsAbout(pace)]).toEqual([true, true])
})
