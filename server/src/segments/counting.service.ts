import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { countSql, peopleSql } from './compile.ts'
import type { Definition } from './definition.ts'
import { readCustomers } from './edit.store.ts'
import { turns } from './estimate-sql.ts'
import { askWarehouse, estimating } from './estimating.service.ts'
import type { Memberships } from './membership.service.ts'
import { type PreviewRow, previewSql, reachOf } from './preview.ts'
import type { Query } from './query.ts'
import { readDefinition } from './read-definition.ts'
import type { Registers } from './registers.service.ts'
import type { Segment } from './segment.ts'
import { vocabulary } from './vocabulary.store.ts'

/** Longest a count may take before it is stopped. */
const previewMaxMs = 10_000
const sampleSize = 5

type Needs = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly completeTo: (shop: ShopId) => Promise<number>
  readonly explainAll: Memberships['explainAll']
  readonly registers: Registers
  readonly get: (shop: ShopId, id: number) => Promise<Segment>
}

/** What is asked of history: every answer says up to which log position it is true. */
export function counting(needs: Needs) {
  const { db, warehouse, clock, completeTo } = needs
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
      const [row] = await askWarehouse<PreviewRow>(
        warehouse,
        previewSql(definition, asOf, sampleSize),
        {
          maxMs: previewMaxMs,
          settings: turns.exact,
          signal,
        },
      )
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

    ...estimating(needs),

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

    /** The members of a segment as history has them now: a relation of one column `customer`, for reports to ask of. */
    async among(shop: ShopId, id: number): Promise<Query> {
      const { definition } = await needs.get(shop, id)
      const whole = await needs.registers.expanded(db, shop, definition)
      const asOf = { shop, position: await completeTo(shop), now: clock.now() }
      const { sql, params } = peopleSql([whole], asOf)
      return { sql: `select customer from (${sql}) where d0`, params }
    },

    /** Event names, property paths and traits that really arrived. */
    async vocabulary(shop: ShopId) {
      return vocabulary(warehouse, shop, { position: await completeTo(shop) })
    },
  }
}
