import { expect, test } from 'vitest'
import { maskName } from './mask-name.ts'
import { changeTraits, mergeTraits, nameOf } from './traits.ts'

test('null removes a trait, the same value changes nothing', () => {
  const traits = { grade: 'gold', tags: ['a'] }
  expect(changeTraits(traits, { grade: null, age: 3 })).toEqual({ tags: ['a'], age: 3 })
  expect(changeTraits(traits, { grade: 'gold', tags: ['a'], none: null })).toBe(traits)
})

test('a customer holds a bounded number of traits and a bounded length of them', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`t${n}`, n]))
  expect(Object.keys(changeTraits({}, many))).toHaveLength(200)
  const before = { a: 1 }
  expect(changeTraits(before, { novel: 'x'.repeat(100_000) })).toBe(before)
})

test('a trait named like a member of objects is an ordinary trait', () => {
  expect(changeTraits({}, JSON.parse('{"constructor":"x"}'))).toEqual({ constructor: 'x' })
})

test('the survivor of a merge keeps its traits and gains what it lacked', () => {
  expect(mergeTraits({ a: 1 }, { a: 2, b: 3 })).toEqual({ a: 1, b: 3 })
})

test('a name is one line of text', () => {
  expect(nameOf({ name: '  김\n하늘\u0000 ' })).toBe('김 하늘')
  expect(nameOf({ name: '' })).toBeNull()
  expect(nameOf({ name: 7 })).toBeNull()
})

test.each([
  ['김하늘', '김*늘'],
  ['김솔', '김*'],
  ['남궁민수', '남궁**'],
  ['Alex Kim', 'A***'],
  [null, null],
])('%s is shown as %s', (name, shown) => {
  expect(maskName(name)).toBe(shown)
})
