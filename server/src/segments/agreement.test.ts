import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Flat, factPaths, flatten, traitPaths } from '../events/flatten.ts'
import { typedColumns } from '../events/typed-columns.ts'
import { formatDecimal } from '../lib/decimal.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import {
  type CaseHappening,
  type CasePerson,
  caseDefinition,
  caseNow,
  casePerson,
} from './agreement.contract.ts'
import {
  type AnyLeafState,
  combineAny,
  foldAny,
  leafStateOf,
  sequenceStateOf,
} from './any-leaf-state.ts'
import { countSql, peopleSql } from './compile.ts'
import type { Definition } from './definition.ts'
import { evaluate } from './evaluate.ts'
import { factsOf } from './filter.ts'
import { emptyLeaf } from './leaf-state.ts'
import { eventsOf, leavesOf } from './leaves.ts'
import { readDefinition } from './read-definition.ts'

/** `AGREEMENT_ROUNDS=100 npx vitest run agreement` is the night's size: 10,000 definitions, 2,000,000 answers. */
const rounds = Number(process.env.AGREEMENT_ROUNDS ?? 3)
const definitionsARound = 100
const peopleARound = 200

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

test.each(Array.from({ length: rounds }, (_, round) => round))(
  'memory and SQL agree on every customer, round %i',
  async (round) => {
    const shop = await insertShop(world.db)
    const definitions = fc
      .sample(caseDefinition, { numRuns: definitionsARound, seed: 1_000 + round })
      .map(readDefinition)
    const people = fc.sample(casePerson, { numRuns: peopleARound, seed: 2_000 + round })
    const log = logOf(people, round)
    // What comes after the position is in history already and must not count.
    const position = log.happenings.length - 20
    await writeHistory(shop, people, log)

    const inMemory = remembered(definitions, log, position)
    const question = peopleSql(definitions, { shop, position, now: caseNow })
    const answers = await world.warehouse.query<Record<string, unknown>>(
      question.sql,
      question.params,
    )
    expect(answers).toHaveLength(people.length - log.merges.length)
    let members = 0
    for (const answer of answers) {
      const customer = Number(answer.customer)
      for (const [index, definition] of definitions.entries()) {
        const person = people[customer - 1] as CasePerson
        const traits = flatten(person.traits, traitPaths)
        const facts = flatten(person.facts, factPaths)
        const { value } = evaluate(
          definition,
          {
            customer,
            member: person.member,
            traits: () => traits,
            facts: () => facts,
            leaf: ({ key }) => leafStateOf(inMemory.get(`${customer} ${key}`) ?? emptyLeaf),
            sequence: ({ key }) => sequenceStateOf(inMemory.get(`${customer} ${key}`) ?? emptyLeaf),
          },
          caseNow,
        )
        if (value) members++
        if (Boolean(answer[`d${index}`]) !== value) {
          expect.fail(
            `memory says ${value}: ${JSON.stringify(definition)} on ${JSON.stringify(person.traits)} ${JSON.stringify(log.happenings.filter((one) => log.survivor(one.customer) === customer))}`,
          )
        }
      }
    }
    // Definitions that nobody or everybody meets would agree on nothing: the cases must be worth their time.
    const share = members / (answers.length * definitions.length)
    expect(share).toBeGreaterThan(0.2)
    expect(share).toBeLessThan(0.8)
    const counts = countSql(definitions, { shop, position, now: caseNow })
    const [count = {}] = await world.warehouse.query<Record<string, number>>(
      counts.sql,
      counts.params,
    )
    expect(Object.values(count).reduce((sum, one) => sum + Number(one), 0)).toBe(members)
  },
)

type Log = {
  readonly happenings: readonly CaseHappening[]
  readonly merges: readonly {
    readonly from: number
    readonly to: number
    readonly position: number
  }[]
  readonly survivor: (customer: number) => number
}

/** One shop's log of all people; every tenth customer is merged into the next one half-way through. */
function logOf(people: readonly CasePerson[], round: number): Log {
  const happenings = people
    .flatMap((person, index) => person.happenings.map((one) => ({ ...one, customer: index + 1 })))
    .sort((a, b) => a.processedAt - b.processedAt || a.position - b.position)
    .map((one, index) => ({ ...one, position: index + 1 }))
  const merges = people.flatMap((_, index) =>
    index % 10 === round % 10 && index > 0
      ? [{ from: index + 1, to: index, position: Math.floor(happenings.length / 2) }]
      : [],
  )
  const aliases = new Map(merges.map(({ from, to }) => [from, to]))
  return { happenings, merges, survivor: (customer) => aliases.get(customer) ?? customer }
}

/** The line in miniature: every happening folded at its processing, states of merged people combined. */
function remembered(
  definitions: readonly Definition[],
  log: Log,
  position: number,
): ReadonlyMap<string, AnyLeafState> {
  const leaves = new Map(definitions.flatMap(leavesOf).map((leaf) => [leaf.key, leaf]))
  const states = new Map<string, AnyLeafState>()
  const stateOf = (customer: number, key: string) => states.get(`${customer} ${key}`) ?? emptyLeaf
  for (const happening of log.happenings.slice(0, position)) {
    for (const { from, to, position: mergedAt } of log.merges) {
      if (mergedAt !== happening.position) continue
      for (const [key, leaf] of leaves) {
        const both = [stateOf(from, key), stateOf(to, key)] as const
        states.set(`${to} ${key}`, combineAny(leaf, both, happening.processedAt))
      }
    }
    const merged = log.merges.some(
      (one) => one.from === happening.customer && one.position <= happening.position,
    )
    const customer = merged ? log.survivor(happening.customer) : happening.customer
    const facts = factsOf(happening)
    for (const [key, leaf] of leaves) {
      if (!eventsOf(leaf).includes(happening.name)) continue
      const { name, at, position, processedAt: now } = happening
      const next = { name, at, position, facts, now }
      states.set(`${customer} ${key}`, foldAny(leaf, stateOf(customer, key), next))
    }
  }
  return states
}

async function writeHistory(shop: number, people: readonly CasePerson[], log: Log): Promise<void> {
  await world.warehouse.insert(
    'aliases',
    log.merges.map(({ from, to, position }) => ({
      shop,
      from_customer: from,
      to_customer: to,
      position,
    })),
  )
  await world.warehouse.reloadAliases()
  await world.warehouse.insert(
    'customers',
    people.map((person, index) => ({
      shop,
      customer: index + 1,
      version: 1,
      member: person.member,
      created_at: new Date(caseNow).toISOString(),
      erased: false,
      ...personMaps(flatten(person.traits, traitPaths)),
      ...factMaps(flatten(person.facts, factPaths)),
      reach: [],
      consents: [],
    })),
  )
  await world.warehouse.insert(
    'events',
    log.happenings.map((one) => eventRow(shop, one)),
  )
}

function factMaps(flat: Flat) {
  return Object.fromEntries(
    Object.entries(personMaps(flat)).map(([name, column]) => [`fact_${name}`, column]),
  )
}

function personMaps(flat: Flat) {
  return { ...maps(flat), lists: Object.fromEntries(flat.lists) }
}

function maps(flat: Flat) {
  return {
    texts: Object.fromEntries(flat.texts),
    folded: Object.fromEntries(flat.folded),
    numbers: Object.fromEntries([...flat.numbers].map(([path, one]) => [path, formatDecimal(one)])),
    flags: Object.fromEntries(flat.flags),
    times: Object.fromEntries(
      [...flat.times].map(([path, at]) => [path, new Date(at).toISOString()]),
    ),
  }
}

function eventRow(shop: number, happening: CaseHappening) {
  const amount = (value: bigint | undefined) => (value === undefined ? null : formatDecimal(value))
  const typed = typedColumns(happening)
  return {
    shop,
    customer: happening.customer,
    position: happening.position,
    at: new Date(happening.at).toISOString(),
    received_at: new Date(happening.processedAt).toISOString(),
    processed_at: new Date(happening.processedAt).toISOString(),
    kind: 'event',
    name: happening.name,
    properties: JSON.stringify(happening.body.properties),
    ...typed,
    value: amount(typed.value),
    quantity: amount(typed.quantity),
    products: typed.products.map((line) => ({
      ...line,
      price: amount(line.price),
      quantity: amount(line.quantity),
    })),
    ...maps(flatten(happening.body.properties ?? {})),
  }
}
