import type * as fc from 'fast-check'

/** Texts that stand in lists, and what lists are asked for. */
export const listTexts = ['VIP', 'vip', '12', '가', '😀', 'true'] as const

/** Lists that hurt: mixed types, nothing in them, the same twice, and arrays that are no lists. */
export const lists = [
  [],
  ['VIP'],
  ['VIP', '가', '12'],
  ['12', 12, true, null],
  [12, 12],
  ['\u1100\u1161', '😀'],
  [{ id: 'VIP' }],
  [['VIP']],
  [null],
] as const

/** Tests of values by their type. */
export type ValueTests = {
  readonly text: fc.Arbitrary<unknown>
  readonly number: fc.Arbitrary<unknown>
  readonly flag: fc.Arbitrary<unknown>
  readonly date: fc.Arbitrary<unknown>
}
