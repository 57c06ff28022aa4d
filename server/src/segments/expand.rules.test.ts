import { expect, test } from 'vitest'
import type { Condition, Definition } from './definition.ts'
import { expand, lookupIn, type Named, segmentsIn, usersOf } from './expand.ts'
import { readDefinition } from './read-definition.ts'

const defined = (where: unknown): Definition => readDefinition({ format: 1, where })
const inSegment = (segment: number): Condition => ({ kind: 'segment', segment })
const member: Condition = { kind: 'member', is: 'member' }
const all = (...of: readonly Condition[]): Condition => ({ kind: 'all', of })
const named = (id: number, name: string, where: Condition): Named => ({
  id,
  name,
  definition: defined(where),
})

test('the condition of the other segment stands in the place of its name, as deep as it goes', () => {
  const shop = lookupIn([
    named(1, 'VIP', {
      kind: 'trait',
      path: 'grade',
      is: { type: 'text', op: 'equals', value: 'V' },
    }),
    named(2, '회원 VIP', all(member, inSegment(1))),
  ])
  expect(expand(defined({ kind: 'not', of: inSegment(2) }), shop).where).toEqual({
    kind: 'not',
    of: all(member, {
      kind: 'trait',
      path: 'grade',
      is: { type: 'text', op: 'equals', value: 'V' },
    }),
  })
})

test('a definition that names no segment is left as it is, so that its leaves are not hashed again', () => {
  const definition = defined(all(member, { kind: 'not', of: member }))
  expect(expand(definition, lookupIn([]))).toBe(definition)
})

test('a segment that is not there is refused, naming the part and who asks for it', () => {
  expect(() => expand(defined(all(member, inSegment(9))), lookupIn([]))).toThrow(
    'definition.where.of.1.segment: there is no segment 9',
  )
  const shop = lookupIn([named(2, '단골', all(member, inSegment(9)))])
  expect(() => expand(defined(inSegment(2)), shop)).toThrow(
    "definition.where.segment: there is no segment 9, which '단골' asks for",
  )
})

test('segments that contain each other are refused with the whole circle', () => {
  const shop = lookupIn([
    named(1, 'A', inSegment(2)),
    named(2, 'B', all(member, inSegment(3))),
    named(3, 'C', { kind: 'not', of: inSegment(1) }),
  ])
  expect(() => expand(defined(inSegment(2)), shop, { id: 1, name: 'A' })).toThrow(
    "definition.where.segment: segment 'A' would contain itself: 'A' → 'B' → 'C' → 'A'",
  )
  expect(() => expand(defined(inSegment(1)), shop, { id: 1, name: 'A' })).toThrow("'A' → 'A'")
})

test('what grows too large by the segments it names is refused, though each of them is small', () => {
  const many = all(...Array.from({ length: 25 }, () => member))
  const shop = lookupIn([named(1, '많음', many)])
  expect(() => expand(defined(all(inSegment(1), inSegment(1), inSegment(1))), shop)).toThrow(
    'definition.where: with the segments it names in their place, it has 75 conditions; 60 are allowed at most',
  )
  const nested = (depth: number): Condition =>
    depth === 0 ? member : { kind: 'not', of: nested(depth - 1) }
  const chain = Array.from({ length: 3 }, (_, index) =>
    named(
      index + 1,
      `${index}`,
      index === 0 ? nested(4) : { kind: 'not', of: all(inSegment(index), nested(3)) },
    ),
  )
  expect(expand(defined(inSegment(3)), lookupIn(chain))).toBeDefined()
  const deeper = [...chain, named(4, '3', { kind: 'not', of: all(inSegment(3), member) })]
  expect(() => expand(defined({ kind: 'not', of: inSegment(4) }), lookupIn(deeper))).toThrow(
    'it is nested 11 deep; 10 are allowed at most',
  )
})

test('who uses a segment is found through others, in the order of the shop', () => {
  const shop = [
    named(1, 'A', member),
    named(2, 'B', inSegment(1)),
    named(3, 'C', { kind: 'not', of: inSegment(2) }),
    named(4, 'D', member),
  ]
  expect(usersOf(shop, new Set([1])).map(({ name }) => name)).toEqual(['B', 'C'])
  expect(usersOf(shop, new Set([3]))).toEqual([])
  expect([...segmentsIn(defined(all(inSegment(1), { kind: 'not', of: inSegment(2) })))]).toEqual([
    1, 2,
  ])
})
