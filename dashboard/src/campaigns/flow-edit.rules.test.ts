import { expect, test } from 'vitest'
import { Flow } from '../../../server/src/campaigns/campaign.ts'
import { stepsOf } from '../../../server/src/campaigns/flow-map.ts'
import { validate } from '../../../server/src/campaigns/flow-problems.ts'
import { begunStep } from './flow-begin.ts'
import {
  duplicated,
  nextId,
  saidWait,
  shifted,
  splitInTwo,
  spotOf,
  stepAt,
  waitMinutes,
  withChanged,
  without,
  withStep,
} from './flow-edit.ts'

const blank = Flow.parse({
  trigger: { kind: 'event', event: 'Product Added' },
  steps: [],
  goal: { event: 'Order Completed', windowHours: 72 },
})
const around = { flow: blank, language: 'ko', list: 1, pool: 1 } as const

/** wait 1, split 2 (a: message 3, b: message 4), exit 5 */
const flow: Flow = [
  begunStep('wait', 1, around),
  begunStep('split', 2, around),
  begunStep('exit', 5, around),
].reduce((all, step, at) => withStep(all, { lane: undefined, at }, step), blank)
const whole = ['a', 'b'].reduce(
  (all, path, at) =>
    withStep(all, { lane: { step: 2, path }, at: 0 }, begunStep('message', 3 + at, around)),
  flow,
)
const ids = (of: Flow) => stepsOf(of).map(({ id }) => id)

test('a step comes in at its place, in a path too, with an id nobody has', () => {
  expect(ids(whole)).toEqual([1, 2, 3, 4, 5])
  expect(nextId(whole)).toBe(6)
  expect(spotOf(whole, 4)).toEqual({ lane: { step: 2, path: 'b' }, at: 0 })
  expect(nextId(blank)).toBe(1)
})

test('what stands inside a step goes with it', () => {
  expect(ids(without(whole, 2))).toEqual([1, 5])
  expect(ids(without(whole, 4))).toEqual([1, 2, 3, 5])
})

test('a step moves as the list is read: into a path, on to the next and out behind it', () => {
  const way = [whole]
  for (let at = 0; at < 8; at++) way.push(shifted(way.at(-1) ?? whole, 1, 1))
  expect(way.map((one) => spotOf(one, 1)).slice(0, 7)).toEqual([
    { lane: undefined, at: 0 },
    { lane: { step: 2, path: 'a' }, at: 0 },
    { lane: { step: 2, path: 'a' }, at: 1 },
    { lane: { step: 2, path: 'b' }, at: 0 },
    { lane: { step: 2, path: 'b' }, at: 1 },
    { lane: undefined, at: 1 },
    { lane: undefined, at: 2 },
  ])
  const last = way.at(-1) ?? whole
  expect(shifted(last, 1, 1)).toBe(last)
  const back = way.reduceRight((one) => shifted(one, 1, -1), last)
  expect(back).toEqual(whole)
})

test('a copy has ids of its own and its loops lead within it', () => {
  const looped = withStep(
    whole,
    { lane: { step: 2, path: 'a' }, at: 1 },
    {
      kind: 'goto',
      id: 6,
      to: 3,
    },
  )
  const twice = duplicated(looped, 2)
  expect(ids(twice)).toEqual([1, 2, 3, 6, 4, 7, 8, 9, 10, 5])
  expect(stepAt(twice, 9)).toEqual({ kind: 'goto', id: 9, to: 8 })
  expect(validate(twice).map(({ code }) => code)).not.toContain('repeated_step_id')
})

test('a message is split in two that differ only by their ids', () => {
  const one = withStep(blank, { lane: undefined, at: 0 }, begunStep('message', 1, around))
  const two = splitInTwo(one, 1)
  expect(ids(two)).toEqual([2, 1, 3])
  expect({ ...stepAt(two, 3), id: 1 }).toEqual(stepAt(two, 1))
  expect(validate(two)).toEqual([])
})

test('a changed step stays where it is', () => {
  const later = withChanged(whole, { kind: 'wait', id: 1, minutes: 30 })
  expect(stepAt(later, 1)).toEqual({ kind: 'wait', id: 1, minutes: 30 })
  expect(ids(later)).toEqual(ids(whole))
})

const kinds = [
  'wait',
  'wait_until',
  'wait_for',
  'branch',
  'split',
  'message',
  'coupon',
  'list',
  'goto',
  'exit',
] as const
test.each(kinds)('a new step of kind %s can be saved as it begins', (kind) => {
  const made = withStep(whole, { lane: undefined, at: 0 }, begunStep(kind, 6, around))
  expect(Flow.safeParse(made).error).toBeUndefined()
})

test('a wait is said in the largest unit that says it whole', () => {
  expect(saidWait(120)).toEqual({ amount: 2, unit: 'hours' })
  expect(saidWait(90)).toEqual({ amount: 90, unit: 'minutes' })
  expect(waitMinutes(3, 'days')).toBe(4_320)
})
