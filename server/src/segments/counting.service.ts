import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { countSql } from './compile.ts'
import type { Definition } from './definition.ts'
import { readCustomers } from './edit.store.ts'
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
import type { Memberships } from './membership.service.ts'
import { type PreviewRow, previewSql, reachOf } from './preview.ts'
import type { Query } from './query.ts'
import { readDefinition } from './read-definition.ts'
import type { Registers } from './registers.service.ts'
import { sampleOf, usualSample } from './sampling.ts'
import { vocabulary } from './vocabulary.store.ts'

/** Longest a count may take before it is stopped. */
const previewMaxMs = 10_000
const sampleSize = 5
/** An estimate that takes longer helps nobody: the exact count is there. */
const estimateMaxMs = 3_000

type Needs = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly completeTo: (shop: ShopId) => Promise<number>
  readonly explainAll: Memberships['explainAll']
  readonly registers: Registers
}

type Asked = { readonly maxMs: number; readonly signal: AbortSignal | undefined }

/** What is asked of history: every answer says up to which log position it is true. */
export function counting(needs: Needs) {
  const { db, warehouse, clock, completeTo } = needs
  /** Rows for somebody who may go away, which stops the work. */
  const ask = <T>({ sql, params }: Query, { maxMs, signal }: Asked) =>
    warehouse
      .query<T>(sql, params, { maxMs, ...(signal ? { signal } : {}) })
      .catch((error: unknown) => {
        throw signal?.aborted ? new Refusal('conflict', 'Whoever asked went away.') : error
      })
  return {
    /**
     * How many customers a definition holds, how they can be reached, and five of them with why. One pass over history; a
     * caller who goes away stops it.
     */
    async preview(shop: ShopId, input: unknown, signal?: AbortSignal) {
      const written = readDefinition(input)
      const definition = await needs.registers.expanded(db, shop, written)
      const position = await completeTo(shop)
      const asOf = { shop, position, now: clock.now() }
      const [row] = await ask<PreviewRow>(previewSql(definition, asOf, sampleSize), {
        maxMs: previewMaxMs,
        signal,
      })
      const ids = (row?.sample ?? []).map(Number)
      const [people, why] = await Promise.all([
        readCustomers(db, shop, ids),
        needs.explainAll(shop, { definition, customers: ids, position }),
      ])
      const count = Number(row?.members ?? 0)
      const signedUp = Number(row?.signed_up ?? 0)
      return {
        definition: written,
        position,
        count,
        signedUp,
        anonymous: count - signedUp,
        reach: reachOf(row),
        sample: people.map((person) => ({ ...person, why: why.get(person.customer) })),
      }
    },

    /**
     * About how many customers a definition holds, out of how many in all, from a tenth of their ids: for whoever waits for
     * the exact count of a large shop. Exact where customers are few.
     */
    async estimate(shop: ShopId, input: unknown, signal?: AbortSignal) {
      const asked = { maxMs: estimateMaxMs, signal }
      const definition = await needs.registers.expanded(db, shop, readDefinition(input))
      const [position, [ids]] = await Promise.all([
        completeTo(shop),
        ask<{ first: number; last: number }>(idsSql(shop), asked),
      ])
      const among = sampleOf({ first: Number(ids?.first ?? 0), last: Number(ids?.last ?? 0) })
      const asOf = { shop, position, now: clock.now(), among }
      const [tallies, people] = await Promise.all([
        ask<TallyRow>(talliesSql([definition], asOf), asked),
        ask<PopulationRow>(populationSql(shop, among), asked),
      ])
      const population = populationOf(people)
      return {
        ...estimateOf(talliesOf(tallies), population, usualSample.strides),
        of: population.newest + population.older + population.merged,
      }
    },

    /** Counts several definitions in one pass over history. */
    async count(shop: ShopId, definitions: readonly Definition[]) {
      const position = await completeTo(shop)
      const whole = await Promise.all(
        definitions.map((one) => needs.registers.expanded(db, shop, one)),
      )
      const { sql, params } = countSql(whole, { shop, position, now: clock.now() })
      const [row = {}] = await warehouse.query<Record<string, number>>(sql, params)
      return { position, counts: definitions.map((_, index) => Number(row[`d${index}`] ?? 0)) }
    },

    /** Event names, property paths and traits that really arrived. */
    async vocabulary(shop: ShopId) {
      return vocabulary(warehouse, shop, { position: await completeTo(shop) })
    },
  }
}
