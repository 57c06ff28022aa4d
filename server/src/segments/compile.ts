import { unreachable } from '../lib/assert.ts'
import { formatDecimal } from '../lib/decimal.ts'
import { decimalOf } from './comparison.ts'
import { eventsSql } from './compile-events.ts'
import type { Condition, Definition } from './definition.ts'
import type { EventCondition } from './event-condition.ts'
import { knownLeaf, type Leaf } from './leaves.ts'
import { type AsOf, type Query, survivorSql } from './query.ts'
import { type SqlParameters, sqlParameters } from './sql-parameters.ts'
import { mapTestSql, numberSql, timeSql } from './test-sql.ts'
import type { TraitTest } from './value-test.ts'

/**
 * A relation with one row a customer (those without events too) and a Bool column `d0`, `d1` ... a definition. Other
 * queries count or list over it; all definitions are answered by one pass over the events they name.
 */
export function peopleSql(
  definitions: readonly Definition[],
  asOf: AsOf,
  /** Expressions over the mirror that the relation carries as columns of these names. */
  carried: Readonly<Record<string, string>> = {},
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
    maps: new Set(Object.entries(carried).map(([name, sql]) => `${sql} as ${name}`)),
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
    sql: `select c.customer as customer, ${[...answers, ...Object.keys(carried).map((name) => `c.${name} as ${name}`)].join(', ')} from (${people}) as c${joined}`,
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
    case 'trait':
      return personTestSql('', condition, compiling)
    case 'fact':
      return personTestSql('fact_', condition, compiling)
    case 'member':
      compiling.maps.add('member')
      return condition.is === 'member' ? 'c.member' : '(not c.member)'
    case 'event':
      return leafTruthSql(condition, compiling)
    default:
      return unreachable(condition)
  }
}

/** A test of the mirror's maps of traits or, with the prefix `fact_`, of those of facts. */
function personTestSql(
  prefix: '' | 'fact_',
  { path, is }: { readonly path: string; readonly is: TraitTest },
  { parameters, asOf, maps }: Compiling,
): string {
  for (const map of ['texts', 'folded', 'numbers', 'flags', 'times', 'lists'])
    if (readsMap(is, map)) maps.add(`${prefix}${map}`)
  return mapTestSql({ from: `c.${prefix}`, path, now: asOf.now }, is, parameters)
}

function readsMap(is: TraitTest, map: string): boolean {
  switch (is.type) {
    case 'text':
      return map === ('fold' in is && is.fold ? 'folded' : 'texts')
    case 'number':
      return map === 'numbers'
    case 'boolean':
      return map === 'flags'
    case 'date':
      return map === 'times'
    case 'list':
      return map === 'lists'
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
