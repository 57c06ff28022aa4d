import { expect, test } from 'vitest'
import { describe } from './describe.ts'
import { readDefinition } from './read-definition.ts'
import { SequenceCondition, sequenceFault } from './sequence.ts'

test.each([
  [{ steps: [{ event: 'A' }] }, 'steps'],
  [{ steps: [{ event: 'A', within: { amount: 1, unit: 'days' } }, b()] }, 'steps.0.within'],
  [{ steps: [{ event: 'A', without: { event: 'C' } }, b()] }, 'steps.0.without'],
  [{ steps: [{ event: 'A' }, { event: 'B' }] }, 'steps.1.within'],
  [
    { steps: [{ event: 'A' }, b()], not: { event: 'C', within: { amount: 7, unit: 'days' } } },
    'window.span',
  ],
])('what cannot work names the part: %j', (parts, at) => {
  const window = { kind: 'rolling', span: { amount: 7, unit: 'days' } }
  const one = SequenceCondition.parse({ kind: 'sequence', window, ...parts })
  expect(sequenceFault(one)?.at.join('.')).toBe(at)
})

test.each([
  [
    'a filter of a negative that is wrong',
    {
      ...whole(),
      not: {
        ...whole().not,
        where: { kind: 'property', path: 'n', is: { type: 'text', op: 'is' } },
      },
    },
    'definition.where.not.where',
  ],
  [
    'six steps',
    { ...whole(), steps: [{ event: 'A' }, b(), b(), b(), b(), b()] },
    'definition.where.steps',
  ],
  [
    'a gap of 91 days',
    {
      ...whole(),
      steps: [{ event: 'A' }, { event: 'B', within: { amount: 91, unit: 'days' } }],
    },
    'definition.where.steps.1.within: must be at most 90 days',
  ],
  [
    'what a segment causes',
    { ...whole(), not: { ...whole().not, event: 'Left Segment' } },
    "definition.where.not.event: 'Left Segment' comes from segments",
  ],
  [
    'a window that is over before the wait',
    { ...whole(), window: { kind: 'rolling', span: { amount: 24, unit: 'hours' } } },
    'definition.where.window.span: must be longer than the span in which nothing may happen',
  ],
  [
    'a window of two years',
    { ...whole(), window: { kind: 'rolling', span: { amount: 730, unit: 'days' } } },
    'definition.where.window.span: must be at most 400 days',
  ],
])('%s is refused by name', (_, where, sentence) => {
  expect(() => readDefinition({ format: 1, where })).toThrow(sentence)
})

test('reads aloud', () => {
  const one = readDefinition({ format: 1, where: whole() })
  expect(describe(one, 'ko')).toBe(
    '최근 7일 동안 상품 검색을 하고 1시간 안에 상품 보기를 하고 그 뒤 24시간 안에 주문 완료를 하지 않은 고객',
  )
  expect(describe(one, 'en')).toBe(
    "Customers who did 'Products Searched', then 'Product Viewed' within 1 hour, and no 'Order Completed' within 24 hours after it, in the last 7 days",
  )
  const { not, ...rest } = whole()
  const steps = [
    { event: 'Product Viewed' },
    {
      event: 'Order Completed',
      within: { amount: 2, unit: 'days' },
      without: { event: 'Product Added' },
    },
  ]
  const product = readDefinition({ format: 1, where: { ...rest, steps, sameProduct: true } })
  expect(describe(product, 'ko')).toBe(
    '최근 7일 동안 같은 상품을 두고 상품 보기를 하고 2일 안에 그 사이 장바구니 담기 없이 주문 완료를 한 고객',
  )
  expect(describe(product, 'en')).toBe(
    "Customers who did 'Product Viewed', then 'Order Completed' within 2 days and no 'Product Added' between, all with the same product, in the last 7 days",
  )
})

function whole() {
  return {
    kind: 'sequence',
    steps: [
      { event: 'Products Searched' },
      { event: 'Product Viewed', within: { amount: 1, unit: 'hours' } },
    ],
    not: { event: 'Order Completed', within: { amount: 24, unit: 'hours' } },
    window: { kind: 'rolling', span: { amount: 7, unit: 'days' } },
  }
}

function b() {
  return { event: 'B', within: { amount: 1, unit: 'days' } }
}
