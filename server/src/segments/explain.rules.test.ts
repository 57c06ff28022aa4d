import { expect, test } from 'vitest'
import { factPaths, flatten, traitPaths } from '../events/flatten.ts'
import { dayMs, hourMs } from '../lib/duration.ts'
import type { Definition } from './definition.ts'
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

function viewOf(views: readonly number[], traits: { readonly grade?: string }): View {
  return {
    customer: 1,
    member: true,
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
