import { describe, expect, test } from 'vitest'
import type { Definition } from '../../../server/src/segments/definition.ts'
import { readDefinition } from '../../../server/src/segments/read-definition.ts'
import {
  definitionOf,
  draftOf,
  firstAmount,
  fresh,
  measured,
  modeOf,
  modes,
  starters,
} from './conditions.ts'
import { definitionSentence } from './say.ts'

const known = { event: 'Product Added', trait: 'grade' }
const started = fresh('event', known)

describe('the segment builder', () => {
  test('everything it can make is a definition the server takes', () => {
    if (started.kind !== 'event') throw new Error('an event condition was asked for')
    const made = modes.map((mode) =>
      measured(started, { mode, amount: firstAmount[mode], currency: 'KRW' }),
    )
    for (const condition of [
      ...made,
      ...Object.values(starters).flat(),
      fresh('trait', known),
      fresh('member', known),
    ]) {
      const definition = definitionOf({ join: 'all', conditions: [condition] })
      expect(() => readDefinition(definition)).not.toThrow()
    }
    expect(made.map(modeOf)).toEqual(modes)
  })

  test('a definition read and written again means the same', () => {
    const definition: Definition = {
      format: 1,
      where: { kind: 'any', of: [started, { kind: 'member', is: 'member' }] },
    }
    expect(definitionOf(draftOf(definition))).toEqual(definition)
  })

  test('a definition reads as a sentence in both languages', () => {
    const definition: Definition = {
      format: 1,
      where: { kind: 'all', of: [started, { kind: 'member', is: 'member' }] },
    }
    expect(definitionSentence(definition, 'ko')).toContain(
      '최근 30일 동안 장바구니 담기를 1번 이상',
    )
    expect(definitionSentence(definition, 'en')).toContain('add to cart')
  })
})
