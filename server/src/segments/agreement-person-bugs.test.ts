import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { personCondition, traitCondition } from './agreement.contract.ts'
import {
  type Answers,
  answersOfMemory,
  answersOfSql,
  disagreements,
  memory,
  openRound,
  type Round,
} from './agreement-world.contract.ts'
import type { Definition } from './definition.ts'
import type { View } from './evaluate.ts'
import { caseNow, casePerson } from './person-cases.contract.ts'
import { readDefinition } from './read-definition.ts'

// As agreement-bugs.test.ts, for what is asked of the person: facts, traits with lists and anniversaries, random shares.
vi.setConfig({ testTimeout: 120_000 })
let world: TestWorld
let round: Round
let honest: Answers
beforeAll(async () => {
  world = await openTestWorld()
  const definitions = [
    ...fc.sample(personCondition, { numRuns: 200, seed: 81 }),
    ...fc.sample(traitCondition, { numRuns: 100, seed: 82 }),
    // Beginning and ending on the day that leap years make different.
    ...[-1, 0].map((to) => ({
      kind: 'trait',
      path: 'born',
      is: {
        type: 'date',
        op: 'anniversary',
        inDays: { from: -2, to },
        zone: 'UTC',
      },
    })),
  ].map((where) => readDefinition(JSON.parse(JSON.stringify({ format: 1, where }))))
  const people = fc.sample(casePerson, { numRuns: 400, seed: 83 })
  round = await openRound(world, { definitions, people, round: 0, now: caseNow })
  honest = await answersOfSql(world, round)
})
afterAll(() => world.close())

test('without a bug the two agree', () => {
  expect(disagreements(round, honest, answersOfMemory(round))).toEqual([])
})

type Judge = (definition: Definition, view: View, now: number) => boolean
function misreading(from: RegExp, to: string): Judge {
  const misread = new Map<Definition, Definition>()
  return (definition, view, now) => {
    const read =
      misread.get(definition) ??
      readDefinition(JSON.parse(JSON.stringify(definition).replace(from, to)))
    misread.set(definition, read)
    return memory.evaluate(read, view, now)
  }
}

const memoryBugs: readonly (readonly [string, Judge])[] = [
  [
    'facts taken from the traits',
    (one, view, now) => memory.evaluate(one, { ...view, facts: view.traits }, now),
  ],
  ['days of UTC instead of the zone', misreading(/"zone":"[^"]+"/, '"zone":"UTC"')],
  ['all of a list taken for any of it', misreading(/"has-all"/, '"has-any"')],
  [
    'no list taken for an empty one',
    (one, view, now) => {
      const { where } = one
      if ((where.kind !== 'trait' && where.kind !== 'fact') || where.is.type !== 'list')
        return memory.evaluate(one, view, now)
      const flat = where.kind === 'trait' ? view.traits() : view.facts()
      const lists = new Map([[where.path, []], ...flat.lists])
      const seen = () => ({ ...flat, lists })
      return memory.evaluate(one, { ...view, traits: seen, facts: seen }, now)
    },
  ],
  [
    'a share of the neighbour',
    (one, view, now) => memory.evaluate(one, { ...view, customer: view.customer + 1 }, now),
  ],
  ['shares of another seed', misreading(/"seed":"a"/, '"seed":"b"')],
]

test.each(memoryBugs)('a bug in memory is seen: %s', (_, evaluate) => {
  const answers = answersOfMemory(round, { ...memory, evaluate })
  expect(disagreements(round, honest, answers)).not.toEqual([])
})

const sqlBugs: readonly (readonly [string, RegExp, string])[] = [
  ['facts read from the traits', /\bfact_(\w+)/g, '$1'],
  ['a date that is its own anniversary', /toYear\(([^)]*\][^)]*)\) < /g, 'toYear($1) <= '],
  ['all of a list taken for any of it', /hasAll\(/g, 'hasAny('],
  ['no list taken for an empty one', /\(mapContains\([^()]*\) and not hasAny/g, '(not hasAny'],
  ['a share that holds its end', /(4294967296\)) < /g, '$1 <= '],
  ['the bytes of the hash in the other order', /reverse\(substring/g, 'toString(substring'],
]

test.each(sqlBugs)('a bug in SQL is seen: %s', async (_, from, to) => {
  const buggy = await answersOfSql(world, round, (sql) => {
    expect(sql).toMatch(from)
    return sql.replaceAll(from, to)
  })
  expect(disagreements(round, buggy, answersOfMemory(round))).not.toEqual([])
})
