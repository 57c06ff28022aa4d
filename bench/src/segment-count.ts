import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startClickhouse } from '../../server/src/engines/clickhouse.driver.ts'
import { dayMs } from '../../server/src/lib/duration.ts'
import { countSql } from '../../server/src/segments/compile.ts'
import { readDefinition } from '../../server/src/segments/definition.ts'
import { connectWarehouse, type Warehouse } from '../../server/src/warehouse/connection.store.ts'
import { migrateWarehouse } from '../../server/src/warehouse/migrate.store.ts'
import { type Line, percentile, rounded } from './measured.ts'

const people = 1_000_000
const happenings = 20_000_000
const perInsert = 2_000_000
const runs = 7
/** A year of happenings ends here. */
const now = Date.UTC(2026, 10, 1)
const asOf = { shop: 1, position: happenings, now }

const counted = (event: string, op: string, value: number, window: object) => ({
  kind: 'event',
  event,
  window,
  measure: { of: 'count', is: { op, value } },
})
const ever = { kind: 'ever' }
const week = { kind: 'rolling', span: { amount: 7, unit: 'days' } }
const neverOrdered = counted('Order Completed', '=', 0, ever)

/** What a marketer asks, and the best SQL we know how to write for it by hand. */
const questions = [
  {
    name: 'signed up, no order',
    where: { kind: 'all', of: [counted('Signed Up', '>=', 1, ever), neverOrdered] },
    events: `select ${survivor('customer')} as person, countIf(name = 'Signed Up') as a, countIf(name = 'Order Completed') as b
      from events where shop = 1 and name in ('Signed Up', 'Order Completed')`,
    having: 'a >= 1 and b = 0',
  },
  {
    name: 'viewed twice in 7 days, no order',
    where: { kind: 'all', of: [counted('Product Viewed', '>=', 2, week), neverOrdered] },
    events: `select ${survivor('customer')} as person, countIf(name = 'Product Viewed') as a, countIf(name = 'Order Completed') as b
      from events where shop = 1 and (name = 'Order Completed'
        or (name = 'Product Viewed' and at > fromUnixTimestamp64Milli({week:Int64}, 'UTC')))`,
    having: 'a >= 2 and b = 0',
  },
] as const

/** Counting a segment over 20 M happenings of 1 M customers, beside hand-written SQL that is right: people without events count too. */
export const segmentCount: Line = {
  name: 'segment-count',
  sentence: 'a definition counted over 20 M events of 1 M customers, against the best SQL by hand',
  run: async () => {
    const folder = join(process.env.DANGGOL_BENCH_CACHE ?? tmpdir(), 'danggol-bench-history')
    mkdirSync(folder, { recursive: true })
    const engine = await startClickhouse({ folder, log: () => {} })
    const warehouse = connectWarehouse({ url: engine.url, database: 'bench' })
    try {
      await migrateWarehouse(warehouse)
      await fill(warehouse)
      await warehouse.reloadAliases()
      const lines = []
      for (const question of questions) lines.push(await measure(warehouse, question))
      return lines
    } finally {
      await warehouse.close()
      await engine.stop()
    }
  },
}

async function measure(warehouse: Warehouse, question: (typeof questions)[number]) {
  const compiled = countSql([readDefinition({ format: 1, where: question.where })], asOf)
  const byHand = {
    sql: `select countIf(${question.having}) as d0 from
      (select customer from customers final where shop = 1 and not erased and ${survivor('customer')} = customer) as c
      left join (${question.events} and position <= {position:UInt64} and at <= fromUnixTimestamp64Milli({now:Int64}, 'UTC')
        group by person) as e on e.person = c.customer`,
    params: { position: happenings, now, week: now - 7 * dayMs },
  }
  const times = { compiled: [] as number[], byHand: [] as number[] }
  const counts = new Set<number>()
  // In turns, so that whatever else the machine does hits both alike; the first round warms the caches.
  for (let run = 0; run <= runs; run++) {
    for (const [name, { sql, params }] of Object.entries({ compiled, byHand })) {
      const from = performance.now()
      const [row] = await warehouse.query<{ d0: number }>(sql, params, { maxMs: 60_000 })
      if (run > 0) times[name as keyof typeof times].push(performance.now() - from)
      counts.add(Number(row?.d0))
    }
  }
  if (counts.size !== 1) throw new Error(`the two do not agree: ${[...counts].join(', ')}`)
  const value = percentile(times.compiled, 0.5) / 1_000
  const floor = percentile(times.byHand, 0.5) / 1_000
  return {
    line: `segment count: ${question.name}`,
    value: rounded(value),
    unit: 's',
    floor: rounded(floor),
    ratio: rounded(value / floor),
    goal: 'at most 1.3 of the floor',
    met: value <= floor * 1.3,
    notes: { members: [...counts][0] ?? 0, fastest: rounded(Math.min(...times.compiled) / 1_000) },
  }
}

/** A year of a busy shop, made inside ClickHouse once and kept; 10 % of the customers never did anything. */
async function fill(warehouse: Warehouse): Promise<void> {
  const [row] = await warehouse.query<{ rows: number }>('select count() as rows from events')
  if (Number(row?.rows) === happenings) return
  const long = { maxMs: 3_600_000 }
  await warehouse.command('truncate table events')
  await warehouse.command('truncate table customers')
  await warehouse.command(
    `insert into customers (shop, customer, version, member, created_at, erased)
     select 1, number + 1, number + 1, number % 3 = 0, fromUnixTimestamp64Milli({now:Int64}, 'UTC'), false
     from numbers({people:UInt64})`,
    { people, now },
    long,
  )
  for (let from = 0; from < happenings; from += perInsert)
    await warehouse.command(
      eventsSql,
      { from, count: perInsert, people: people * 0.9, now, happenings },
      long,
    )
  await warehouse.command('optimize table events final', {}, long)
}

const eventsSql = `
  insert into events (shop, customer, position, at, received_at, processed_at, kind, name, message_id, properties)
  select 1, 1 + intHash64(number) % {people:UInt64}, number + 1,
    fromUnixTimestamp64Milli(toInt64({now:Int64} - 31536000000 + intDiv(number * 31536000000, {happenings:UInt64})), 'UTC') as at,
    at, at, 'event',
    arrayElement(['Product Viewed', 'Page Viewed', 'Product Added', 'Order Completed', 'Signed Up', 'Products Searched'],
      multiIf(draw < 55, 1, draw < 80, 2, draw < 90, 3, draw < 96, 4, draw < 98, 5, 6)),
    toString(number), '{}'
  from (select number, intHash64(number + 7) % 100 as draw from numbers({from:UInt64}, {count:UInt64}))`

function survivor(column: string): string {
  return `dictGetOrDefault('alias_of', 'survivor', (shop, ${column}), ${column})`
}
