import { unreachable } from '../lib/assert.ts'
import { measureSql } from './aggregates.ts'
import { eventPasses, eventsSql } from './compile-events.ts'
import type { Condition, Definition } from './definition.ts'
import type { EventCondition } from './event-condition.ts'
import { type AnyLeaf, isSequence, knownLeaf, sequenceLeaf } from './leaves.ts'
import { hundredths, notExpanded, type RandomCondition, shareParts } from './person-condition.ts'
import { type AsOf, type Query, survivorSql } from './query.ts'
import { sequencesSql } from './sequence-sql.ts'
import { type SqlParameters, sqlParameters } from './sql-parameters.ts'
import { mapTestSql } from './test-sql.ts'
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
  const leaves = new Map<string, { readonly leaf: AnyLeaf; readonly column: string }>()
  const compiling: Compiling = {
    parameters,
    asOf,
    columnOf: (leaf) => {
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
  return {
    columns,
    sql: `select c.customer as customer, ${[...answers, ...Object.keys(carried).map((name) => `c.${name} as ${name}`)].join(', ')} from (${people}) as c${joinsSql([...leaves.values()], compiling)}`,
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

/** What people did beside the people: a relation for event conditions, one for sequences, one for those of a product. */
function joinsSql(
  leaves: readonly { readonly leaf: AnyLeaf; readonly column: string }[],
  asking: Compiling,
): string {
  const events = leaves.flatMap(({ leaf, column }) => (isSequence(leaf) ? [] : { leaf, column }))
  const sequences = (keyed: boolean) =>
    leaves.flatMap(({ leaf, column }) =>
      isSequence(leaf) && leaf.sameProduct === keyed ? { leaf, column } : [],
    )
  const join = (relation: string, name: string) =>
    ` any left join (${relation}) as ${name} on ${name}.person = c.customer`
  return [
    ...eventPasses(events).map((pass, index) => join(eventsSql(pass, asking), `e${index}`)),
    ...[false, true].flatMap((keyed) => {
      const those = sequences(keyed)
      return those.length > 0 ? [join(sequencesSql(those, keyed, asking), keyed ? 'p' : 's')] : []
    }),
  ].join('')
}

type Compiling = {
  readonly parameters: SqlParameters
  readonly asOf: AsOf
  readonly columnOf: (leaf: AnyLeaf) => string
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
    case 'random':
      return randomSql(condition, compiling.parameters)
    case 'segment':
      return notExpanded(condition)
    case 'member':
      compiling.maps.add('member')
      return condition.is === 'member' ? 'c.member' : '(not c.member)'
    case 'event':
      return leafTruthSql(condition, compiling)
    case 'sequence': {
      const leaf = sequenceLeaf(condition)
      return `(${leaf.sameProduct ? 'p' : 's'}.${compiling.columnOf(leaf)} > 0)`
    }
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

/** The same number as shareOf makes: 32 bits of SHA-256, the first byte the highest. */
function randomSql({ seed, from, to }: RandomCondition, parameters: SqlParameters): string {
  const whole = (percent: number) => parameters.integer(hundredths(percent))
  const hash = `SHA256(concat(${parameters.text(seed)}, ':', toString(c.customer)))`
  const bits = `toUInt64(reinterpretAsUInt32(reverse(substring(${hash}, 1, 4))))`
  const share = `intDiv(${bits} * ${shareParts}, 4294967296)`
  return `(${share} >= ${whole(from)} and ${share} < ${whole(to)})`
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
  const column = compiling.columnOf(knownLeaf(condition))
  return measureSql(column, condition.measure, { parameters, now: asOf.now })
}

/**
 * The newest row of each living customer. ClickHouse keeps only that one for sure, so traits are as of the newest row
 * even when the position lies a moment before it.
 */
function mirrorSql({ maps }: Compiling): string {
  return `select ${['customer', ...maps].join(', ')} from customers final
    where shop = {shop:UInt32} and not erased and ${survivorSql('customer')} = customer`
}
