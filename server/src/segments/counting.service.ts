import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { countSql, previewSql } from './compile.ts'
import type { Definition } from './definition.ts'
import { readCustomers } from './edit.store.ts'
import { readDefinition } from './read-definition.ts'
import { vocabulary } from './vocabulary.store.ts'

/** Longest a count may take before it is stopped. */
const previewMaxMs = 10_000
const sampleSize = 5

type Needs = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly completeTo: (shop: ShopId) => Promise<number>
}

/** What is asked of history: every answer says up to which log position it is true. */
export function counting(needs: Needs) {
  const { db, warehouse, clock, completeTo } = needs
  return {
    /** How many customers a definition holds, and five of them. */
    async preview(shop: ShopId, input: unknown, signal?: AbortSignal) {
      const definition = readDefinition(input)
      const position = await completeTo(shop)
      const asOf = { shop, position, now: clock.now() }
      const { sql, params } = previewSql(definition, asOf, sampleSize)
      const [row] = await warehouse.query<{ members: number; sample: number[] }>(sql, params, {
        maxMs: previewMaxMs,
        ...(signal ? { signal } : {}),
      })
      const sample = await readCustomers(db, shop, (row?.sample ?? []).map(Number))
      return { definition, position, count: Number(row?.members ?? 0), sample }
    },

    /** Counts several definitions in one pass over history. */
    async count(shop: ShopId, definitions: readonly Definition[]) {
      const position = await completeTo(shop)
      const { sql, params } = countSql(definitions, { shop, position, now: clock.now() })
      const [row = {}] = await warehouse.query<Record<string, number>>(sql, params)
      return { position, counts: definitions.map((_, index) => Number(row[`d${index}`] ?? 0)) }
    },

    /** Event names, property paths and traits that really arrived. */
    async vocabulary(shop: ShopId) {
      return vocabulary(warehouse, shop, { position: await completeTo(shop) })
    },
  }
}
