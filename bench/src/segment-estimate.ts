import type { Definition } from '../../server/src/segments/definition.ts'
import { type Estimate, estimateOf } from '../../server/src/segments/estimate.ts'
import {
  idsSql,
  type PopulationRow,
  populationOf,
  populationSql,
  type TallyRow,
  talliesOf,
  talliesSql,
  turns,
} from '../../server/src/segments/estimate-sql.ts'
import type { AsOf, Query } from '../../server/src/segments/query.ts'
import { sampleOf, usualSample } from '../../server/src/segments/sampling.ts'
import type { Warehouse } from '../../server/src/warehouse/connection.store.ts'
import { percentile } from './measured.ts'

const longMs = 3_600_000

/**
 * What somebody who edits a segment waits for: estimate and exact count are asked at once, as the dashboard does, so many
 * times, how many customers there are being known. Medians in seconds; `bothSeconds` is the exact count with the estimate beside it.
 */
export async function firstNumber(
  warehouse: Warehouse,
  asked: { readonly definition: Definition; readonly asOf: AsOf; readonly exact: Query },
  runs: number,
) {
  const { definition, asOf, exact } = asked
  const { among, population } = await populationNow(warehouse, asOf.shop)
  const tallies = talliesSql([definition], { ...asOf, among })
  const first: number[] = []
  const both: number[] = []
  let estimate: Estimate = { count: 0, low: 0, high: 0 }
  for (let run = 0; run <= runs; run++) {
    const from = performance.now()
    const since = () => (performance.now() - from) / 1_000
    const [told, seconds] = await Promise.all([
      ask<TallyRow>(warehouse, tallies, turns.estimate).then((rows) => ({
        rows,
        seconds: since(),
      })),
      ask(warehouse, exact, turns.exact).then(since),
    ])
    estimate = estimateOf(talliesOf(told.rows), population, usualSample.strides)
    if (run > 0) first.push(told.seconds)
    if (run > 0) both.push(seconds)
  }
  return {
    estimate,
    firstSeconds: percentile(first, 0.5),
    bothSeconds: percentile(both, 0.5),
  }
}

type Turn = (typeof turns)[keyof typeof turns]
const ask = <T>(warehouse: Warehouse, { sql, params }: Query, settings: Turn) =>
  warehouse.query<T>(sql, params, { maxMs: longMs, settings })

/** How many customers there are, which the service reads once a minute. */
async function populationNow(warehouse: Warehouse, shop: number) {
  const [ids] = await ask<{ first: number; last: number }>(warehouse, idsSql(shop), turns.estimate)
  const among = sampleOf({ first: Number(ids?.first), last: Number(ids?.last) })
  const rows = await ask<PopulationRow>(warehouse, populationSql(shop, among), turns.estimate)
  return { among, population: populationOf(rows) }
}
