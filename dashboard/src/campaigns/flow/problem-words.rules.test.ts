import { expect, test } from 'vitest'
import { Flow } from '../../../../server/src/campaigns/campaign.ts'
import { begunStep, begunTest, begunTrigger } from '../flow-begin.ts'
import { blanksOf, problemsIn, problemsOf, problemWords } from './problem-words.ts'

const flow = Flow.parse({
  trigger: { kind: 'event', event: 'Product Added' },
  steps: [],
  goal: { event: 'Order Completed', windowHours: 72 },
})
const around = { flow, language: 'ko' } as const

test('every blank of a step is named at that step, however deep it stands', () => {
  const branch = begunStep('branch', 1, around)
  if (branch.kind !== 'branch') throw new Error('a branch was begun')
  const [path] = branch.paths
  if (!path) throw new Error('a branch has a path')
  const paths = [{ ...path, when: begunTest('segment'), steps: [begunStep('coupon', 2, around)] }]
  const blanks = blanksOf({ ...flow, steps: [{ ...branch, paths }] })
  expect(blanks).toContainEqual({ code: 'no_segment', field: 'steps.1' })
  expect(blanks).toContainEqual({ code: 'no_pool', field: 'steps.2' })
})

test('a trigger without its segment is put right at the start, in words', () => {
  const problems = problemsOf({ ...flow, trigger: begunTrigger('segment', '2026-11-22') })
  const [first] = problemsIn(problems, 'trigger')
  expect(first && problemWords(first, 'ko')).toBe('세그먼트를 골라 주세요.')
  expect(first && problemWords(first, 'en')).toBe('Choose a segment.')
})

test('a cron expression that nobody can read is said with one that can be read', () => {
  const schedule = { kind: 'cron', expression: '61 * * * *', zone: 'shop' } as const
  const wrong = problemsOf({ ...flow, trigger: { kind: 'schedule', schedule }, audience: 3 })
  const [first] = problemsIn(wrong, 'trigger')
  expect(first && problemWords(first, 'ko')).toMatch(/cron 식을 읽을 수 없어요.*30 9/)
})

test('an empty flow says so once, and a whole one says nothing', () => {
  expect(problemsOf(flow).map(({ code }) => code)).toEqual(['no_steps'])
  expect(problemsOf({ ...flow, steps: [begunStep('message', 1, around)] })).toEqual([])
})
