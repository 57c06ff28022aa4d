import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { factPaths, flatten, traitPaths } from '../events/flatten.ts'
import { dayMs, minuteMs } from '../lib/duration.ts'
import { caseDefinition } from './agreement.contract.ts'
import {
  type AnyLeafState,
  decodeAny,
  encodeAny,
  foldAny,
  leafStateOf,
  sequenceStateOf,
} from './any-leaf-state.ts'
import type { Definition } from './definition.ts'
import { evaluate, type View } from './evaluate.ts'
import { factsOf } from './filter.ts'
import { combine } from './fold.ts'
import { emptyLeaf } from './leaf-state.ts'
import { eventsOf, leavesOf } from './leaves.ts'
import { naiveTruth } from './naive-truth.contract.ts'
import { type CasePerson, caseNow, casePerson } from './person-cases.contract.ts'
import { readDefinition } from './read-definition.ts'
import { combineSequences, emptySequence } from './sequence-state.ts'

// A busy machine may need longer; alone it takes about two seconds.
vi.setConfig({ testTimeout: 60_000 })
const runs = { numRuns: 1_000, seed: 20_261_122 }

test('folding happening by happening means the same as looking at all of them, now and at every later time', () => {
  void fc.assert(
    fc.property(
      caseDefinition,
      casePerson,
      fc.array(fc.nat(500 * dayMs)),
      (json, person, later) => {
        const definition = readDefinition(json)
        const view = viewOf(definition, person)
        const changes = person.happenings.flatMap(({ at }) => [at, at + dayMs, at + 7 * dayMs])
        for (const now of [caseNow, ...later.map((ms) => caseNow + ms), ...changes]) {
          if (now >= caseNow)
            expect(evaluate(definition, view, now).value).toBe(naiveTruth(definition, person, now))
        }
      },
    ),
    runs,
  )
})

test('nothing changes before the next flip that was told', () => {
  void fc.assert(
    fc.property(caseDefinition, casePerson, (json, person) => {
      const definition = readDefinition(json)
      const view = viewOf(definition, person)
      const changes = person.happenings.flatMap(({ at }) =>
        [0, 1, 120, 1_440, 10_080, 576_000].map((minutes) => at + minutes * minuteMs),
      )
      let now = caseNow
      for (let steps = 0; steps < 200; steps++) {
        const { value, nextFlipAt } = evaluate(definition, view, now)
        expect(nextFlipAt).toBeGreaterThan(now)
        const last = nextFlipAt === Infinity ? now + 5_000 * dayMs : nextFlipAt - 1
        for (const at of [now, Math.floor((now + last) / 2), last, ...changes])
          if (at >= now && at <= last) expect(naiveTruth(definition, person, at)).toBe(value)
        // An anniversary comes back for ever.
        if (nextFlipAt > caseNow + 1_000 * dayMs) return
        now = nextFlipAt
      }
      expect.unreachable('a person with 14 happenings flipped 200 times')
    }),
    runs,
  )
})

test('two people who become one are as if they had always been one', () => {
  void fc.assert(
    fc.property(caseDefinition, casePerson, fc.nat(14), (json, person, mask) => {
      const definition = readDefinition(json)
      const halves = [0, 1].map((side) => ({
        ...person,
        happenings: person.happenings.filter(
          ({ position }) => ((mask >> (position % 4)) & 1) === side,
        ),
      }))
      const [a, b] = halves.map((half) => viewOf(definition, half as CasePerson))
      const both: View = {
        ...viewOf(definition, person),
        leaf: (leaf) =>
          combine(leaf, [a?.leaf(leaf) ?? emptyLeaf, b?.leaf(leaf) ?? emptyLeaf], caseNow),
        sequence: (leaf) =>
          combineSequences(
            leaf,
            [a?.sequence(leaf) ?? emptySequence, b?.sequence(leaf) ?? emptySequence],
            caseNow,
          ),
      }
      expect(evaluate(definition, both, caseNow)).toEqual(
        evaluate(definition, viewOf(definition, person), caseNow),
      )
    }),
    runs,
  )
})

/** What the line would remember of the person, stored and read back between happenings. */
function viewOf(definition: Definition, person: CasePerson): View {
  const states = new Map<string, AnyLeafState>()
  const leaves = leavesOf(definition)
  for (const happening of person.happenings) {
    const facts = factsOf(happening)
    for (const leaf of leaves) {
      if (!eventsOf(leaf).includes(happening.name)) continue
      const { name, at, position } = happening
      const state = foldAny(leaf, states.get(leaf.key) ?? emptyLeaf, {
        name,
        at,
        position,
        facts,
        now: happening.processedAt,
      })
      states.set(leaf.key, decodeAny(JSON.parse(JSON.stringify(encodeAny(state)))))
    }
  }
  const traits = flatten(person.traits, traitPaths)
  const facts = flatten(person.facts, factPaths)
  return {
    customer: person.customer,
    member: person.member,
    internal: person.internal,
    traits: () => traits,
    facts: () => facts,
    leaf: ({ key }) => leafStateOf(states.get(key) ?? emptyLeaf),
    sequence: ({ key }) => sequenceStateOf(states.get(key) ?? emptyLeaf),
  }
}
