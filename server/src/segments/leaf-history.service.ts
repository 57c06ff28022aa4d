import type { Customers } from '../customers/customers.service.ts'
import type { Merged } from '../customers/stored-person.ts'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { type AnyLeafState, combineAny } from './any-leaf-state.ts'
import { type FactsRow, factsSql, factsState } from './leaf-history.ts'
import { emptyLeaf } from './leaf-state.ts'
import { type AnyLeaf, isSequence, type Leaf } from './leaves.ts'
import type { Query } from './query.ts'
import { type SequenceRow, sequenceFactsSql, sequenceFactsState } from './sequence-history.ts'
import type { SequenceLeaf } from './sequence-leaf.ts'

/** What reading history needs. */
export type HistoryNeeds = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly customers: Pick<Customers, 'remembered'>
}
/** A leaf as it is remembered, and what it asks history for. */
export type AskedLeaf<Of extends AnyLeaf = AnyLeaf> = {
  readonly id: number
  readonly leaf: Of
  /** Log positions `(after, upTo]`. */
  readonly after: number
  readonly upTo: number
}
/** What history answered. */
export type Facts = {
  /** Whether these merges were known when history was asked. */
  readonly knows: (aliases: readonly Merged[]) => boolean
  readonly stateOf: (leaf: number, customer: number, now: number) => AnyLeafState
}

/** Reads what history knows of these customers and of everybody merged into them. */
export async function readFacts(
  needs: HistoryNeeds,
  shop: ShopId,
  what: { readonly customers: readonly number[]; readonly asked: readonly AskedLeaf[] },
): Promise<Facts> {
  const { customers, asked } = what
  const now = needs.clock.now()
  const aliases = await needs.customers.remembered.mergedInto(needs.db, shop, customers)
  const survivors = new Map(aliases.map(({ from, to }) => [from, to]))
  const ids = [...customers, ...survivors.keys()]
  const leaves = asked.filter((one): one is AskedLeaf<Leaf> => !isSequence(one.leaf))
  const sequences = asked.filter((one): one is AskedLeaf<SequenceLeaf> => isSequence(one.leaf))
  const read = async <Row extends { readonly customer: number }>(
    { sql, params }: Query,
    many: number,
  ) => {
    const rows = new Map<number, Row[]>()
    if (many === 0 || customers.length === 0) return rows
    for (const row of await needs.warehouse.query<Row>(sql, params, { maxMs: 60_000 })) {
      const customer = survivors.get(Number(row.customer)) ?? Number(row.customer)
      rows.set(customer, [...(rows.get(customer) ?? []), row])
    }
    return rows
  }
  const leafRows = await read<FactsRow>(factsSql(leaves, ids, { shop, now }), leaves.length)
  const sequenceRows = await read<SequenceRow>(
    sequenceFactsSql(sequences, ids, { shop, now }),
    sequences.length,
  )
  const known = new Set(aliases.map(({ from, to }) => `${from} ${to}`))
  return {
    knows: (current) => current.every(({ from, to }) => known.has(`${from} ${to}`)),
    stateOf: (id, customer, at) => {
      const joined = (leaf: AnyLeaf, states: readonly AnyLeafState[]) =>
        states.reduce((state, one) => combineAny(leaf, [state, one], at), emptyLeaf)
      for (const [index, { leaf }] of leaves.entries())
        if (leaves[index]?.id === id)
          return joined(
            leaf,
            (leafRows.get(customer) ?? []).map((row) => factsState(leaf, row, { index, now })),
          )
      for (const [index, { leaf }] of sequences.entries())
        if (sequences[index]?.id === id)
          return joined(
            leaf,
            (sequenceRows.get(customer) ?? []).map((row) =>
              sequenceFactsState(leaf, row, { index, now }),
            ),
          )
      return emptyLeaf
    },
  }
}
