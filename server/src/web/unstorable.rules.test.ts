import { expect, test } from 'vitest'
import { unstorable } from './unstorable.ts'

test.each([
  ['fine', undefined],
  [{ name: '단골 🏪', list: [1, null, true] }, undefined],
  ['a\0b', []],
  [{ name: 'a\0' }, ['name']],
  [{ steps: [{}, { content: { text: '\0' } }] }, ['steps', '1', 'content', 'text']],
  [{ traits: { 'na\0me': 1 } }, ['traits']],
])('%j holds a text no database keeps at %j', (value, place) => {
  expect(unstorable(value)).toEqual(place)
})
