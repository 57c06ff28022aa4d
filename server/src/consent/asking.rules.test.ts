import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayMs } from '../lib/duration.ts'
import { type AskAnswer, afterAsking, askMemoryText, mayAsk, readAskMemory } from './asking.ts'

const unknown = { granted: false, refusedAt: null }
const at = Date.UTC(2026, 2, 1)

test('who said no, or only closed the ask, is not asked for seven days', () => {
  for (const answer of ['refused', 'closed'] as const) {
    const memory = afterAsking(answer, at)
    expect(mayAsk(memory, unknown, at + 7 * dayMs - 1)).toBe(false)
    expect(mayAsk(memory, unknown, at + 7 * dayMs)).toBe(true)
  }
})

test('a person can make it thirty days, or for ever', () => {
  expect(mayAsk(afterAsking('not_for_30_days', at), unknown, at + 30 * dayMs - 1)).toBe(false)
  expect(mayAsk(afterAsking('not_for_30_days', at), unknown, at + 30 * dayMs)).toBe(true)
  expect(mayAsk(afterAsking('never', at), unknown, at + 9_999 * dayMs)).toBe(false)
})

test('nobody is asked for what they granted, nor within seven days of a refusal said elsewhere', () => {
  expect(mayAsk(undefined, { granted: true, refusedAt: null }, at)).toBe(false)
  expect(mayAsk(undefined, { granted: false, refusedAt: at }, at + 7 * dayMs - 1)).toBe(false)
  expect(mayAsk(undefined, { granted: false, refusedAt: at }, at + 7 * dayMs)).toBe(true)
  expect(mayAsk(undefined, unknown, at)).toBe(true)
})

test('no answer but agreement allows another ask within seven days, and memories survive being text', () => {
  const answers: readonly AskAnswer[] = ['refused', 'closed', 'not_for_30_days', 'never', 'agreed']
  fc.assert(
    fc.property(
      fc.constantFrom(...answers),
      fc.integer({ min: 0, max: 7 * dayMs - 1 }),
      (answer, later) => {
        const memory = afterAsking(answer, at)
        expect(readAskMemory(askMemoryText(memory))).toEqual(memory)
        expect(mayAsk(memory, unknown, at + later)).toBe(false)
      },
    ),
  )
  for (const strange of ['', 'soon', '-1', '1e9', null])
    expect(readAskMemory(strange)).toBeUndefined()
})
