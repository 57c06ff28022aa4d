import { expect, test } from 'vitest'
import { factPaths, flatten, traitPaths } from '../events/flatten.ts'
import { dayMs, hourMs } from '../lib/duration.ts'
import { Definition } from './definition.ts'
import type { View } from './evaluate.ts'
import { explain, explainedParts } from './explain.ts'
import { factsOf } from './filter.ts'
import { fold } from './fold.ts'
import { emptyLeaf } from './leaf-state.ts'

const now = Date.UTC(2026, 2, 10, 3)
const at = { now, zone: 'Asia/Seoul' }

const definition: Definition = {
  format: 1,
  where: {
    kind: 'all',
    of: [
      {
        kind: 'event',
        event: 'Product Viewed',
        window: { kind: 'rolling', span: { amount: 7, unit: 'days' } },
        measure: { of: 'count', is: { op: '>=', value: 2 } },
      },
      {
        kind: 'not',
        of: {
          kind: 'event',
          event: 'Order Completed',
          window: { kind: 'ever' },
          measure: { of: 'count', is: { op: '>=', value: 1 } },
        },
      },
      { kind: 'trait', path: 'grade', is: { type: 'text', op: 'equals', value: 'VIP' } },
      { kind: 'member', is: 'member' },
    ],
  },
}

function foldedOf(
  bought: readonly { readonly at: number; readonly value: number; readonly category: string }[],
): View['leaf'] {
  return (leaf) =>
    bought.reduce((state, { at: when, ...properties }) => {
      const facts = factsOf({ body: { properties } })
      return fold(leaf, state, { at: when, facts, now: when })
    }, emptyLeaf)
}

function viewOf(views: readonly number[], traits: { readonly grade?: string }): View {
  return {
    customer: 1,
    member: true,
    internal: false,
    traits: () => flatten(traits, traitPaths),
    facts: () => flatten({}, factPaths),
    leaf: (leaf) =>
      'event' in leaf && leaf.event === 'Product Viewed'
        ? views.reduce(
            (state, seen) =>
              fold(leaf, state, { at: seen, facts: factsOf({ body: {} }), now: seen }),
            emptyLeaf,
          )
        : emptyLeaf,
  } as View
}

test('each measure says its own figure, and a window counts only what lies in it', () => {
  const week = { kind: 'rolling', span: { amount: 7, unit: 'days' } } as const
  const bought = [
    { at: now - 9 * dayMs, value: 90_000, category: '가방' },
    { at: now - 3 * dayMs, value: 30_000, category: '신발' },
    { at: now - dayMs, value: 10_000, category: '신발' },
  ]
  const says = (measure: object, window: object = week): string => {
    const condition = { kind: 'event', event: 'Order Completed', window, measure }
    const { where } = Definition.parse({ format: 1, where: condition })
    const view = { ...viewOf([], {}), leaf: foldedOf(bought) } as View
    return explain({ format: 1, where }, view, at).says.ko
  }
  const is = { op: '>=', value: 1 }
  const last = '마지막 2026-03-09 12:00'
  expect(says({ of: 'count', is: { op: '>=', value: 2 } })).toBe(`2번, ${last}`)
  expect(says({ of: 'sum', path: 'value', is })).toBe(`합계 40,000, ${last}`)
  expect(says({ of: 'avg', path: 'value', is })).toBe(`평균 20,000, ${last}`)
  expect(says({ of: 'min', path: 'value', is })).toBe('최소 10,000')
  expect(says({ of: 'max', path: 'value', is })).toBe('최대 30,000')
  expect(says({ of: 'max', path: 'value', is }, { kind: 'ever' })).toBe('최대 90,000')
  expect(says({ of: 'distinct', path: 'category', is })).toBe('서로 다른 값 1가지')
  const span = { amount: 5, unit: 'days' }
  expect(says({ of: 'last', is: { op: 'within-last', span } })).toBe('2026-03-09 12:00')
  const thisMonth = { kind: 'calendar', unit: 'month', which: 'last', zone: 'Asia/Seoul' }
  expect(says({ of: 'count', is }, thisMonth)).toBe('0번')
  expect(says({ of: 'count', is }, { ...thisMonth, which: 'this' })).toBe('3번')
})

test('every condition says whether it holds, what is behind it and when time may change it', () => {
  const views = [now - 2 * dayMs, now - dayMs, now - hourMs]
  const why = explain(definition, viewOf(views, { grade: 'GOLD' }), at)
  expect(why).toMatchObject({ kind: 'all', holds: false })
  const parts = explainedParts(why)
  expect(parts.map(({ depth, kind, holds }) => [depth, kind, holds])).toEqual([
    [0, 'all', false],
    [1, 'event', true],
    [1, 'not', true],
    [2, 'event', false],
    [1, 'trait', false],
    [1, 'member', true],
  ])
  const [, viewed, , ordered, grade, member] = parts
  expect(viewed).toMatchObject({
    sentence: { ko: '최근 7일 동안 상품 보기를 2번 이상 한 고객' },
    found: { kind: 'count', count: 3, atLeast: false, lastAt: now - hourMs },
    says: { ko: '3번, 마지막 2026-03-10 11:00', en: '3 times, last 2026-03-10 11:00' },
    // The second newest view leaves the window six days from now: one is left.
    nextFlipAt: now + 6 * dayMs,
  })
  expect(ordered).toMatchObject({ says: { ko: '0번', en: '0 times' }, nextFlipAt: null })
  expect(grade).toMatchObject({ says: { ko: 'GOLD' }, found: { kind: 'value', value: 'GOLD' } })
  expect(member).toMatchObject({ says: { ko: '회원', en: 'member' } })
})

test('a count that the line does not keep whole says so, and a missing trait is named missing', () => {
  const views = Array.from({ length: 9 }, (_, index) => now - (9 - index) * hourMs)
  const parts = explainedParts(explain(definition, viewOf(views, {}), at))
  expect(parts[1]).toMatchObject({
    found: { kind: 'count', count: 6, atLeast: true },
    says: { ko: '6번 이상, 마지막 2026-03-10 11:00' },
  })
  expect(parts[4]).toMatchObject({ holds: false, says: { ko: '값 없음', en: 'no value' } })
})
