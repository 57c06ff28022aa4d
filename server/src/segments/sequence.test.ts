import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
import { readDefinition } from './read-definition.ts'
import type { SequenceCondition } from './sequence.ts'
import { gapTimes, productBody, sequenceCondition } from './sequence-cases.contract.ts'
import { type SequenceRow, sequenceFactsSql, sequenceFactsState } from './sequence-history.ts'
import type { SequenceLeaf } from './sequence-leaf.ts'
import { judgeRuns } from './sequence-runs.ts'
import { emptySequence, foldSequence, type SequenceState } from './sequence-state.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const now = Date.UTC(2026, 2, 1)
const events = ['Products Searched', 'Product Viewed', 'Order Completed'] as const
const happened = fc.record({
  name: fc.constantFrom(...events),
  at: gapTimes(now + minuteMs),
  lateMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 * dayMs })),
  body: productBody,
})

type Happened = Pick<Placed, 'name' | 'at' | 'body' | 'customer' | 'position' | 'processedAt'>

test.each([1, 2, 3])(
  'the line, history and SQL agree on every sequence and customer, round %i',
  async (round) => {
    const shop = await insertShop(world.db)
    const conditions = fc
      .sample(sequenceCondition(events), { numRuns: 25, seed: 4_000 + round })
      .map(sequenceOf)
    const log = fc
      .sample(fc.array(happened, { maxLength: 14 }), { numRuns: 200, seed: 5_000 + round })
      .flatMap((drafts, index) => drafts.map((one) => ({ ...one, customer: index + 1 })))
      .map((one) => ({ ...one, processedAt: Math.min(now, one.at + one.lateMs) }))
      .sort((a, b) => a.processedAt - b.processedAt)
      .map((one, index) => ({ ...one, position: index + 1 }) as unknown as Happened)
    await write(shop, log)
    // What comes after the position is in history already and must not count.
    const position = log.length - 20
    const known = log.slice(0, position)

    const told = await answers(shop, conditions, position)
    const leaves = conditions.map(sequenceLeaf)
    const history = await readHistory(shop, leaves, position)
    let members = 0
    for (let customer = 1; customer <= 200; customer++) {
      const own = known.filter((one) => one.customer === customer)
      for (const [index, leaf] of leaves.entries()) {
        const state = own.reduce(
          (kept, one) =>
            foldSequence(leaf, kept, { ...one, facts: factsOf(one), now: one.processedAt }),
          emptySequence,
        )
        const verdict = judgeRuns(leaf, state.items, now)
        const read = history.get(customer)?.[index] ?? emptySequence
        const found = [told.get(customer)?.[index], judgeRuns(leaf, read.items, now)]
        // The message is long, and made for the one that fails only.
        const { value, nextFlipAt } = verdict
        if (JSON.stringify(found) !== JSON.stringify([value, { value, nextFlipAt }]))
          expect(found, `${JSON.stringify(conditions[index])} on ${JSON.stringify(own)}`).toEqual([
            value,
            verdict,
          ])
        if (verdict.value) members++
      }
    }
    const share = members / (200 * conditions.length)
    expect(share).toBeGreaterThan(0.02)
    expect(share).toBeLessThan(0.9)
  },
)

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
  const told = await answers(shop, conditions, log.length)
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
    Array.from({ length: 200 }, (_, index) => ({ shop, customer: index + 1, version: 1 })),
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

/** Every customer's answers as SQL gives them, in the order of the sequences. */
async function answers(
  shop: ShopId,
  conditions: readonly SequenceCondition[],
  position: number,
): Promise<ReadonlyMap<number, readonly boolean[]>> {
  const definitions = conditions.map((where): Definition => ({ format: 1, where }))
  const { sql, params, columns } = peopleSql(definitions, { shop, position, now })
  const rows = await world.warehouse.query<Record<string, unknown>>(sql, params)
  return new Map(
    rows.map((row) => [Number(row.customer), columns.map((column) => Boolean(row[column]))]),
  )
}

async function readHistory(
  shop: ShopId,
  leaves: readonly SequenceLeaf[],
  upTo: number,
): Promise<ReadonlyMap<number, readonly SequenceState[]>> {
  const { sql, params } = sequenceFactsSql(
    leaves.map((leaf) => ({ leaf, after: 0, upTo })),
    Array.from({ length: 200 }, (_, index) => index + 1),
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
