import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Placed } from '../events/happening.ts'
import { historyRow } from '../events/history-row.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs, minuteMs } from '../lib/duration.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { peopleSql } from './compile.ts'
import type { Definition } from './definition.ts'
import { factsOf } from './filter.ts'
import { sequenceLeaf } from './leaves.ts'
import { sequenceItemsLimit } from './limits.ts'
import type { Query } from './query.ts'
import { readDefinition } from './read-definition.ts'
import type { SequenceCondition } from './sequence.ts'
import { gapTimes, productBody, sequenceCondition } from './sequence-cases.contract.ts'
import { type SequenceRow, sequenceFactsSql, sequenceFactsState } from './sequence-history.ts'
import type { SequenceLeaf } from './sequence-leaf.ts'
import { judgeRuns } from './sequence-runs.ts'
import { emptySequence, foldSequence, type SequenceState } from './sequence-state.ts'

// A busy machine may need longer; alone a test takes a second or two.
vi.setConfig({ testTimeout: 120_000 })
let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const now = Date.UTC(2026, 2, 1)
const customers = 200
const events = ['Products Searched', 'Product Viewed', 'Order Completed'] as const
const happened = fc.record({
  name: fc.constantFrom(...events),
  at: gapTimes(now + minuteMs),
  lateMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 * dayMs })),
  body: productBody,
})

type Happened = Pick<Placed, 'name' | 'at' | 'body' | 'customer' | 'position' | 'processedAt'>

/** People with sequences, in history; what comes after the position is there already and must not count. */
async function openRound(seed: number, sequences: number) {
  const shop = await insertShop(world.db)
  const conditions = fc
    .sample(sequenceCondition(events), { numRuns: sequences, seed: 4_000 + seed })
    .map(sequenceOf)
  const log = fc
    .sample(fc.array(happened, { maxLength: 14 }), { numRuns: customers, seed: 5_000 + seed })
    .flatMap((drafts, index) => drafts.map((one) => ({ ...one, customer: index + 1 })))
    .map((one) => ({ ...one, processedAt: Math.min(now, one.at + one.lateMs) }))
    .sort((a, b) => a.processedAt - b.processedAt)
    .map((one, index) => ({ ...one, position: index + 1 }) as unknown as Happened)
  await write(shop, log)
  const position = log.length - 20
  return { shop, conditions, position, known: log.slice(0, position) }
}
type Round = Awaited<ReturnType<typeof openRound>>

/** What the line would have kept of everybody, sequence by sequence. */
function keptByLine({ known }: Round, leaves: readonly SequenceLeaf[]) {
  const states = new Map<number, readonly SequenceState[]>()
  for (let customer = 1; customer <= customers; customer++) {
    const own = known.filter((one) => one.customer === customer)
    const state = (leaf: SequenceLeaf) =>
      own.reduce(
        (kept, one) =>
          foldSequence(leaf, kept, { ...one, facts: factsOf(one), now: one.processedAt }),
        emptySequence,
      )
    states.set(customer, leaves.map(state))
  }
  return states
}

test.each([1, 2, 3])(
  'the line, history and SQL agree on every sequence and customer, round %i',
  async (seed) => {
    const round = await openRound(seed, 25)
    const { shop, conditions, position } = round
    const leaves = conditions.map(sequenceLeaf)
    const told = await answers(round, ({ sql }) => sql)
    const history = await readHistory(shop, leaves, position)
    let members = 0
    for (const [customer, states] of keptByLine(round, leaves)) {
      for (const [index, leaf] of leaves.entries()) {
        const verdict = judgeRuns(leaf, states[index]?.items ?? [], now)
        const read = history.get(customer)?.[index] ?? emptySequence
        const found = [told.get(customer)?.[index], judgeRuns(leaf, read.items, now)]
        // The message is long, and made for the one that fails only.
        if (JSON.stringify(found) !== JSON.stringify([verdict.value, verdict]))
          expect(
            found,
            `${JSON.stringify(conditions[index])} on ${JSON.stringify(round.known.filter((one) => one.customer === customer))}`,
          ).toEqual([verdict.value, verdict])
        if (verdict.value) members++
      }
    }
    const share = members / (customers * conditions.length)
    expect(share).toBeGreaterThan(0.02)
    expect(share).toBeLessThan(0.9)
  },
)

// A comparison that finds nothing proves nothing unless it would have found something.
test('a bug put into either evaluator of sequences is seen', async () => {
  const round = await openRound(9, 20)
  const leaves = round.conditions.map(sequenceLeaf)
  const states = keptByLine(round, leaves)
  const told = await answers(round, ({ sql }) => sql)
  const differing = (
    sql: ReadonlyMap<number, readonly boolean[]>,
    judged: (leaf: SequenceLeaf, items: SequenceState['items']) => boolean,
  ) =>
    [...states].flatMap(([customer, kept]) =>
      leaves.filter(
        (leaf, index) => sql.get(customer)?.[index] !== judged(leaf, kept[index]?.items ?? []),
      ),
    ).length
  const honest = (leaf: SequenceLeaf, items: SequenceState['items']) =>
    judgeRuns(leaf, items, now).value
  expect(differing(told, honest)).toBe(0)

  const replaced = (from: string, to: string) => async () => {
    const sql = await answers(round, (question) => {
      expect(question.sql).toContain(from)
      return question.sql.replaceAll(from, to)
    })
    return differing(sql, honest)
  }
  const inSql = {
    'a gap that ends a millisecond early': replaced('ms <= before +', 'ms < before +'),
    'a happening that follows itself': replaced(', 1, toInt64(-9', ', 0, toInt64(-9'),
    'equal times in no order': replaced('toUInt128(position)', 'toUInt128(0)'),
    'a negative that ends a millisecond early': replaced('next > ms +', 'next >= ms +'),
    'a negative that is waited for too long': replaced('and ms <= {', 'and ms < {'),
    'a window that lets go a millisecond late': replaced('at > from', 'at >= from'),
    'a product named in products[] only': replaced(
      'arrayPushBack(products.product_id, product_id)',
      '[product_id]',
    ),
  }
  for (const [bug, found] of Object.entries(inSql)) expect(await found(), bug).toBeGreaterThan(0)

  const inMemory: Readonly<Record<string, typeof honest>> = {
    'late ones put at the end': (leaf, items) =>
      honest(
        leaf,
        items.toSorted((a, b) => a.position - b.position),
      ),
    'what stands between is not looked at': (leaf, items) =>
      honest(
        { ...leaf, steps: leaf.steps.map((step) => ({ ...step, withinMs: 90 * dayMs })) },
        items,
      ),
    'any product will do': (leaf, items) =>
      honest(
        leaf,
        items.map((item) => ({ ...item, product: '' })),
      ),
    'a negative of a moment': (leaf, items) =>
      honest({ ...leaf, not: leaf.not && { ...leaf.not, withinMs: 0 } }, items),
  }
  for (const [bug, judged] of Object.entries(inMemory))
    expect(differing(told, judged), bug).toBeGreaterThan(0)
})

test('somebody with more happenings than the line keeps is read from history as SQL answers', async () => {
  const shop = await insertShop(world.db)
  const conditions = fc.sample(sequenceCondition(events), { numRuns: 25, seed: 77 }).map(sequenceOf)
  const drafts = fc.sample(happened, { numRuns: 6_000, seed: 78 })
  const log = drafts
    .map(({ name, body }, index) => ({ name, body, at: now - dayMs * 4 + index * 57_000 }))
    .map(
      (one, index) =>
        ({ ...one, processedAt: one.at, customer: 1, position: index + 1 }) as unknown as Happened,
    )
  await write(shop, log)
  const told = await answers({ shop, conditions, position: log.length }, ({ sql }) => sql)
  const leaves = conditions.map(sequenceLeaf)
  const history = await readHistory(shop, leaves, log.length)
  let large = 0
  for (const [index, leaf] of leaves.entries()) {
    const state = history.get(1)?.[index] ?? emptySequence
    expect(state.items.length).toBeLessThanOrEqual(sequenceItemsLimit)
    if (state.large) large++
    expect(judgeRuns(leaf, state.items, now).value, JSON.stringify(conditions[index])).toBe(
      told.get(1)?.[index],
    )
  }
  expect(large).toBeGreaterThan(5)
})

function sequenceOf(json: unknown): SequenceCondition {
  const { where } = readDefinition({ format: 1, where: JSON.parse(JSON.stringify(json)) })
  return where as SequenceCondition
}

async function write(shop: ShopId, log: readonly Happened[]): Promise<void> {
  await world.warehouse.insert(
    'customers',
    Array.from({ length: customers }, (_, index) => ({ shop, customer: index + 1, version: 1 })),
  )
  const placed = log.map((one) => ({
    ...one,
    kind: 'event' as const,
    messageId: String(one.position),
    receivedAt: one.processedAt,
    ids: {},
  }))
  await world.warehouse.insert(
    'events',
    placed.map((one) => historyRow(shop, one as unknown as Placed)),
  )
}

/** Every customer's answers as SQL gives them, in the order of the sequences; `written` may spoil the question. */
async function answers(
  { shop, conditions, position }: Pick<Round, 'shop' | 'conditions' | 'position'>,
  written: (question: Query) => string,
): Promise<ReadonlyMap<number, readonly boolean[]>> {
  const definitions = conditions.map((where): Definition => ({ format: 1, where }))
  const question = peopleSql(definitions, { shop, position, now })
  const rows = await world.warehouse.query<Record<string, unknown>>(
    written(question),
    question.params,
    { maxMs: 60_000 },
  )
  return new Map(
    rows.map((row) => [
      Number(row.customer),
      question.columns.map((column) => Boolean(row[column])),
    ]),
  )
}

async function readHistory(
  shop: ShopId,
  leaves: readonly SequenceLeaf[],
  upTo: number,
): Promise<ReadonlyMap<number, readonly SequenceState[]>> {
  const { sql, params } = sequenceFactsSql(
    leaves.map((leaf) => ({ leaf, after: 0, upTo })),
    Array.from({ length: customers }, (_, index) => index + 1),
    { shop, now },
  )
  const rows = await world.warehouse.query<SequenceRow>(sql, params)
  return new Map(
    rows.map((row) => [
      Number(row.customer),
      leaves.map((leaf, index) => sequenceFactsState(leaf, row, { index, now })),
    ]),
  )
}
