import { sequenceReadLimit } from './limits.ts'
import type { AsOf, Query } from './query.ts'
import type { SequenceLeaf } from './sequence-leaf.ts'
import { inOrder } from './sequence-runs.ts'
import { productsSql, rolesSql } from './sequence-sql.ts'
import { type SequenceState, settleSequence } from './sequence-state.ts'
import { sqlParameters } from './sql-parameters.ts'

/** A sequence and the log positions `(after, upTo]` whose happenings it asks history for. */
export type AskedSequence = {
  readonly leaf: SequenceLeaf
  readonly after: number
  readonly upTo: number
}

/** One customer's row of `sequenceFactsSql`: for sequence number n its happenings, newest first. */
export type SequenceRow = Readonly<Record<string, unknown>> & { readonly customer: number }

/** What history knows of some customers for sequences: one row a customer id as written at the time, merged ids apart. */
export function sequenceFactsSql(
  asked: readonly AskedSequence[],
  customers: readonly number[],
  { shop, now }: Omit<AsOf, 'position'>,
): Query {
  const parameters = sqlParameters()
  const names = [...new Set(asked.flatMap(({ leaf }) => leaf.events))]
  const columns = asked.map(({ leaf, after, upTo }, index) => {
    const roles = rolesSql(leaf, parameters, now)
    const products = leaf.sameProduct ? productsSql : `['']`
    const when = `${roles} > 0 and position > ${parameters.integer(after)} and position <= ${parameters.integer(upTo)}`
    return `groupArraySortedIf(${sequenceReadLimit})((-toUnixTimestamp64Milli(at), -toInt64(position), ${roles}, ${products}), ${when}) as t${index}`
  })
  return {
    sql: `select customer, ${columns.join(', ')} from events
      where shop = {shop:UInt32} and customer in {customers:Array(UInt64)} and name in ${parameters.texts(names)}
      group by customer`,
    params: { ...parameters.values(), shop, customers },
  }
}

type Row = readonly [number | string, number | string, number, readonly string[]]

/** The state of sequence number `index` in a row of `sequenceFactsSql`. */
export function sequenceFactsState(
  leaf: SequenceLeaf,
  row: SequenceRow,
  { index, now }: { readonly index: number; readonly now: number },
): SequenceState {
  const items = (row[`t${index}`] as readonly Row[])
    .flatMap(([at, position, roles, products]) =>
      products.map((product) => ({
        at: -Number(at),
        position: -Number(position),
        product,
        roles: Number(roles),
      })),
    )
    .sort(inOrder)
  return settleSequence(leaf, { items, large: false }, now)
}
