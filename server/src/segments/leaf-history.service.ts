import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { type AliasRow, mergedInto } from './build.store.ts'
import { type Asked, type FactsRow, factsSql, factsState } from './leaf-history.ts'
import { combine, emptyLeaf, type LeafState } from './leaf-state.ts'

/** What reading history needs. */
export type HistoryNeeds = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
}
/** A leaf as it is remembered, and what it asks history for. */
export type AskedLeaf = Asked & { readonly id: number }
/** What history answered. */
export type Facts = {
  /** Whether these merges were known when history was asked. */
  readonly knows: (aliases: readonly AliasRow[]) => boolean
  readonly stateOf: (leaf: number, customer: number, now: number) => LeafState
}

/** Reads what history knows of these customers and of everybody merged into them. */
export async function readFacts(
  needs: HistoryNeeds,
  shop: ShopId,
  what: { readonly customers: readonly number[]; readonly asked: readonly AskedLeaf[] },
): Promise<Facts> {
  const { customers, asked } = what
  const now = needs.clock.now()
  const aliases = await mergedInto(needs.db, shop, customers)
  const rows = new Map<number, FactsRow[]>()
  if (asked.length > 0 && customers.length > 0) {
    const survivors = new Map(aliases.map(({ from, to }) => [from, to]))
    const { sql, params } = factsSql(asked, [...customers, ...survivors.keys()], { shop, now })
    for (const row of await needs.warehouse.query<FactsRow>(sql, params, { maxMs: 60_000 })) {
      const customer = survivors.get(Number(row.customer)) ?? Number(row.customer)
      rows.set(customer, [...(rows.get(customer) ?? []), row])
    }
  }
  const known = new Set(aliases.map(({ from, to }) => `${from} ${to}`))
  return {
    knows: (current) => current.every(({ from, to }) => known.has(`${from} ${to}`)),
    stateOf: (id, customer, at) => {
      const index = asked.findIndex((one) => one.id === id)
      const leaf = asked[index]?.leaf
      if (!leaf) return emptyLeaf
      return (rows.get(customer) ?? []).reduce<LeafState>(
        (state, row) => combine(leaf, [state, factsState(leaf, row, { index, now })], at),
        emptyLeaf,
      )
    },
  }
}
