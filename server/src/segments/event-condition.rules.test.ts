import { expect, test } from 'vitest'
import { dayMs, minuteMs } from '../lib/duration.ts'
import { judgeMeasure } from './aggregates.ts'
import { describe } from './describe.ts'
import type { EventCondition } from './event-condition.ts'
import { factsOf } from './filter.ts'
import { fold } from './fold.ts'
import { decodeLeaf, emptyLeaf, encodeLeaf, type LeafState } from './leaf-state.ts'
import { knownLeaf, leavesOf } from './leaves.ts'
import { keptTimesLimit } from './limits.ts'
import { readDefinition } from './read-definition.ts'

const span = (amount: number, unit = 'days') => ({ amount, unit })
const rolling = (amount: number) => ({ kind: 'rolling', span: span(amount) })
const calendar = (unit: string, which: string) => ({
  kind: 'calendar',
  unit,
  which,
  zone: 'Asia/Seoul',
})
const ever = { kind: 'ever' }
const least = (value: number) => ({ op: '>=', value })
const amount = (of: string, value: number) => ({
  of,
  path: 'value',
  currency: 'KRW',
  is: least(value),
})
const count = (value: number) => ({ of: 'count', is: least(value) })
const ordered = (window: unknown, measure: unknown) =>
  readDefinition({ format: 1, where: { kind: 'event', event: 'Order Completed', window, measure } })

test.each([
  [
    rolling(30),
    amount('avg', 50_000),
    '최근 30일 동안 주문 완료의 금액 평균이 50,000원 이상인 고객',
    "Customers with an average value of at least 50,000 KRW over 'Order Completed' in the last 30 days",
  ],
  [
    ever,
    amount('min', 9_900),
    '주문 완료의 금액 최솟값이 9,900원 이상인 고객',
    "Customers with a smallest value of at least 9,900 KRW over 'Order Completed'",
  ],
  [
    calendar('month', 'last'),
    amount('max', 100_000),
    '지난달에 주문 완료의 금액 최댓값이 100,000원 이상인 고객',
    "Customers with a largest value of at least 100,000 KRW over 'Order Completed' last month",
  ],
  [
    rolling(7),
    { of: 'distinct', path: 'category', is: least(3) },
    '최근 7일 동안 주문 완료의 서로 다른 카테고리가 3가지 이상인 고객',
    "Customers with at least 3 different values of category over 'Order Completed' in the last 7 days",
  ],
  [
    { ...rolling(60), until: span(30) },
    count(2),
    '60일 전부터 30일 전까지 주문 완료를 2번 이상 한 고객',
    "Customers with at least 2 'Order Completed' between 60 days and 30 days ago",
  ],
  [
    { kind: 'before', at: '2026-01-01' },
    count(1),
    '2026년 1월 1일 전에 주문 완료를 1번 이상 한 고객',
    "Customers with at least 1 'Order Completed' before 2026-01-01",
  ],
  [
    { kind: 'after', at: '2026-01-01' },
    count(1),
    '2026년 1월 1일 이후에 주문 완료를 1번 이상 한 고객',
    "Customers with at least 1 'Order Completed' from 2026-01-01 on",
  ],
  [
    calendar('day', 'this'),
    count(1),
    '오늘 주문 완료를 1번 이상 한 고객',
    "Customers with at least 1 'Order Completed' today",
  ],
  [
    calendar('week', 'this'),
    count(1),
    '이번 주에 주문 완료를 1번 이상 한 고객',
    "Customers with at least 1 'Order Completed' this week",
  ],
])('%j %j reads aloud', (window, measure, korean, english) => {
  expect(describe(ordered(window, measure), 'ko')).toBe(korean)
  expect(describe(ordered(window, measure), 'en')).toBe(english)
})

test.each([
  [
    'an end before the begin',
    { ...rolling(7), until: span(7) },
    count(1),
    'window.until: must be shorter',
  ],
  [
    'an end of 401 days ago',
    { ...rolling(7), until: span(401) },
    count(1),
    'window.until: must be at most 400 days',
  ],
  [
    'a zone that no clock knows',
    { ...calendar('day', 'this'), zone: 'Asia/Soul' },
    count(1),
    'window.zone: not a time zone',
  ],
  ['no zone', { kind: 'calendar', unit: 'day', which: 'this' }, count(1), 'window.zone'],
  ['a year', calendar('year', 'this'), count(1), 'window.unit'],
  ['next week', calendar('week', 'next'), count(1), 'window.which'],
  ['before no date', { kind: 'before', at: 'Christmas' }, count(1), 'window.at: must be a date'],
  ['an average of nothing', ever, { of: 'avg', is: least(1) }, 'measure.path'],
  ['an average of an amount that cannot be', ever, amount('avg', 1e15), 'measure.is'],
  [
    'a currency of another length',
    ever,
    { ...amount('min', 1), currency: 'WON!' },
    'measure.currency',
  ],
  [
    'a largest from high to low',
    ever,
    { ...amount('max', 1), is: { op: 'between', from: 2, to: 1 } },
    'measure.is: from must not be larger',
  ],
  [
    '101 different values',
    ever,
    { of: 'distinct', path: 'a', is: least(101) },
    'measure.is: a count is compared with whole numbers from 0 to 100',
  ],
  [
    'half a value',
    ever,
    { of: 'distinct', path: 'a', is: least(0.5) },
    'measure.is: a count is compared',
  ],
  ['a median', ever, { of: 'median', path: 'a', is: least(1) }, 'measure.of'],
])('%s is refused by name', (_, window, measure, message) => {
  expect(() => ordered(window, measure)).toThrow(`definition.where.${message}`)
})

test('what people are remembered by keeps its name, or every segment would be built anew', () => {
  const key = (window: unknown, measure: unknown) => leavesOf(ordered(window, measure))[0]?.key
  expect(key(rolling(7), count(2))).toBe('9fdb117bd555026ac0b0')
  expect(key(ever, amount('sum', 2))).toBe('18c08ad8f8c71d8b8837')
  expect(key(ever, { of: 'count', is: { op: '=', value: 0 } })).toBe('d750e18893dfa5afd752')
})

const start = Date.UTC(2026, 2, 1)
/** The state after one order a minute, and its judgement at the last one. */
function after(orders: number, window: unknown, measure: unknown) {
  const condition = ordered(window, measure).where as EventCondition
  const leaf = knownLeaf(condition)
  let state: LeafState = emptyLeaf
  for (let index = 0; index < orders; index++) {
    const now = start + index * minuteMs
    const properties = {
      value: index * 7,
      category: `a category with a long name ${index % 40}`,
    }
    state = fold(leaf, state, { at: now, now, facts: factsOf({ body: { properties } }) })
  }
  const now = start + (orders - 1) * minuteMs
  return { state, verdict: judgeMeasure({ leaf, state, now }, condition.measure) }
}
const sizeOf = (state: LeafState) => JSON.stringify(encodeLeaf(state)).length

test.each([
  ['a count of this month', calendar('month', 'this'), count(3_000), 1],
  ['an average of this month', calendar('month', 'this'), amount('avg', 1), 1],
  ['the largest of this month', calendar('month', 'this'), amount('max', 4_000), 1],
  ['an average of all time', ever, amount('avg', 1), 0],
  ['the smallest of all time', ever, amount('min', 0), 0],
  [
    'the last of last week, this week being all there is',
    calendar('week', 'last'),
    { of: 'last', is: { op: 'before', at: '2027-01-01' } },
    2,
  ],
  ['different values of all time', ever, { of: 'distinct', path: 'category', is: least(20) }, 21],
  [
    'different values of 30 days',
    rolling(30),
    { of: 'distinct', path: 'category', is: least(20) },
    21,
  ],
])('3,000 orders are little to remember for %s', (_, window, measure, times) => {
  const { state } = after(3_000, window, measure)
  expect(state.ats).toHaveLength(times)
  expect(state.large).toBe(false)
  expect(sizeOf(state)).toBeLessThan(1_000)
  expect(decodeLeaf(JSON.parse(JSON.stringify(encodeLeaf(state))))).toEqual(state)
})

test('a person with more orders in 30 days than a person may hold is asked from history', () => {
  const { state, verdict } = after(keptTimesLimit + 1, rolling(30), amount('avg', 3_500.0001))
  expect(state).toMatchObject({ large: true, held: 1 })
  expect(state.ats).toHaveLength(keptTimesLimit)
  // 0, 7, 14 ... are 3,500 on average: what is no longer told one by one still counts.
  expect(verdict.value).toBe(false)
  expect(after(keptTimesLimit + 1, rolling(30), amount('avg', 3_500)).verdict.value).toBe(true)
})

test('an average changes at the moment that the first order leaves the window', () => {
  // 0 and 7: 3.5 until the order of 0 is seven days old, then 7.
  const { verdict } = after(2, rolling(7), amount('avg', 4))
  expect(verdict).toEqual({ value: false, nextFlipAt: start + 7 * dayMs })
})
