import { expect, test } from 'vitest'
import { Block } from '../../../../server/src/messages/content.ts'
import { asBefore, kinds, moved, nameOf, newBlock, summaryOf } from './blocks.ts'

test('every block that is offered can be published as it comes, but for the address of a picture', () => {
  for (const kind of kinds) {
    for (const language of ['ko', 'en'] as const) {
      const block = newBlock(kind, language)
      expect(Block.safeParse(block).success, kind).toBe(true)
      expect(typeof summaryOf(block)).toBe('string')
    }
  }
})

test('a block moves up and down and nowhere beyond', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b', 'c'], 0, 3)).toEqual(['a', 'b', 'c'])
  expect(moved(['a'], 5, 0)).toEqual(['a'])
})

test('an edited block stays the one it was, a copy is another', () => {
  const block = newBlock('text', 'ko')
  const edited = asBefore(block, { kind: 'text', text: '다른 글' })
  expect(nameOf(edited)).toBe(nameOf(block))
  expect(nameOf({ ...block })).not.toBe(nameOf(block))
})
