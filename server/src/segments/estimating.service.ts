import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { Refusal } from '../lib/refusal.ts'
import type { QueryOptions, Warehouse } from '../warehouse/connection.store.ts'
import { estimateOf, type Population } from './estimate.ts'
import {
  idsSql,
  type PopulationRow,
  populationOf,
  populationSql,
  type TallyRow,
  talliesOf,
  talliesSql,
  turns,
} from './estimate-sql.ts'
import type { Query } from './query.ts'
import { readDefinition } from './read-definition.ts'
import type { Registers } from './registers.service.ts'
import { type Sample, sampleOf, usualSample } from './sampling.ts'

/** An estimate that takes longer helps nobody: the exact count is there. */
const estimateMaxMs = 5_000
/** How long it stays known how many customers a shop has. */
const populationKnownMs = 60_000

type Needs = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly completeTo: (shop: ShopId) => Promise<number>
  readonly registers: Registers
}

/** Rows for somebody who may go away, which stops the work. */
export async function askWarehouse<T>(
  warehouse: Warehouse,
  { sql, params }: Query,
  asked: Omit<QueryOptions, 'signal'> & { readonly signal?: AbortSignal | undefined },
): Promise<readonly T[]> {
  const { signal, ...options } = asked
  try {
    return await warehouse.query<T>(sql, params, { ...options, ...(signal ? { signal } : {}) })
  } catch (error) {
    throw signal?.aborted ? new Refusal('conflict', 'Whoever asked went away.') : error
  }
}

/** About how many, for whoever waits for the exact count of a large shop. */
export function estimating(needs: Needs) {
  const { db, warehouse, clock, completeTo } = needs
  const populationOfShop = populations(needs)
  return {
    /**
     * About how many customers a definition holds, out of how many in all, from a tenth of their ids. Exact where customers
     * are few.
     */
    async estimate(shop: ShopId, input: unknown, signal?: AbortSignal) {
      const [definition, position, { among, population }] = await Promise.all([
        needs.registers.expanded(db, shop, readDefinition(input)),
        completeTo(shop),
        populationOfShop(shop),
      ])
      const asOf = { shop, position, now: clock.now(), among }
      const tallies = await askWarehouse<TallyRow>(warehouse, talliesSql([definition], asOf), {
        maxMs: estimateMaxMs,
        settings: turns.estimate,
        signal,
      })
      return {
        ...estimateOf(talliesOf(tallies), population, usualSample.strides),
        of: population.newest + population.older + population.merged,
      }
    },
  }
}

type Known = { readonly among: Sample; readonly population: Population }

/** How many customers a shop has: read once a minute, whoever asks, so the signal of one of them must not end it. */
function populations({ warehouse, clock }: Needs) {
  const shops = new Map<ShopId, { readonly at: number; readonly read: Promise<Known> }>()
  const read = async (shop: ShopId): Promise<Known> => {
    const asked = { maxMs: estimateMaxMs, settings: turns.estimate }
    const found = await askWarehouse<{ first: number; last: number }>(
      warehouse,
      idsSql(shop),
      asked,
    )
    const among = sampleOf({ first: Number(found[0]?.first), last: Number(found[0]?.last) })
    const rows = await askWarehouse<PopulationRow>(warehouse, populationSql(shop, among), asked)
    // Where everybody is looked at, the answer is as new as the log: nothing may be remembered.
    if (among.newest === among.first) shops.delete(shop)
    return { among, population: populationOf(rows) }
  }
  return (shop: ShopId): Promise<Known> => {
    const known = shops.get(shop)
    if (known && clock.now() - known.at < populationKnownMs) return known.read
    const reading = read(shop).catch((error: unknown) => {
      shops.delete(shop)
      throw error
    })
    shops.set(shop, { at: clock.now(), read: reading })
    return reading
  }
}
