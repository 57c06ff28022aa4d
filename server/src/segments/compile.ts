import { unreachable } from '../lib/assert.ts'
import { canonicalJson } from '../lib/json.ts'
import { survivorSql } from '../warehouse/survivor.ts'
import { type EventAsk, eventPasses, eventsSql, trueForNobody } from './compile-events.ts'
import type { Condition, Definition } from './definition.ts'
import type { EventCondition } from './event-condition.ts'
import { knownLeaf, sequenceLeaf } from './leaves.ts'
import { hundredths, notExpanded, type RandomCondition, shareParts } from './person-condition.ts'
import type { AsOf, Query } from './query.ts'
import { seenWholeSql } from './sampling.ts'
import { type SequenceColumn, sequencesSql } from './sequence-sql.ts'
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
  const compiling: Compiling = {
    parameters: sqlParameters(),
    asOf,
    mirror: new Map(),
    events: new Map(),
    sequences: new Map(),
  }
  const columns = definitions.map((_, index) => `d${index}`)
  const answers = definitions.map(
    ({ where }, index) => `${conditionSql(where, compiling)} as ${columns[index]}`,
  )
  const people = mirrorSql(carried, compiling)
  return {
    columns,
    sql: `select c.customer as customer, ${[...answers, ...Object.keys(carried).map((name) => `c.${name} as ${name}`)].join(', ')} from (${people}) as c${joinsSql(compiling)}`,
    params: { ...compiling.parameters.values(), shop: asOf.shop, position: asOf.position },
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
function joinsSql(compiling: Compiling): string {
  const join = (relation: string, name: string) =>
    ` any left join (${relation}) as ${name} on ${name}.person = c.customer`
  return [
    ...eventPasses([...compiling.events.values()]).map((pass, index) =>
      join(eventsSql(pass, compiling), `e${index}`),
    ),
    ...[false, true].flatMap((keyed) => {
      const those = [...compiling.sequences.values()].filter(
        ({ leaf }) => leaf.sameProduct === keyed,
      )
      return those.length > 0
        ? [join(sequencesSql(those, keyed, compiling), keyed ? 'p' : 's')]
        : []
    }),
  ].join('')
}

type Compiling = {
  readonly parameters: SqlParameters
  readonly asOf: AsOf
  /** Columns over the mirror by the SQL that makes them: judged while it is read, so that a join carries bits and no maps. */
  readonly mirror: Map<string, string>
  /** What is asked of events, by leaf and comparison; of sequences, by leaf. */
  readonly events: Map<string, EventAsk>
  readonly sequences: Map<string, SequenceColumn>
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
      return condition.is === 'member'
        ? mirrorColumn('member', compiling)
        : `(not ${mirrorColumn('member', compiling)})`
    case 'event':
      return eventTruthSql(condition, compiling)
    case 'sequence': {
      const leaf = sequenceLeaf(condition)
      const column = `s${compiling.sequences.size}`
      const known = compiling.sequences.get(leaf.key) ?? { leaf, column }
      compiling.sequences.set(leaf.key, known)
      return `(${leaf.sameProduct ? 'p' : 's'}.${known.column} > 0)`
    }
    default:
      return unreachable(condition)
  }
}

/** A test of the mirror's maps of traits or, with the prefix `fact_`, of those of facts. */
function personTestSql(
  prefix: '' | 'fact_',
  { path, is }: { readonly path: string; readonly is: TraitTest },
  compiling: Compiling,
): string {
  const { parameters, asOf } = compiling
  return mirrorColumn(mapTestSql({ from: prefix, path, now: asOf.now }, is, parameters), compiling)
}

function mirrorColumn(sql: string, { mirror }: Compiling): string {
  const name = mirror.get(sql) ?? `t${mirror.size}`
  mirror.set(sql, name)
  return `c.${name}`
}

/** The same number as shareOf makes: 32 bits of SHA-256, the first byte the highest. */
function randomSql({ seed, from, to }: RandomCondition, parameters: SqlParameters): string {
  const whole = (percent: number) => parameters.integer(hundredths(percent))
  const hash = `SHA256(concat(${parameters.text(seed)}, ':', toString(c.customer)))`
  const bits = `toUInt64(reinterpretAsUInt32(reverse(substring(${hash}, 1, 4))))`
  const share = `intDiv(${bits} * ${shareParts}, 4294967296)`
  return `(${share} >= ${whole(from)} and ${share} < ${whole(to)})`
}

/** A flag tells who differs from somebody without happenings, so that a join brings only those. */
function eventTruthSql(condition: EventCondition, { events, asOf }: Compiling): string {
  const leaf = knownLeaf(condition)
  const { measure } = condition
  const key = `${leaf.key} ${canonicalJson(measure)}`
  const known = events.get(key) ?? { leaf, measure, flag: `f${events.size}` }
  events.set(key, known)
  return trueForNobody(known, asOf.now) ? `(not ${known.flag})` : known.flag
}

/** Of the mirror, whoever is neither erased nor merged away nor one of the shop's own people: nobody else is in a segment. */
export const livingSql = `shop = {shop:UInt32} and not erased and not internal and ${survivorSql('customer')} = customer`

/**
 * The newest row of each living customer. ClickHouse keeps only that one for sure, so traits are as of the newest row
 * even when the position lies a moment before it.
 */
function mirrorSql(carried: Readonly<Record<string, string>>, compiling: Compiling): string {
  const { mirror, asOf, parameters } = compiling
  const judged = [...mirror].map(([sql, name]) => [name, sql])
  const columns = [...judged, ...Object.entries(carried)].map(([name, sql]) => `${sql} as ${name}`)
  const among = asOf.among ? ` and ${seenWholeSql(asOf.among, parameters)}` : ''
  return `select ${['customer', ...columns].join(', ')} from customers final
    where ${livingSql}${among}`
}
