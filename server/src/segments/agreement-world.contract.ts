import { type Flat, factPaths, flatten, traitPaths } from '../events/flatten.ts'
import { typedColumns } from '../events/typed-columns.ts'
import { formatDecimal } from '../lib/decimal.ts'
import { insertShop, type TestWorld } from '../testing/world.store.ts'
import {
  type AnyLeafState,
  combineAny,
  foldAny,
  leafStateOf,
  sequenceStateOf,
} from './any-leaf-state.ts'
import { peopleSql } from './compile.ts'
import type { Definition } from './definition.ts'
import { evaluate, type View } from './evaluate.ts'
import { factsOf } from './filter.ts'
import { emptyLeaf } from './leaf-state.ts'
import { eventsOf, leavesOf } from './leaves.ts'
import type { CaseHappening, CasePerson } from './person-cases.contract.ts'

/** A shop with people and their log in ClickHouse, and what is asked of them. */
export type Round = Cases & {
  readonly shop: number
  readonly log: Log
  /** What comes after it is in history already and must not count. */
  readonly position: number
}
export type Cases = {
  readonly definitions: readonly Definition[]
  readonly people: readonly CasePerson[]
  readonly round: number
  readonly now: number
}
/** By customer: whether each definition holds the person. */
export type Answers = ReadonlyMap<number, readonly boolean[]>

/** The evaluator in memory; a test may put a bug into any part of it. */
export type Memory = {
  readonly fold: typeof foldAny
  readonly combine: typeof combineAny
  readonly evaluate: (definition: Definition, view: View, now: number) => boolean
}
export const memory: Memory = {
  fold: foldAny,
  combine: combineAny,
  evaluate: (definition, view, now) => evaluate(definition, view, now).value,
}

/** Writes people and their log. */
export async function openRound(world: TestWorld, cases: Cases): Promise<Round> {
  const shop = await insertShop(world.db)
  const log = logOf(cases.people, cases.round)
  const round = { ...cases, shop, log, position: Math.max(0, log.happenings.length - 20) }
  await writeHistory(world, round)
  return round
}

/** What SQL says; `change` may put a bug into it. */
export async function answersOfSql(
  world: TestWorld,
  { definitions, shop, position, now }: Round,
  change: (sql: string) => string = (sql) => sql,
): Promise<Answers> {
  const { sql, params, columns } = peopleSql(definitions, { shop, position, now })
  const rows = await world.warehouse.query<Record<string, unknown>>(change(sql), params, {
    maxMs: 60_000,
  })
  return new Map(
    rows.map((row) => [Number(row.customer), columns.map((name) => Boolean(row[name]))]),
  )
}

/** What the line would say. */
export function answersOfMemory(round: Round, by: Memory = memory): Answers {
  const { definitions, people, log, now } = round
  const states = statesOfMemory(round, by)
  const merged = new Set(log.merges.map(({ from }) => from))
  return new Map(
    people.flatMap((person, index) => {
      const customer = index + 1
      if (merged.has(customer)) return []
      const view = viewOf(customer, person, (key) => states.get(`${customer} ${key}`) ?? emptyLeaf)
      return [[customer, definitions.map((one) => by.evaluate(one, view, now))]]
    }),
  )
}

/** Each customer and definition on which the two differ, told so that it can be repeated. */
export function disagreements(round: Round, sql: Answers, inMemory: Answers): readonly string[] {
  const { definitions, people, log } = round
  const customers = new Set([...sql.keys(), ...inMemory.keys()])
  return [...customers].flatMap((customer) =>
    definitions.flatMap((definition, index) => {
      const value = inMemory.get(customer)?.[index]
      // The shop's own people are nobody's members: SQL leaves them out altogether.
      const left = people[customer - 1]?.internal === true && !sql.has(customer)
      if ((left ? false : sql.get(customer)?.[index]) === value) return []
      const happenings = log.happenings.filter((one) => log.survivor(one.customer) === customer)
      return `memory says ${value}: ${JSON.stringify(definition)} on ${JSON.stringify(people[customer - 1])} ${JSON.stringify(happenings)}`
    }),
  )
}

function viewOf(customer: number, person: CasePerson, state: (key: string) => AnyLeafState): View {
  const traits = flatten(person.traits, traitPaths)
  const facts = flatten(person.facts, factPaths)
  return {
    customer,
    member: person.member,
    internal: person.internal,
    traits: () => traits,
    facts: () => facts,
    leaf: ({ key }) => leafStateOf(state(key)),
    sequence: ({ key }) => sequenceStateOf(state(key)),
  }
}

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

/** The line in miniature: every happening folded at its processing, states of merged people combined. By `customer leaf`. */
export function statesOfMemory(
  { definitions, log, position }: Round,
  by: Memory = memory,
): ReadonlyMap<string, AnyLeafState> {
  const leaves = new Map(definitions.flatMap(leavesOf).map((leaf) => [leaf.key, leaf]))
  const states = new Map<string, AnyLeafState>()
  const stateOf = (customer: number, key: string) => states.get(`${customer} ${key}`) ?? emptyLeaf
  for (const happening of log.happenings.slice(0, position)) {
    for (const { from, to, position: mergedAt } of log.merges) {
      if (mergedAt !== happening.position) continue
      for (const [key, leaf] of leaves) {
        const both = [stateOf(from, key), stateOf(to, key)] as const
        states.set(`${to} ${key}`, by.combine(leaf, both, happening.processedAt))
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
      states.set(`${customer} ${key}`, by.fold(leaf, stateOf(customer, key), next))
    }
  }
  return states
}

async function writeHistory(world: TestWorld, { shop, people, log, now }: Round): Promise<void> {
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
      internal: person.internal,
      created_at: new Date(now).toISOString(),
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
