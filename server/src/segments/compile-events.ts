import { unreachable } from '../lib/assert.ts'
import type { Leaf } from './leaves.ts'
import { type AsOf, survivorSql } from './query.ts'
import type { SqlParameters } from './sql-parameters.ts'
import { addendSql, filterSql } from './test-sql.ts'

/** One row a person who did something the leaves name: a column for each leaf. */
export function eventsSql(
  leaves: readonly { readonly leaf: Leaf; readonly column: string }[],
  { parameters, asOf }: Omit<Counting, 'names'>,
): string {
  const names = [...new Set(leaves.map(({ leaf }) => leaf.event))]
  const aggregates = leaves.map(
    ({ leaf, column }) => `${aggregateSql(leaf, { parameters, asOf, names })} as ${column}`,
  )
  return `select ${survivorSql('customer')} as person, ${aggregates.join(', ')} from events
    where shop = {shop:UInt32} and name in ${parameters.texts(names)}${reachSql(leaves, { parameters, asOf, names })}
      and position <= {position:UInt64} and at <= ${parameters.time(asOf.now)}
    group by person`
}

/**
 * Leaves out, before they are grouped, the happenings that lie outside of every window asked of their name: of all page
 * views only last week's are read when nobody asks for older ones. Empty when some leaf of every name looks at all time.
 */
function reachSql(leaves: readonly { readonly leaf: Leaf }[], counting: Counting): string {
  const { parameters, asOf, names } = counting
  const reaches = names.map((name) => {
    const bounds = leaves
      .filter(({ leaf }) => leaf.event === name)
      .map(({ leaf }) => windowBounds(leaf, asOf.now))
    return {
      name,
      from: Math.min(...bounds.map(({ from }) => from ?? -Infinity)),
      until: Math.max(...bounds.map(({ until }) => until ?? Infinity)),
    }
  })
  if (reaches.every(({ from, until }) => from === -Infinity && until === Infinity)) return ''
  const parts = reaches.map(({ name, from, until }) =>
    [
      `name = ${parameters.text(name)}`,
      ...(from === -Infinity ? [] : [`at >= ${parameters.time(from)}`]),
      ...(until === Infinity ? [] : [`at < ${parameters.time(until)}`]),
    ].join(' and '),
  )
  return ` and (${parts.map((part) => `(${part})`).join(' or ')})`
}

type Counting = {
  readonly parameters: SqlParameters
  readonly asOf: AsOf
  /** The names that the query reads; with one alone, none need be told apart. */
  readonly names: readonly string[]
}

/** Which rows of `events` a leaf counts; empty when all that the query reads. */
export function leafConditions(
  leaf: Leaf,
  { parameters, asOf, names }: Counting,
): readonly string[] {
  const conditions = names.length > 1 ? [`name = ${parameters.text(leaf.event)}`] : []
  const { from, until } = windowBounds(leaf, asOf.now)
  if (from !== undefined) conditions.push(`at >= ${parameters.time(from)}`)
  if (until !== undefined) conditions.push(`at < ${parameters.time(until)}`)
  if (leaf.where) conditions.push(filterSql(leaf.where, parameters))
  const { aggregate } = leaf
  if (aggregate.kind === 'sum' && aggregate.currency !== undefined)
    conditions.push(`currency in ('', ${parameters.text(aggregate.currency)})`)
  return conditions
}

function aggregateSql(leaf: Leaf, counting: Counting): string {
  const { parameters } = counting
  const { aggregate } = leaf
  const all = leafConditions(leaf, counting).join(' and ')
  const when = (name: string, value: string) =>
    all === '' ? `${name}(${value})` : `${name}If(${value ? `${value}, ` : ''}${all})`
  switch (aggregate.kind) {
    case 'count':
      return when('count', '')
    case 'sum':
      return when('sum', addendSql(aggregate.path, parameters))
    case 'first':
      return when('minOrNull', 'at')
    case 'last':
      return when('maxOrNull', 'at')
    default:
      return unreachable(aggregate)
  }
}

/** `[from, until)` in whole milliseconds: the rolling window `(now - W, now]` begins one after its bound. */
function windowBounds(
  { window }: Leaf,
  now: number,
): { readonly from: number | undefined; readonly until: number | undefined } {
  switch (window.kind) {
    case 'ever':
      return { from: undefined, until: undefined }
    case 'rolling':
      return { from: now - window.ms + 1, until: undefined }
    case 'between':
      return { from: window.from, until: window.to }
    default:
      return unreachable(window)
  }
}
