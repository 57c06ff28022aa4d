import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../lib/json.ts'
import { campaignLimits } from './campaign.ts'
import type { Notes } from './enrolment.ts'
import { withAnswer } from './kept-answers.ts'

const told = (length: number): JsonObject => ({ words: 'x'.repeat(length) })
const after = (calls: readonly (readonly [step: number, length: number])[], begun: Notes = {}) =>
  calls.reduce((notes, [step, length]) => withAnswer(notes, { step, answer: told(length) }), begun)
const kept = ({ answers = {} }: Notes) => Object.keys(answers).map(Number)

test('what was answered longest ago is forgotten first, and a step that calls again is the newest', () => {
  const four = [30, 4, 20, 10].map((step) => [step, 7_000] as const)
  expect(kept(after(four))).toEqual([4, 10, 20, 30])
  expect(kept(after([...four, [1, 7_000]]))).toEqual([1, 4, 10, 20])
  expect(kept(after([...four, [30, 7_000], [1, 7_000]]))).toEqual([1, 10, 20, 30])
  // Ways that were begun before the order was kept forget by the number of the step.
  const { answered: _, ...begun } = after(four)
  expect(kept(after([[1, 7_000]], begun))).toEqual([1, 10, 20, 30])
})

test('two hundred webhook steps keep no more of their answers than the limit, and always the newest', () => {
  const call = fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 8_100 }))
  fc.assert(
    fc.property(fc.array(call, { minLength: 1, maxLength: 300 }), (calls) => {
      const notes = after(calls)
      const [step = 0, length = 0] = calls.at(-1) ?? []
      expect(JSON.stringify(notes.answers).length).toBeLessThanOrEqual(campaignLimits.answersLength)
      expect(notes.answers?.[String(step)]).toEqual(told(length))
      expect(new Set(notes.answered)).toEqual(new Set(kept(notes)))
    }),
    { numRuns: 30 },
  )
})
