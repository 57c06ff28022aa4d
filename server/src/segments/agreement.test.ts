import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { caseDefinition } from './agreement.contract.ts'
import {
  answersOfMemory,
  answersOfSql,
  disagreements,
  openRound,
} from './agreement-world.contract.ts'
import { countSql } from './compile.ts'
import { caseNow, casePerson } from './person-cases.contract.ts'
import { readDefinition } from './read-definition.ts'

/** `AGREEMENT_ROUNDS=100 npx vitest run agreement` is the night's size: 10,000 definitions, 2,000,000 answers. */
const rounds = Number(process.env.AGREEMENT_ROUNDS ?? 3)
const definitionsARound = 100
const peopleARound = 200

// A busy machine may need longer; alone a test takes a second or two.
vi.setConfig({ testTimeout: 120_000 })
let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

test.each(Array.from({ length: rounds }, (_, round) => round))(
  'memory and SQL agree on every customer, round %i',
  async (number) => {
    const definitions = fc
      .sample(caseDefinition, { numRuns: definitionsARound, seed: 1_000 + number })
      .map(readDefinition)
    const people = fc.sample(casePerson, { numRuns: peopleARound, seed: 2_000 + number })
    const round = await openRound(world, { definitions, people, round: number, now: caseNow })
    const answers = await answersOfSql(world, round)
    const merged = new Set(round.log.merges.map(({ from }) => from))
    const own = people.filter((one, index) => one.internal && !merged.has(index + 1))
    expect(own.length).toBeGreaterThan(0)
    expect(answers.size).toBe(people.length - merged.size - own.length)
    expect(disagreements(round, answers, answersOfMemory(round))[0]).toBeUndefined()
    // Definitions that nobody or everybody meets would agree on nothing: the cases must be worth their time.
    const members = [...answers.values()].flat().filter(Boolean).length
    const share = members / (answers.size * definitions.length)
    expect(share).toBeGreaterThan(0.2)
    expect(share).toBeLessThan(0.8)
    const { shop, position } = round
    const counts = countSql(definitions, { shop, position, now: caseNow })
    const [count = {}] = await world.warehouse.query<Record<string, number>>(
      counts.sql,
      counts.params,
      { maxMs: 60_000 },
    )
    expect(Object.values(count).reduce((sum, one) => sum + Number(one), 0)).toBe(members)
  },
)
