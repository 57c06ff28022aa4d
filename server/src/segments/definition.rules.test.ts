import { expect, test } from 'vitest'
import type { Definition } from './definition.ts'
import { describe } from './describe.ts'
import { leavesOf } from './leaves.ts'
import { readDefinition } from './read-definition.ts'

const rolling = (amount: number) => ({ kind: 'rolling', span: { amount, unit: 'days' } })
const viewed = (value: number, op = '>=') => ({
  kind: 'event',
  event: 'Product Viewed',
  window: rolling(7),
  measure: { of: 'count', is: { op, value } },
})
const neverOrdered = {
  kind: 'event',
  event: 'Order Completed',
  window: { kind: 'ever' },
  measure: { of: 'count', is: { op: '=', value: 0 } },
}
const read = (where: unknown): Definition => readDefinition({ format: 1, where })

test('a definition reads as a sentence in Korean and in English', () => {
  const definition = read({ kind: 'all', of: [viewed(2), neverOrdered] })
  expect(describe(definition, 'ko')).toBe(
    '최근 7일 동안 상품 보기를 2번 이상 했고 주문 완료를 한 번도 하지 않은 고객',
  )
  expect(describe(definition, 'en')).toBe(
    "Customers with at least 2 'Product Viewed' in the last 7 days and with no 'Order Completed'",
  )
})

test.each([
  [
    {
      kind: 'any',
      of: [
        { kind: 'member', is: 'member' },
        { kind: 'trait', path: 'grade', is: { type: 'text', op: 'equals', value: 'VIP' } },
      ],
    },
    "회원이거나 등급이 'VIP'인 고객",
  ],
  [
    {
      kind: 'not',
      of: {
        kind: 'event',
        event: 'Order Completed',
        window: { kind: 'ever' },
        measure: { of: 'last', is: { op: 'within-last', span: { amount: 30, unit: 'days' } } },
      },
    },
    '마지막 주문 완료가 최근 30일 안인 경우가 아닌 고객',
  ],
  [
    {
      kind: 'event',
      event: 'Order Completed',
      where: {
        kind: 'products',
        match: 'any',
        where: [{ field: 'category', is: { type: 'text', op: 'equals', value: '신발' } }],
      },
      window: { kind: 'ever' },
      measure: { of: 'sum', path: 'value', currency: 'KRW', is: { op: '>=', value: 300000 } },
    },
    "카테고리가 '신발'인 상품이 있는 주문 완료의 금액 합계가 300,000원 이상인 고객",
  ],
])('%j is readable', (where, sentence) => {
  expect(describe(read(where), 'ko')).toBe(sentence)
})

test('conditions that differ only in what they compare with share what is remembered', () => {
  const keys = (where: unknown) => leavesOf(read(where)).map(({ key }) => key)
  expect(keys(viewed(3))).toEqual(keys(viewed(5)))
  expect(keys(viewed(3))).not.toEqual(keys(viewed(90)))
  expect(keys({ kind: 'all', of: [viewed(3), viewed(4), neverOrdered] })).toHaveLength(2)
})

const nested = (depth: number): unknown =>
  Array.from({ length: depth }).reduce((of: unknown) => ({ kind: 'not', of }), viewed(1))
const text = { type: 'text', op: 'equals', value: 'x' }

test.each([
  [
    'thirty-one conditions',
    {
      kind: 'all',
      of: Array.from({ length: 2 }, () => ({
        kind: 'all',
        of: Array.from({ length: 16 }, () => viewed(1)),
      })),
    },
    'definition.where: has 32 conditions',
  ],
  ['six groups deep', nested(6), 'definition.where.of.of.of.of.of.of: groups may be nested 5 deep'],
  ['ten thousand groups deep', nested(10_000), 'definition.where: groups may be nested 5 deep'],
  [
    'a count of 101 in a rolling window',
    viewed(101),
    'definition.where.measure.is: a count is compared with whole numbers from 0 to 100',
  ],
  ['half a time', viewed(1.5), 'definition.where.measure.is'],
  ['an unknown comparison', viewed(1, '!='), 'definition.where.measure.is.op'],
  ['an unknown kind', { kind: 'guess' }, 'definition.where.kind'],
  ['a member that is not one', { ...viewed(1), extra: 1 }, 'definition.where'],
  [
    'a date that does not exist',
    {
      kind: 'trait',
      path: 'born',
      is: { type: 'date', op: 'is', than: { op: 'before', at: '2026-02-30' } },
    },
    'definition.where.is',
  ],
  [
    'a window that ends before it begins',
    { ...viewed(1), window: { kind: 'between', from: '2026-02-02', to: '2026-02-01' } },
    'definition.where.window: from must lie before to',
  ],
  [
    'a number no amount can be',
    { kind: 'trait', path: 'n', is: { type: 'number', op: 'is', than: { op: '=', value: 1e15 } } },
    'definition.where.is',
  ],
  [
    'membership of other segments through their events',
    { ...viewed(1), event: 'Entered Segment' },
    "definition.where.event: 'Entered Segment' comes from segments",
  ],
  [
    'folded product fields',
    {
      ...viewed(1),
      where: {
        kind: 'products',
        match: 'any',
        where: [{ field: 'name', is: { ...text, fold: true } }],
      },
    },
    'definition.where.where.where.0.is: product fields are compared with case',
  ],
  [
    'an empty text',
    { kind: 'trait', path: 'a', is: { ...text, value: '' } },
    'definition.where.is.value',
  ],
])('%s is refused, naming the part', (_, where, message) => {
  expect(() => read(where)).toThrow(message)
})

test.each([null, 12, 'x', [], {}, { format: 2, where: viewed(1) }])(
  '%j is no definition',
  (input) => {
    expect(() => readDefinition(input)).toThrow(/^definition/)
  },
)

test('texts are composed as stored texts are', () => {
  const definition = read({
    kind: 'trait',
    path: 'a',
    is: { ...text, value: '\u1100\u1161\ud800' },
  })
  expect(definition.where).toMatchObject({ is: { value: '가\ufffd' } })
})
