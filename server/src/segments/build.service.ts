import type { StoredPerson } from '../customers/stored-person.ts'
import type { Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Json, JsonObject } from '../lib/json.ts'
import { combineAny } from './any-leaf-state.ts'
import { type BuildRow, finishBuild, moveBuild, nextBuild, noteSlice } from './build.store.ts'
import { judgeAll } from './judge-person.ts'
import { type Facts, type HistoryNeeds, readFacts } from './leaf-history.service.ts'
import { emptyLeaf } from './leaf-state.ts'
import { type FactsNeed, factsSection, noFacts, type PersonFacts } from './person-facts.ts'
import { type HeldLeaf, type HeldSegment, isBuilt, type Register } from './register.ts'
import type { Registers } from './registers.service.ts'
import type { Remembered } from './remembered.ts'
import { repair } from './repair.service.ts'
import { holdLine } from './segments.store.ts'
import { emptyWrites, noteJudged, readPerson, write } from './writes.service.ts'

/** Customers read from history at once. */
export const sliceLimit = 5_000
/** Customers judged in one transaction: the line stands still that long. */
export const chunkLimit = 500

type Needs = HistoryNeeds & {
  readonly registers: Registers
  readonly facts?: FactsNeed
  /** Every log position up to this one is in ClickHouse. */
  readonly completeTo: (shop: ShopId) => Promise<number>
  /** Sizes other than sliceLimit and chunkLimit; tests make them small. */
  readonly sizes?: { readonly slice: number; readonly chunk: number }
}

/** waiting: history is not complete to where the definition begins. */
export type BuildStep = 'worked' | 'waiting' | 'idle'

/**
 * Backfill: what happened before a definition began is read from history in slices of customers, joined with what the
 * line kept since, and judged. It resumes where it stopped; entering this way makes no happening.
 */
export function builds(needs: Needs) {
  const { db, registers } = needs

  async function step(shop: ShopId): Promise<BuildStep> {
    const complete = await needs.completeTo(shop)
    if (await repair(needs, shop, complete)) return 'worked'
    const build = await nextBuild(db, shop)
    if (!build) return 'idle'
    const register = await registers.load(db, shop)
    const segment = register.segments.get(build.id)
    if (segment?.version !== build.version) return 'worked'
    const asked = segment.leaves.filter((held) => !held.complete)
    if (asked.some((held) => held.position > complete)) return 'waiting'
    await slice(needs, shop, { build, asked })
    return 'worked'
  }

  return {
    step,
    /** Steps until there is nothing to do, or nothing to do yet. */
    drain: async (shop: ShopId): Promise<void> => {
      while ((await step(shop)) === 'worked');
    },
  }
}
export type Builds = ReturnType<typeof builds>

type Slice = { readonly build: BuildRow; readonly asked: readonly HeldLeaf[] }

async function slice(needs: Needs, shop: ShopId, { build, asked }: Slice): Promise<void> {
  const { db, clock } = needs
  const sizes = needs.sizes ?? { slice: sliceLimit, chunk: chunkLimit }
  const ids = await needs.customers.remembered.livingAfter(db, shop, {
    after: build.built_to,
    upTo: build.max_customer,
    limit: sizes.slice,
  })
  const end = ids.length < sizes.slice ? build.max_customer : (ids.at(-1) ?? build.max_customer)
  const facts = await readFacts(needs, shop, {
    customers: ids,
    asked: asked.map(({ id, leaf, position }) => ({ id, leaf, after: 0, upTo: position })),
  })
  let at = build
  const chunks = Math.max(1, Math.ceil(ids.length / sizes.chunk))
  for (let index = 0; index < chunks; index++) {
    const chunk = ids.slice(index * sizes.chunk, (index + 1) * sizes.chunk)
    const to = index === chunks - 1 ? end : (chunk.at(-1) ?? end)
    const moved = await db.begin((tx) =>
      buildChunk(tx, needs, { shop, build: at, chunk, to, facts }),
    )
    if (!moved) return
    at = { ...at, built_to: to }
  }
  await db.begin(async (tx) => {
    const now = clock.now()
    await noteSlice(tx, shop, { build, upTo: end, at: now })
    if (end < build.max_customer) return
    await holdLine(tx, shop)
    await finishBuild(tx, shop, { build, leaves: asked.map(({ id }) => id), at: now })
  })
}

type Chunk = {
  readonly shop: ShopId
  readonly build: BuildRow
  readonly chunk: readonly number[]
  readonly to: number
  readonly facts: Facts
}

/** Joins, judges and writes some customers while the line stands still; false when the slice must be begun anew. */
async function buildChunk(tx: Tx, needs: Needs, one: Chunk): Promise<boolean> {
  const { shop, build, chunk, facts } = one
  const { processedAt } = await holdLine(tx, shop)
  const register = await needs.registers.load(tx, shop)
  const segment = register.segments.get(build.id)
  if (segment?.version !== build.version || segment.builtTo !== build.built_to) return false
  if (!facts.knows(await needs.customers.remembered.mergedInto(tx, shop, chunk))) return false
  // What the chunk makes of the segment is judged with it as built so far as the chunk's end.
  const built = builtUpTo(register, segment, one.to)
  const now = Math.max(processedAt, needs.clock.now())
  const writes = emptyWrites()
  for (const person of await needs.customers.remembered.storedPeople(tx, shop, chunk)) {
    const { remembered, sections } = readPerson(person)
    const stored = storedFacts(needs.facts ?? noFacts, sections[factsSection])
    if (remembered.repair !== undefined) continue
    for (const held of segment.leaves) {
      if (isBuilt(held, person.id)) continue
      const before = facts.stateOf(held.id, person.id, now)
      const after = remembered.leaves.get(held.id) ?? emptyLeaf
      remembered.leaves.set(held.id, combineAny(held.leaf, [before, after], now))
    }
    const was = remembered.members.has(segment.id)
    const one = { person, remembered, stored }
    judgeAll(caseOf(one, built.register), [built.segment], now)
    noteJudged(writes, { person, remembered, sections, register, segment, was, now })
  }
  await write(tx, needs, { shop, writes })
  const leaves = segment.leaves.filter((held) => !held.complete).map(({ id }) => id)
  return moveBuild(tx, shop, { build, to: one.to, leaves })
}

function builtUpTo(register: Register, segment: HeldSegment, to: number) {
  const built = {
    ...segment,
    builtTo: to,
    leaves: segment.leaves.map((held) => ({ ...held, builtTo: Math.max(held.builtTo, to) })),
  }
  return { register, segment: built }
}

/** Facts as they are stored, made when they are asked for: most definitions don't. */
function storedFacts(facts: FactsNeed, section: Json | undefined): PersonFacts {
  let read: ReturnType<FactsNeed['stored']> | undefined
  const stored = () => (read ??= facts.stored(section))
  return { of: () => stored().facts, revision: () => stored().revision }
}

type Judged = {
  readonly person: StoredPerson
  readonly remembered: Remembered
  readonly stored: PersonFacts
}

function caseOf({ person, remembered, stored }: Judged, register: Register) {
  return {
    subject: {
      customer: person.id,
      member: person.member,
      internal: person.internal,
      version: person.version,
      traits: JSON.parse(person.traits) as JsonObject,
      facts: stored,
    },
    remembered,
    register,
    flat: undefined,
    flatFacts: undefined,
  }
}
