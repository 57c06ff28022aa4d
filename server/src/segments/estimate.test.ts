import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { dayMs } from '../lib/duration.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { caseDefinition } from './agreement.contract.ts'
import { answersOfSql, openRound, type Round } from './agreement-world.contract.ts'
import { countSql, peopleSql } from './compile.ts'
import type { Definition } from './definition.ts'
import { estimateOf } from './estimate.ts'
import {
  idsSql,
  type PopulationRow,
  populationOf,
  populationSql,
  type TallyRow,
  talliesOf,
  talliesSql,
} from './estimate-sql.ts'
import { caseNow, casePerson } from './person-cases.contract.ts'
import type { AsOf } from './query.ts'
import { readDefinition } from './read-definition.ts'
import { type Sample, type SampleSize, sampleOf, usualSample } from './sampling.ts'
import { defined, openSegments } from './segments-world.contract.ts'

// A busy machine may need longer; alone a test takes a second or two.
vi.setConfig({ testTimeout: 120_000 })
const longMs = 100_000
let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const whole: SampleSize = { strides: 8, spreadShare: 1, newestShare: 0.1, wholeUpTo: 0 }
const half: SampleSize = { strides: 8, spreadShare: 0.4, newestShare: 0.1, wholeUpTo: 0 }

async function estimated(definitions: readonly Definition[], asOf: AsOf, size: SampleSize) {
  const { warehouse } = world
  const ids = idsSql(asOf.shop)
  const [row] = await warehouse.query<{ first: number; last: number }>(ids.sql, ids.params)
  const among = sampleOf({ first: Number(row?.first), last: Number(row?.last) }, size)
  const tallies = talliesSql(definitions, { ...asOf, among })
  const rows = await warehouse.query<TallyRow>(tallies.sql, tallies.params, { maxMs: longMs })
  const people = populationSql(asOf.shop, among)
  const population = populationOf(
    await warehouse.query<PopulationRow>(people.sql, people.params, { maxMs: longMs }),
  )
  return definitions.map((_, index) => estimateOf(talliesOf(rows, index), population, size.strides))
}

async function counted(definitions: readonly Definition[], asOf: AsOf) {
  const { sql, params } = countSql(definitions, asOf)
  const [row] = await world.warehouse.query<Record<string, number>>(sql, params, { maxMs: longMs })
  return definitions.map((_, index) => Number(row?.[`d${index}`]))
}

function generated(seed: number): Promise<Round> {
  const definitions = fc.sample(caseDefinition, { numRuns: 60, seed }).map(readDefinition)
  const people = fc.sample(casePerson, { numRuns: 200, seed: seed + 1 })
  return openRound(world, { definitions, people, round: seed, now: caseNow })
}

test('an estimate of everybody is the exact count, merges and all', async () => {
  const round = await generated(41)
  const exact = (await counted(round.definitions, round)).map((count) => ({
    count,
    low: count,
    high: count,
  }))
  for (const size of [whole, usualSample])
    expect(await estimated(round.definitions, round, size)).toEqual(exact)
})

test('of everybody in a sample the answer is right, and only those are left out who took in somebody outside', async () => {
  const round = await generated(52)
  const all = await answersOfSql(world, round)
  const among = sampleOf({ first: 1, last: round.people.length }, half)
  const { sql, params, columns } = peopleSql(round.definitions, { ...round, among })
  const rows = await world.warehouse.query<Record<string, unknown>>(sql, params, { maxMs: longMs })
  for (const row of rows)
    expect(columns.map((name) => Boolean(row[name]))).toEqual(all.get(Number(row.customer)))
  const inside = (id: number) => sampled(id, among)
  const alone = [...all.keys()].filter(
    (id) => inside(id) && round.log.merges.every((one) => one.to !== id || inside(one.from)),
  )
  expect(new Set(rows.map(({ customer }) => Number(customer)))).toEqual(new Set(alone))
  expect(alone.length).toBeGreaterThan(60)
})

function sampled(id: number, { first, newest, stride, skip, width }: Sample): boolean {
  const place = (id - first) % stride
  return id >= newest || (place >= skip && place < skip + width)
}

const days = fc.constantFrom(3, 7, 30, 90, 300)
const condition: fc.Arbitrary<unknown> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('Product Viewed', 'Order Completed'),
      days,
      fc.integer({ min: 0, max: 6 }),
    )
    .map(([event, amount, value]) => ({
      kind: 'event',
      event,
      window: { kind: 'rolling', span: { amount, unit: 'days' } },
      measure: { of: 'count', is: { op: value === 0 ? '=' : '>=', value } },
    })),
  fc.constantFrom('VIP', '단골').map((value) => ({
    kind: 'trait',
    path: 'grade',
    is: { type: 'text', op: 'equals', value },
  })),
)
const definition = fc
  .tuple(fc.constantFrom('all', 'any'), fc.array(condition, { minLength: 1, maxLength: 3 }))
  .map(([kind, of]) => ({ format: 1, where: { kind, of } }))

test('the exact count lies where the estimate says in nearly all random cases', async () => {
  const shop = await insertShop(world.db)
  const people = 20_000
  await openPopulation(shop, people)
  const definitions = fc.sample(definition, { numRuns: 100, seed: 7 }).map(readDefinition)
  const asOf = { shop, position: 10 * people, now: caseNow }
  const exact = await counted(definitions, asOf)
  const told = await estimated(definitions, asOf, { ...usualSample, wholeUpTo: 0 })
  const missed = told.flatMap(({ low, high }, index) => {
    const count = exact[index] ?? Number.NaN
    return count >= low && count <= high ? [] : [{ count, low, high, of: definitions[index] }]
  })
  expect(missed.length, JSON.stringify(missed)).toBeLessThanOrEqual(10)
  // A range that holds everything would be right too.
  const widths = told.map(({ low, high }) => (high - low) / people).sort((a, b) => a - b)
  expect(widths[50]).toBeLessThan(0.05)
  expect(exact.filter((count) => count > people / 100).length).toBeGreaterThan(50)
})

/** People of whom the newer do more; one in 20 was merged into somebody of any age. */
async function openPopulation(shop: number, people: number): Promise<void> {
  const { warehouse } = world
  const params = { shop, people, now: caseNow }
  const options = { maxMs: longMs }
  await warehouse.command(
    `insert into customers (shop, customer, version, member, created_at, texts)
     select {shop:UInt32}, number + 1, 1, true, fromUnixTimestamp64Milli({now:Int64}),
       map('grade', multiIf(cityHash64(number, 1) % 100 < 3, 'VIP', cityHash64(number, 1) % 100 < 30, '단골', '새싹'))
     from numbers({people:UInt64})`,
    params,
    options,
  )
  await warehouse.command(
    `insert into aliases select {shop:UInt32}, number * 20 + 5, 1 + intDiv(cityHash64(number, 2) % {people:UInt64}, 20) * 20, 1
     from numbers(intDiv({people:UInt64}, 20))`,
    params,
    options,
  )
  await warehouse.reloadAliases()
  await warehouse.command(
    `insert into events (shop, customer, position, at, received_at, processed_at, kind, name)
     with cityHash64(number, 3) % {people:UInt64} as who, sqrt((cityHash64(number, 4) % 1000000) / 1000000) as share
     select {shop:UInt32}, 1 + who, number + 1,
       fromUnixTimestamp64Milli({now:Int64} - toInt64((1 - share * who / {people:UInt64}) * 300 * ${dayMs})) as moment, moment, moment,
       'event', if(cityHash64(number, 5) % 6 = 0, 'Order Completed', 'Product Viewed')
     from numbers(10 * {people:UInt64})`,
    params,
    options,
  )
}

test('a small shop is told its exact count, and whoever goes away stops the estimate', async () => {
  const shop = await insertShop(world.db)
  const room = openSegments(world)
  await openPopulation(shop, 100)
  const everybody = defined({ kind: 'random', seed: 'x', from: 0, to: 100 })
  expect(await room.segments.estimate(shop, everybody)).toEqual({
    count: 95,
    low: 95,
    high: 95,
    of: 95,
  })
  const gone = new AbortController()
  gone.abort()
  await expect(room.segments.estimate(shop, everybody, gone.signal)).rejects.toMatchObject({
    code: 'conflict',
  })
})
