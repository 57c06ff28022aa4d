import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openTestWorld, type TestWorld } from '../testing/world.store.ts'
import {
  type Answers,
  answersOfMemory,
  answersOfSql,
  disagreements,
  type Memory,
  memory,
  openRound,
  type Round,
} from './agreement-world.contract.ts'
import { leafStateOf } from './any-leaf-state.ts'
import type { Definition } from './definition.ts'
import type { View } from './evaluate.ts'
import { oneEvent } from './event-cases.contract.ts'
import { insideAt } from './leaf-window.ts'
import { knownLeaf } from './leaves.ts'
import { type CasePerson, caseEvents, caseNow, casePerson } from './person-cases.contract.ts'
import { readDefinition } from './read-definition.ts'

// A comparison that finds nothing proves nothing unless it would have found something: each bug that is put into one of the
// evaluators here is one that somebody could write, and the comparison of agreement.test.ts must see it.
// A busy machine may need longer; alone a test takes a second or two.
vi.setConfig({ testTimeout: 120_000 })
let world: TestWorld
let round: Round
let honest: Answers
beforeAll(async () => {
  world = await openTestWorld()
  const definitions = [
    ...fc.sample(oneEvent(caseEvents), { numRuns: 150, seed: 77 }),
    ...fc.sample(measuring('avg'), { numRuns: 40, seed: 79 }),
    ...fc.sample(measuring('distinct'), { numRuns: 40, seed: 80 }),
  ].map(readDefinition)
  const people = fc
    .sample(casePerson, { numRuns: 150, seed: 78 })
    .map((person, index) => (index % 3 === 0 ? withBothTwelves(person) : person))
  round = await openRound(world, { definitions, people, round: 0, now: caseNow })
  honest = await answersOfSql(world, round)
})
afterAll(() => world.close())

/** The same person with text "12" and number 12 in turns. */
function withBothTwelves(person: CasePerson): CasePerson {
  const happenings = person.happenings.map((one, index) => ({
    ...one,
    body: { properties: { ...one.body.properties, n: index % 2 === 0 ? '12' : 12 } },
  }))
  return { ...person, happenings }
}

function measuring(of: 'avg' | 'distinct') {
  return oneEvent(caseEvents).filter((one) => JSON.stringify(one).includes(`"of":"${of}"`))
}

test('without a bug the two agree', () => {
  expect(disagreements(round, honest, answersOfMemory(round))).toEqual([])
})

/** Averages by division of floats, as most would write them first. */
function averageByFloat(definition: Definition, view: View, now: number): boolean {
  const { where } = definition
  if (where.kind !== 'event' || where.measure.of !== 'avg')
    return memory.evaluate(definition, view, now)
  const leaf = knownLeaf(where)
  const { base, held, ats, weights, counts } = view.leaf(leaf)
  const { after, upTo } = insideAt(leaf.window, now)
  let sum = Number(base) / 10_000
  let count = held
  for (const [index, at] of ats.entries()) {
    if (at <= after || at > upTo) continue
    sum += Number(weights[index]) / 10_000
    count += counts[index] ?? 1
  }
  const average = sum / count
  const { is } = where.measure
  if (is.op === 'between') return average >= is.from && average <= is.to
  const { value } = is
  const holds = { '=': average === value, '>=': average >= value, '<=': average <= value }
  return { ...holds, '>': average > value, '<': average < value }[is.op]
}

type Bug = Partial<Memory> & {
  /** Definitions read as something that they don't say. */
  readonly misread?: readonly [RegExp, string]
}
const memoryBugs: readonly (readonly [string, Bug])[] = [
  [
    'a window that still holds what lies exactly its length back',
    { evaluate: (definition, view, now) => memory.evaluate(definition, view, now - 1) },
  ],
  ['at least read as more than', { misread: [/">="/, '">"'] }],
  ['averages by floats', { evaluate: averageByFloat }],
  ['days of UTC instead of the zone', { misread: [/"zone":"[^"]+"/, '"zone":"UTC"'] }],
  [
    'weeks of the calendar taken for the last seven days',
    {
      misread: [
        /\{"kind":"calendar","unit":"week","which":"this",[^}]+\}/,
        '{"kind":"rolling","span":{"amount":7,"unit":"days"}}',
      ],
    },
  ],
  ['the end of a window forgotten', { misread: [/,"until":\{[^}]+\}/, ''] }],
  ['the smallest taken for the largest', { misread: [/"of":"max"/, '"of":"min"'] }],
  [
    'a late happening taken for the newest',
    {
      fold: (leaf, state, happening) =>
        memory.fold(leaf, state, {
          ...happening,
          at: Math.max(happening.at, leafStateOf(state).ats.at(-1) ?? 0),
        }),
    },
  ],
  ['what a merged person did forgotten', { combine: (_, [, kept]) => kept }],
  [
    'text "12" and number 12 taken for one value',
    {
      fold: (leaf, state, happening) => {
        const after = leafStateOf(memory.fold(leaf, state, happening))
        return { ...after, tags: after.tags.map((tag) => tag.replace(/^n/, 't')) }
      },
    },
  ],
]

test.each(memoryBugs)('a bug in memory is seen: %s', (_, { misread, ...parts }) => {
  const misreading = (definition: Definition) =>
    misread
      ? readDefinition(JSON.parse(JSON.stringify(definition).replace(...misread)))
      : definition
  const misled = { ...round, definitions: round.definitions.map(misreading) }
  const answers = answersOfMemory(misled, { ...memory, ...parts })
  expect(disagreements(round, honest, answers)).not.toEqual([])
})

const sqlBugs: readonly (readonly [string, RegExp, string])[] = [
  ['a window that still holds what lies exactly its length back', /\bat > /g, 'at >= '],
  ['an end that is not in its window', /\bat <= /g, 'at < '],
  ['at least read as more than', / >= /g, ' > '],
  ['the smallest taken for the largest', /maxOrNullIf/g, 'minOrNullIf'],
  ['merges not followed', /dictGetOrDefault\([^\n]*?, customer\), customer\)/g, 'customer'],
  ['what came after the position', /position <= \{position:UInt64\}/g, 'position > 0'],
  ['averages rounded to whole units', /tupleElement\((\w+), 1\)/g, 'round(tupleElement($1, 1))'],
]

test.each(sqlBugs)('a bug in SQL is seen: %s', async (_, from, to) => {
  const buggy = await answersOfSql(world, round, (sql) => {
    expect(sql).toMatch(from)
    return sql.replaceAll(from, to)
  })
  expect(disagreements(round, buggy, answersOfMemory(round))).not.toEqual([])
})
