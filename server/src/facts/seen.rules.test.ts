import { expect, test } from 'vitest'
import type { Json } from '../lib/json.ts'
import { foldSeen, mergeSeen, type Seen } from './seen.ts'

const looked = (product_id: Json, at: number) => ({
  name: 'Product Viewed',
  at,
  body: { properties: { product_id } },
})

test('the product somebody looked at last stands first, and each stands once', () => {
  const seen = [looked('A', 1), looked('B', 2), looked('A', 3)].reduce<Seen | undefined>(
    (before, one) => foldSeen(before, one),
    undefined,
  )
  expect(seen).toEqual([
    ['A', 3],
    ['B', 2],
  ])
})

test('a look that is told late takes its place by time', () => {
  const seen = [looked('A', 5), looked('B', 2)].reduce<Seen | undefined>(
    (before, one) => foldSeen(before, one),
    undefined,
  )
  expect(seen?.map(([product]) => product)).toEqual(['A', 'B'])
})

test('twenty products are remembered, and looks at nothing are none', () => {
  let seen: Seen | undefined
  for (let at = 0; at < 30; at++) seen = foldSeen(seen, looked(at, at))
  expect(seen).toHaveLength(20)
  expect(seen?.[0]).toEqual(['29', 29])
  expect(foldSeen(seen, looked('  ', 40))).toBe(seen)
  expect(foldSeen(seen, { ...looked('A', 40), name: 'Product Added' })).toBe(seen)
})

test('two people who turn out to be one looked at what both looked at', () => {
  expect(
    mergeSeen(
      [['A', 3]],
      [
        ['A', 7],
        ['B', 5],
      ],
    ),
  ).toEqual([
    ['A', 7],
    ['B', 5],
  ])
  expect(mergeSeen(undefined, [['A', 3]])).toEqual([['A', 3]])
})
