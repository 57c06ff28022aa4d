import { expect, test } from 'vitest'
import { factPaths, flatten, listItemsLimit, traitPaths } from '../events/flatten.ts'
import { randomHolds, shareOf } from './person-condition.ts'
import { readDefinition } from './read-definition.ts'
import { holds } from './value-test.ts'

const refused = (where: unknown) => () => readDefinition({ format: 1, where })

test('a share holds about so many people, and the same ones every time', () => {
  const half = { kind: 'random', seed: '봄 세일', from: 0, to: 50 } as const
  const people = Array.from({ length: 10_000 }, (_, index) => index + 1)
  const first = people.filter((customer) => randomHolds(half, customer))
  expect(first.length).toBeGreaterThan(4_800)
  expect(first.length).toBeLessThan(5_200)
  expect(people.filter((customer) => randomHolds(half, customer))).toEqual(first)
})

test('shares of one seed do not overlap and leave nobody out; another seed cuts another share', () => {
  const cut = [0, 12.34, 57.01, 100]
  for (let customer = 1; customer <= 2_000; customer++) {
    const parts = cut
      .slice(1)
      .filter((to, index) =>
        randomHolds({ kind: 'random', seed: 's', from: cut[index] ?? 0, to }, customer),
      )
    expect(parts).toHaveLength(1)
  }
  const both = Array.from({ length: 2_000 }, (_, id) => id + 1).filter(
    (id) => shareOf('a', id) < 5_000 && shareOf('b', id) < 5_000,
  )
  expect(both.length).toBeGreaterThan(400)
  expect(both.length).toBeLessThan(600)
})

test('the number of a person is known, so that it can be worked out elsewhere', () => {
  expect([1, 2, 3].map((customer) => shareOf('a', customer))).toMatchInlineSnapshot(`
    [
      1686,
      8452,
      3422,
    ]
  `)
})

test.each([
  [
    'cart.colour',
    { type: 'text', op: 'exists' },
    "definition.where.path: 'cart.colour' is not a fact",
  ],
  [
    'cart.value',
    { type: 'text', op: 'equals', value: '3' },
    "definition.where.is.type: 'cart.value' is a fact of type number; it can't be asked as text",
  ],
  [
    'cart.products',
    { type: 'any', op: 'exists' },
    "'cart.products' is a fact of type list; it can't be asked as any",
  ],
])('the fact %s asked as %j is refused by name', (path, is, message) => {
  expect(refused({ kind: 'fact', path, is })).toThrow(message)
})

test.each([
  [
    { kind: 'random', seed: 'a', from: 50, to: 50 },
    'definition.where.from: a share must begin before it ends',
  ],
  [
    { kind: 'random', seed: 'a', from: 0, to: 33.333 },
    'definition.where.to: has two decimals at most',
  ],
  [{ kind: 'random', seed: 'a', from: 0, to: 101 }, 'definition.where.to'],
  [{ kind: 'random', seed: '', from: 0, to: 10 }, 'definition.where.seed'],
  [{ kind: 'segment', segment: 'VIP' }, 'definition.where.segment'],
  [
    {
      kind: 'trait',
      path: 'born',
      is: { type: 'date', op: 'anniversary', inDays: { from: 3, to: 1 }, zone: 'Asia/Seoul' },
    },
    'definition.where.is.inDays: from must not be larger than to',
  ],
  [
    {
      kind: 'trait',
      path: 'born',
      is: { type: 'date', op: 'anniversary', inDays: { from: 0, to: 1 }, zone: 'Seoul' },
    },
    'definition.where.is.zone: not a time zone',
  ],
  [
    { kind: 'trait', path: 'tags', is: { type: 'list', op: 'has-any', values: [] } },
    'definition.where.is.values',
  ],
])('%j is refused, naming the part', (where, message) => {
  expect(refused(where)).toThrow(message)
})

test('a list is an array of texts, numbers and flags, each as text', () => {
  const flat = flatten(
    { tags: ['가', 12, true, null, '12'], none: [], rows: [{ id: 1 }], pairs: [['a']], one: 'a' },
    traitPaths,
  )
  expect([...flat.lists]).toEqual([
    ['tags', ['가', '12', 'true', '12']],
    ['none', []],
  ])
  const has = (path: string, op: 'has-any' | 'has-all' | 'has-none', values: readonly string[]) =>
    holds({ flat, path, now: 0 }, { type: 'list', op, values })
  expect(has('tags', 'has-any', ['VIP', '가'])).toBe(true)
  expect(has('tags', 'has-all', ['VIP', '가'])).toBe(false)
  expect(has('none', 'has-none', ['VIP'])).toBe(true)
  // What is no list has nothing in it and nothing missing: negate has-any to say "not there either".
  expect(has('one', 'has-none', ['VIP'])).toBe(false)
})

test('lists are bounded, and a happening keeps none', () => {
  const long = Array.from({ length: 150 }, (_, index) => `p${index}`)
  expect(flatten({ long }, factPaths).lists.get('long')).toHaveLength(listItemsLimit)
  const many = Object.fromEntries(long.map((key) => [key, ['x']]))
  expect(flatten(many, traitPaths).lists.size).toBe(traitPaths.lists)
  expect(flatten({ long }).lists.size).toBe(0)
})
