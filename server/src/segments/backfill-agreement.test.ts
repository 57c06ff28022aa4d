import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { dayMs } from '../lib/duration.ts'
import { openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { judgeMeasure } from './aggregates.ts'
import { openRound, statesOfMemory } from './agreement-world.contract.ts'
import { leafStateOf } from './any-leaf-state.ts'
import { oneEvent } from './event-cases.contract.ts'
import type { EventCondition } from './event-condition.ts'
import { combine } from './fold.ts'
import { type FactsRow, factsSql, factsState } from './leaf-history.ts'
import { emptyLeaf, type LeafState } from './leaf-state.ts'
import { knownLeaf, type Leaf } from './leaves.ts'
import { caseEvents, caseNow, casePerson } from './person-cases.contract.ts'
import { readDefinition } from './read-definition.ts'

const rounds = Number(process.env.AGREEMENT_ROUNDS ?? 2)

// A busy machine may need longer; alone a test takes a second or two.
vi.setConfig({ testTimeout: 120_000 })
let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

test.each(Array.from({ length: rounds }, (_, round) => round))(
  'what history tells of a person means what the line would have kept, now and at every later change, round %i',
  async (number) => {
    const definitions = fc
      .sample(oneEvent(caseEvents), { numRuns: 120, seed: 3_000 + number })
      .map(readDefinition)
    const people = fc.sample(casePerson, { numRuns: 80, seed: 4_000 + number })
    const round = await openRound(world, { definitions, people, round: number, now: caseNow })
    const { shop, position, log } = round
    const kept = statesOfMemory(round)
    const conditions = definitions.map(({ where }) => where as EventCondition)
    const asked = conditions.map((one) => ({ leaf: knownLeaf(one), after: 0, upTo: position }))
    const { sql, params } = factsSql(
      asked,
      people.map((_, index) => index + 1),
      { shop, now: caseNow },
    )
    const rows = await world.warehouse.query<FactsRow>(sql, params)
    const told = (customer: number, leaf: Leaf, index: number): LeafState =>
      rows
        .filter((row) => log.survivor(Number(row.customer)) === customer)
        .map((row) => factsState(leaf, row, { index, now: caseNow }))
        .reduce((state, one) => combine(leaf, [state, one], caseNow), emptyLeaf)
    for (let customer = 1; customer <= people.length; customer++) {
      if (log.survivor(customer) !== customer) continue
      for (const [index, condition] of conditions.entries()) {
        const leaf = knownLeaf(condition)
        const state = told(customer, leaf, index)
        const line = leafStateOf(kept.get(`${customer} ${leaf.key}`) ?? emptyLeaf)
        for (let now = caseNow, steps = 0; steps < 6; steps++) {
          const verdict = judgeMeasure({ leaf, state, now }, condition.measure)
          const expected = judgeMeasure({ leaf, state: line, now }, condition.measure)
          expect(verdict, JSON.stringify({ condition, customer, state, line }, plain)).toEqual(
            expected,
          )
          now = Math.min(verdict.nextFlipAt, now + 13 * dayMs)
        }
      }
    }
  },
)

const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
