import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { factsOf } from './filter.ts'
import { sequenceItemsLimit } from './limits.ts'
import { naiveSequence } from './naive-sequence.contract.ts'
import type { CasePerson } from './person-cases.contract.ts'
import { SequenceCondition, sequenceParts } from './sequence.ts'
import { gapTimes, productBody, sequenceCondition } from './sequence-cases.contract.ts'
import { type SequenceLeaf, sequenceShape } from './sequence-leaf.ts'
import { judgeRuns } from './sequence-runs.ts'
import {
  combineSequences,
  decodeSequence,
  emptySequence,
  encodeSequence,
  foldSequence,
  type SequenceState,
} from './sequence-state.ts'

const runs = { numRuns: Number(process.env.SEQUENCE_RUNS ?? 300), seed: 20_261_122 }
const now = Date.UTC(2026, 2, 1)
const events = ['Searched', 'Viewed', 'Ordered'] as const

const happened = fc.record({
  name: fc.constantFrom(...events),
  at: gapTimes(now + minuteMs),
  lateMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 * dayMs })),
  body: productBody,
})
const person = fc.array(happened, { maxLength: 12 }).map((drafts) => ({
  member: false,
  internal: false,
  traits: {},
  facts: {},
  customer: 1,
  happenings: drafts
    .map((one) => ({ ...one, processedAt: Math.min(now, one.at + one.lateMs) }))
    .sort((a, b) => a.processedAt - b.processedAt)
    .map((one, index) => ({ ...one, position: index + 1 })),
}))
const condition = sequenceCondition(events).map((json) =>
  SequenceCondition.parse(JSON.parse(JSON.stringify(json))),
)

test('folding happening by happening means the same as trying every choice, now and at every later time', () => {
  let held = 0
  let asked = 0
  void fc.assert(
    fc.property(condition, person, fc.array(fc.nat(40 * dayMs)), (one, who, later) => {
      const leaf = leafOf(one)
      const { items } = kept(leaf, who)
      const edges = who.happenings.flatMap(({ at }) => changesAfter(at))
      for (const time of [now, ...later.map((ms) => now + ms), ...edges]) {
        if (time < now) continue
        const truth = naiveSequence(one, who, time)
        expect(judgeRuns(leaf, items, time).value).toBe(truth)
        asked++
        if (truth) held++
      }
    }),
    runs,
  )
  // Cases that nobody meets would agree on nothing.
  expect(held / asked).toBeGreaterThan(0.05)
})

test('nothing changes before the next flip that was told, and at it something does', () => {
  void fc.assert(
    fc.property(condition, person, (one, who) => {
      const leaf = leafOf(one)
      const { items } = kept(leaf, who)
      let time = now
      for (let steps = 0; steps < 100; steps++) {
        const { value, nextFlipAt } = judgeRuns(leaf, items, time)
        const last = nextFlipAt === Infinity ? time + 500 * dayMs : nextFlipAt - 1
        const edges = who.happenings.flatMap(({ at }) => changesAfter(at))
        for (const at of [time, Math.floor((time + last) / 2), last, ...edges])
          if (at >= time && at <= last) expect(naiveSequence(one, who, at)).toBe(value)
        if (nextFlipAt === Infinity) return
        expect(naiveSequence(one, who, nextFlipAt)).toBe(!value)
        time = nextFlipAt
      }
      expect.unreachable('a person with 12 happenings flipped 100 times')
    }),
    runs,
  )
})

test('two people who become one are as if they had always been one', () => {
  void fc.assert(
    fc.property(condition, person, fc.nat(15), (one, who, mask) => {
      const leaf = leafOf(one)
      const [a, b] = [0, 1].map((side) =>
        kept(leaf, {
          ...who,
          happenings: who.happenings.filter(
            ({ position }) => ((mask >> (position % 4)) & 1) === side,
          ),
        }),
      )
      const both = combineSequences(leaf, [a ?? emptySequence, b ?? emptySequence], now)
      expect(judgeRuns(leaf, both.items, now)).toEqual(judgeRuns(leaf, kept(leaf, who).items, now))
    }),
    runs,
  )
})

test('a person with more happenings than are kept is judged alike as long as none is late', () => {
  void fc.assert(
    fc.property(
      condition,
      fc.array(fc.tuple(happened, fc.nat(30))),
      fc.nat(9),
      (one, drafts, turn) => {
        if (drafts.length === 0) return
        let at = now - 2 * dayMs
        const many = Array.from({ length: sequenceItemsLimit + 300 }, (_, index) => {
          const [draft, minutes] = drafts[
            (index * (turn + 1)) % drafts.length
          ] as (typeof drafts)[0]
          at = Math.min(now, at + minutes * 7_000)
          return { ...draft, at, processedAt: at, position: index + 1 }
        })
        const leaf = leafOf(one)
        let state = emptySequence
        for (const next of many) {
          state = foldSequence(leaf, state, {
            ...next,
            facts: factsOf(next),
            now: next.processedAt,
          })
          if (!state.large) continue
          expect(state.items.length).toBeLessThanOrEqual(sequenceItemsLimit)
        }
        const all = many.map((next) => ({ next, facts: factsOf(next) }))
        const whole = all.reduce<SequenceState>((found, { next, facts }) => {
          const added = foldSequence(leaf, emptySequence, { ...next, facts, now })
          return { items: [...found.items, ...added.items], large: false }
        }, emptySequence)
        expect(judgeRuns(leaf, state.items, now).value).toBe(
          judgeRuns(leaf, whole.items, now).value,
        )
      },
    ),
    { ...runs, numRuns: 20 },
  )
})

test('searched, viewed within the hour and not ordered within a day: in after the day, out when the week is over', () => {
  const one = SequenceCondition.parse({
    kind: 'sequence',
    steps: [{ event: 'Searched' }, { event: 'Viewed', within: { amount: 1, unit: 'hours' } }],
    not: { event: 'Ordered', within: { amount: 24, unit: 'hours' } },
    window: { kind: 'rolling', span: { amount: 7, unit: 'days' } },
  })
  const leaf = leafOf(one)
  const at = now - hourMs
  const searched = did('Searched', at, 1)
  const viewed = did('Viewed', now, 2)
  const { items } = kept(leaf, { ...nobody, happenings: [searched, viewed] })
  expect(judgeRuns(leaf, items, now)).toEqual({ value: false, nextFlipAt: now + dayMs })
  expect(judgeRuns(leaf, items, now + dayMs)).toEqual({ value: true, nextFlipAt: now + 7 * dayMs })
  expect(judgeRuns(leaf, items, now + 7 * dayMs)).toEqual({ value: false, nextFlipAt: Infinity })
  const ordered = foldSequence(leaf, { items, large: false }, next('Ordered', now + dayMs, 3))
  expect(judgeRuns(leaf, ordered.items, now + dayMs).value).toBe(false)
  const later = foldSequence(leaf, { items, large: false }, next('Ordered', now + dayMs + 1, 3))
  expect(judgeRuns(leaf, later.items, now + dayMs + 1).value).toBe(true)
  const late = kept(leaf, { ...nobody, happenings: [viewed, { ...searched, at: at - 1 }] })
  expect(judgeRuns(leaf, late.items, now + dayMs).value).toBe(false)
})

test('somebody who looks at one product every hour is remembered by a few happenings only', () => {
  const leaf = leafOf(
    SequenceCondition.parse({
      kind: 'sequence',
      steps: [{ event: 'Searched' }, { event: 'Viewed', within: { amount: 1, unit: 'hours' } }],
      window: { kind: 'rolling', span: { amount: 400, unit: 'days' } },
    }),
  )
  let state = emptySequence
  for (let hour = 0; hour < 5_000; hour++)
    for (const name of ['Searched', 'Viewed'])
      state = foldSequence(leaf, state, next(name, now + hour * hourMs, hour * 2 + 1))
  expect(state.large).toBe(false)
  expect(state.items.length).toBeLessThan(6)
})

const nobody = { customer: 1, member: false, internal: false, traits: {}, facts: {} }
function did(name: string, at: number, position: number) {
  return { name, at, position, processedAt: at, body: {} }
}
function next(name: string, at: number, position: number) {
  return { name, at, position, now: at, facts: factsOf({ body: {} }) }
}

function leafOf(one: SequenceCondition): SequenceLeaf {
  const events = [...new Set(sequenceParts(one).map(({ event }) => event))]
  return { key: 'k', events, ...sequenceShape(one) }
}

/** What the line would remember, stored and read back between happenings. */
function kept(leaf: SequenceLeaf, who: CasePerson): SequenceState {
  let state = emptySequence
  for (const one of who.happenings) {
    const { name, at, position, processedAt } = one
    const facts = factsOf(one)
    state = foldSequence(leaf, state, { name, at, position, facts, now: processedAt })
    state = decodeSequence(JSON.parse(JSON.stringify(encodeSequence(state))))
  }
  return state
}

/** Times at which a happening of this time may change something. */
function changesAfter(at: number): readonly number[] {
  return [0, 1, 120, 1_440, 10_080, 43_200].flatMap((minutes) =>
    [-1, 0, 1].map((off) => at + minutes * minuteMs + off),
  )
}
