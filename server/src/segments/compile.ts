import { unreachable } from '../lib/assert.ts'
import { formatDecimal } from '../lib/decimal.ts'
import { decimalOf } from './comparison.ts'
import type { Condition, Definition, EventCondition } from './definition.ts'
import { knownLeaf, type Leaf } from './leaves.ts'
import { type SqlParameters, sqlParameters } from './sql-parameters.ts'
import { addendSql, filterSql, mapTestSql, numberSql, timeSql } from './test-sql.ts'

/** For whom and as of when a definition is asked: history up to a log position, seen at a time. */
export type AsOf = {
  readonly shop: number
  /** Happenings after this log position do not count. */
  readonly position: number
  /** UTC ms; happenings after it do not count. */
  readonly now: number
}

/** ClickHouse SQL and its parameters. */
export type Query = { readonly sql: string; readonly params: Readonly<Record<string, unknown>> }

/**
 * A relation with one row a customer (those without events too) and a Bool column `d0`, `d1` ... a definition. Other
 * queries count or list over it; all definitions are answered by one pass over the events they name.
 */
export function peopleSql(
  definitions: readonly Definition[],
  asOf: AsOf,
): Query & { readonly columns: readonly string[] } {
  const parameters = sqlParameters()
  const leaves = new Map<string, { readonly leaf: Leaf; readonly column: string }>()
  const compiling: Compiling = {
    parameters,
    asOf,
    columnOf: (condition) => {
      const leaf = knownLeaf(condition)
      const known = leaves.get(leaf.key)
      if (known) return known.column
      const column = `l${leaves.size}`
      leaves.set(leaf.key, { leaf, column })
      return column
    },
    maps: new Set(),
  }
  const columns = definitions.map((_, index) => `d${index}`)
  const answers = definitions.map(
    ({ where }, index) => `${conditionSql(where, compiling)} as ${columns[index]}`,
  )
  const people = mirrorSql(compiling)
  const events = [...leaves.values()]
  const joined =
    events.length === 0
      ? ''
      : ` any left join (${eventsSql(events, compiling)}) as e on e.person = c.customer`
  return {
    columns,
    sql: `select c.customer as customer, ${answers.join(', ')} from (${people}) as c${joined}`,
    params: { ...parameters.values(), shop: asOf.shop, position: asOf.position },
  }
}

/** How many customers each definition holds: one row with the columns `d0`, `d1` ... */
export function countSql(definitions: readonly Definition[], asOf: AsOf): Query {
  const { sql, params, columns } = peopleSql(definitions, asOf)
  return {
    sql: `select ${columns.map((name) => `countIf(${name}) as ${name}`).join(', ')} from (${sql})`,
    params,
  }
}

/** Counts one definition's members and samples up to `sample` of them: one row `members`, `sample`. */
export function previewSql(definition: Definition, asOf: AsOf, sample: number): Query {
  const { sql, params } = peopleSql([definition], asOf)
  // groupArray takes its bound as a literal only; a whole number cannot carry anything else.
  const most = Math.max(1, Math.trunc(sample))
  return {
    sql: `select count() as members, groupArray(${most})(customer) as sample from (${sql}) where d0`,
    params,
  }
}

/** Who a customer id is today: merges are followed by the dictionary that the history writer refreshes. */
export function survivorSql(column: string): string {
  return `dictGetOrDefault('alias_of', 'survivor', (shop, ${column}), ${column})`
}

type Compiling = {
  readonly parameters: SqlParameters
  readonly asOf: AsOf
  readonly columnOf: (condition: EventCondition) => string
  /** Columns of the mirror that some trait condition reads. */
  readonly maps: Set<string>
}

function conditionSql(condition: Condition, compiling: Compiling): string {
  switch (condition.kind) {
    case 'all':
      return `(${condition.of.map((one) => conditionSql(one, compiling)).join(' and ')})`
    case 'any':
      return `(${condition.of.map((one) => conditionSql(one, compiling)).join(' or ')})`
    case 'not':
      return `(not ${conditionSql(condition.of, compiling)})`
    case 'trait': {
      const { parameters, asOf, maps } = compiling
      for (const map of ['texts', 'folded', 'numbers', 'flags', 'times'])
        if (readsMap(condition.is, map)) maps.add(map)
      return mapTestSql(
        { from: 'c.', path: condition.path, now: asOf.now },
        condition.is,
        parameters,
      )
    }
    case 'member':
      compiling.maps.add('member')
      return condition.is === 'member' ? 'c.member' : '(not c.member)'
    case 'event':
      return leafTruthSql(condition, compiling)
    default:
      return unreachable(condition)
  }
}

function readsMap(is: Extract<Condition, { kind: 'trait' }>['is'], map: string): boolean {
  switch (is.type) {
    case 'text':
      return map === ('fold' in is && is.fold ? 'folded' : 'texts')
    case 'number':
      return map === 'numbers'
    case 'boolean':
      return map === 'flags'
    case 'date':
      return map === 'times'
    case 'any':
      return map === 'texts' || map === 'numbers' || map === 'flags'
    default:
      return unreachable(is)
  }
}

function leafTruthSql(condition: EventCondition, compiling: Compiling): string {
  const { parameters, asOf } = compiling
  const column = `e.${compiling.columnOf(condition)}`
  const { measure } = condition
  switch (measure.of) {
    case 'count':
      return numberSql(column, measure.is, parameters.integer)
    case 'sum':
      return numberSql(column, measure.is, (value) =>
        parameters.decimal(formatDecimal(decimalOf(value))),
      )
    case 'first':
    case 'last':
      return `ifNull(${timeSql(column, measure.is, { parameters, now: asOf.now })}, false)`
    default:
      return unreachable(measure)
  }
}

/**
 * The newest row of each living customer. ClickHouse keeps only that one for sure, so traits are as of the newest row
 * even when the position lies a moment before it.
 */
function mirrorSql({ maps }: Compiling): string {
  return `select ${['customer', ...maps].join(', ')} from customers final
    where shop = {shop:UInt32} and not erased and ${survivorSql('customer')} = customer`
}

function eventsSql(
  leaves: readonly { readonly leaf: Leaf; readonly column: string }[],
  { parameters, asOf }: Compiling,
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
