import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { dayMs, hourMs } from '../lib/duration.ts'
import { openTestWorld, type TestWorld } from '../testing/world.store.ts'
import {
  answersOfMemory,
  answersOfSql,
  disagreements,
  openRound,
} from './agreement-world.contract.ts'
import { naiveTruth } from './naive-truth.contract.ts'
import type { CasePerson } from './person-cases.contract.ts'
import { readDefinition } from './read-definition.ts'

// A busy machine may need longer; alone a test takes about a second.
vi.setConfig({ testTimeout: 120_000 })
let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const more = (of: 'sum' | 'avg' | 'min' | 'max', value: number) => ({
  of,
  path: 'n',
  is: { op: '>=', value },
})
const measures = [
  { of: 'count', is: { op: '>=', value: 1 } },
  more('sum', 5),
  more('avg', 2),
  more('max', 3),
  { of: 'distinct', path: 'n', is: { op: '>=', value: 2 } },
  { of: 'last', is: { op: 'within-last', span: { amount: 26, unit: 'hours' } } },
]
const definitionsOf = (zone: string) =>
  (['day', 'week', 'month'] as const).flatMap((unit) =>
    (['this', 'last'] as const).flatMap((which) => {
      const window = { kind: 'calendar', unit, which, zone }
      return measures.map((measure) =>
        readDefinition({ format: 1, where: { kind: 'event', event: 'Viewed', window, measure } }),
      )
    }),
  )

test.each([
  // Midnights around the nights in which New York's clocks move, Mondays and firsts of months among them, and those of Seoul.
  ['clocks go forward', 'America/New_York', '2026-03-08T05:00:00Z'],
  ['the hour that is skipped', 'America/New_York', '2026-03-08T07:00:00Z'],
  ['the Monday after it', 'America/New_York', '2026-03-09T04:00:00Z'],
  ['clocks go back on the first of a month', 'America/New_York', '2026-11-01T04:00:00Z'],
  ['the hour that comes twice', 'America/New_York', '2026-11-01T06:00:00Z'],
  ['the Monday after that', 'America/New_York', '2026-11-02T05:00:00Z'],
  ['a midnight of Seoul', 'Asia/Seoul', '2026-03-08T15:00:00Z'],
])(
  'days, weeks and months of a zone mean the same in memory, in SQL and in plain words: %s',
  async (_, zone, text) => {
    const definitions = definitionsOf(zone)
    const edge = Date.parse(text)
    const round = await openRound(world, {
      definitions,
      people: peopleAround(edge),
      round: 11,
      now: edge,
    })
    for (const now of [edge - 1, edge]) {
      const position = round.log.happenings.filter(({ processedAt }) => processedAt <= now).length
      const seen = { ...round, now, position }
      const inMemory = answersOfMemory(seen)
      const [wrong] = disagreements(seen, await answersOfSql(world, seen), inMemory)
      expect(wrong).toBeUndefined()
      for (const [customer, answers] of inMemory)
        for (const [index, definition] of definitions.entries()) {
          const happenings = round.log.happenings.filter(
            (one) => round.log.survivor(one.customer) === customer && one.position <= position,
          )
          const person = { ...(round.people[customer - 1] as CasePerson), happenings }
          expect(answers[index]).toBe(naiveTruth(definition, person, now))
        }
    }
  },
)

/** People who act a few times each, a millisecond around every midnight that could matter. */
function peopleAround(edge: number): readonly CasePerson[] {
  const times = [0, -1, -2, -6, -7, -8, -14, -27, -31, -58]
    .flatMap((days) => [-1, 0, 1, 4, 5, 15].map((hours) => edge + days * dayMs + hours * hourMs))
    .flatMap((at) => [at - 1, at, at + 1])
    .sort((a, b) => a - b)
  return Array.from({ length: 60 }, (_, person) => ({
    customer: person + 1,
    member: true,
    internal: false,
    traits: {},
    facts: {},
    happenings: [0, 1, 2, 3].map((index) => {
      const at = times[(person * 3 + index * (person % 7)) % times.length] ?? edge
      return {
        name: 'Viewed',
        at,
        processedAt: at,
        position: index + 1,
        body: { properties: { n: 1 + ((person + index) % 4) } },
      }
    }),
  }))
}
