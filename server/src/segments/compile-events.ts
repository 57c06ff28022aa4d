import { survivorSql } from '../warehouse/survivor.ts'
import { aggregates, judgeMeasure, measureSql } from './aggregates.ts'
import type { Measure } from './event-condition.ts'
import { betweenSql, type Counted } from './leaf-rules.ts'
import { emptyLeaf } from './leaf-state.ts'
import { type Bounds, insideAt } from './leaf-window.ts'
import type { Leaf } from './leaves.ts'
import type { AsOf } from './query.ts'
import { amongSql } from './sampling.ts'
import type { SqlParameters } from './sql-parameters.ts'
import { filterSql } from './test-sql.ts'

/** A leaf, what its measure is compared with, and the flag that tells who differs from somebody without happenings. */
export type EventAsk = { readonly leaf: Leaf; readonly measure: Measure; readonly flag: string }

/** Whether the comparison is true for somebody without happenings, as "no order" is. */
export function trueForNobody({ leaf, measure }: EventAsk, now: number): boolean {
  return judgeMeasure({ leaf, state: emptyLeaf, now }, measure).value
}

/** Most passes over events that look at one name alone; each reads times and names anew. */
const narrowPassesLimit = 3

/**
 * Leaves that are answered by one pass over events each. Filters read properties, which is dear: happenings of a name that
 * are filtered are looked at apart, so that no row of another name or a wider window pays for them.
 */
export function eventPasses(asks: readonly EventAsk[]): readonly (readonly EventAsk[])[] {
  const narrow = new Map<string, EventAsk[]>()
  const wide: EventAsk[] = []
  for (const one of asks) {
    const { event, where } = one.leaf
    const pass = narrow.get(event)
    if (where && pass) pass.push(one)
    else if (where && narrow.size < narrowPassesLimit) narrow.set(event, [one])
    else wide.push(one)
  }
  return [...narrow.values(), wide].filter((pass) => pass.length > 0)
}

/** One row a person for whom some comparison differs from somebody without happenings: a flag for each. */
export function eventsSql(
  asks: readonly EventAsk[],
  { parameters, asOf }: Pick<Counting, 'parameters' | 'asOf'>,
): string {
  const leaves = [...new Map(asks.map(({ leaf }) => [leaf.key, leaf])).values()]
  const names = [...new Set(leaves.map(({ event }) => event))]
  const filters = leaves.map(({ where }) => where && filterSql(where, parameters))
  const [filter] = new Set(filters).size === 1 ? filters : []
  const reaches = reachesOf(leaves, asOf.now)
  const reach = reachSql(reaches, parameters)
  const counting = { parameters, asOf, names, filter, reaches }
  const columnOf = (leaf: Leaf) => `l${leaves.findIndex(({ key }) => key === leaf.key)}`
  const columns = leaves.map((leaf) => `${aggregateSql(leaf, counting)} as ${columnOf(leaf)}`)
  const flags = asks.map((ask) => {
    const truth = measureSql(columnOf(ask.leaf), ask.measure, { parameters, now: asOf.now })
    return `${trueForNobody(ask, asOf.now) ? `(not ${truth})` : truth} as ${ask.flag}`
  })
  return `select person, ${flags.join(', ')} from (
    select ${survivorSql('customer')} as person, ${columns.join(', ')} from events
    where shop = {shop:UInt32}${amongSql(asOf.among, parameters)} and name in ${parameters.texts(names)}${reach}
      and position <= {position:UInt64} and at <= ${parameters.time(asOf.now)}${filter === undefined ? '' : ` and ${filter}`}
    group by person)
    where ${asks.map(({ flag }) => flag).join(' or ')}`
}

/**
 * The stretch of time outside of which no leaf of a name asks: what lies there is left out before it is grouped. Of all page
 * views only last week's are read when nobody asks for older ones.
 */
function reachesOf(leaves: readonly Leaf[], now: number): ReadonlyMap<string, Bounds> {
  const reaches = new Map<string, Bounds>()
  for (const leaf of leaves) {
    const { after, upTo } = windowBounds(leaf, now)
    const known = reaches.get(leaf.event) ?? { after, upTo }
    reaches.set(leaf.event, {
      after: Math.min(known.after, after),
      upTo: Math.max(known.upTo, upTo),
    })
  }
  return reaches
}

/** Empty when some leaf of every name looks at all time. */
function reachSql(reaches: ReadonlyMap<string, Bounds>, parameters: SqlParameters): string {
  const parts = [...reaches].map(([name, bounds]) => ({
    name,
    all: betweenSql(bounds, parameters),
  }))
  if (parts.every(({ all }) => all.length === 0)) return ''
  if (parts.length === 1)
    return parts.flatMap(({ all }) => all.map((one) => ` and ${one}`)).join('')
  const each = parts.map(
    ({ name, all }) => `(${[`name = ${parameters.text(name)}`, ...all].join(' and ')})`,
  )
  return ` and (${each.join(' or ')})`
}

type Counting = {
  readonly parameters: SqlParameters
  readonly asOf: AsOf
  /** The names that the query reads; with one alone, none need be told apart. */
  readonly names: readonly string[]
  /** The filter that the query asks of every row. */
  readonly filter?: string | undefined
  /** The times that the query reads of each name; a leaf that asks for all of them need not say so. */
  readonly reaches: ReadonlyMap<string, Bounds>
}

/** Which rows of `events` a leaf counts, whenever they were; empty when all that the query reads. */
export function leafConditions(
  { event, where, aggregate }: Leaf,
  { parameters, names, filter }: Omit<Counting, 'asOf' | 'reaches'>,
): readonly string[] {
  const conditions = names.length > 1 ? [`name = ${parameters.text(event)}`] : []
  const filtered = where && filterSql(where, parameters)
  if (filtered !== undefined && filtered !== filter) conditions.push(filtered)
  if ('currency' in aggregate && aggregate.currency !== undefined)
    conditions.push(`currency in ('', ${parameters.text(aggregate.currency)})`)
  return conditions
}

/** How aggregate functions are written over the rows that meet all conditions. */
export function overSql(conditions: readonly string[]): Counted['over'] {
  return (aggregate, args, and) => {
    const all = (and === undefined ? conditions : [...conditions, and]).join(' and ')
    if (all === '') return `${aggregate}(${args})`
    // A parameter of the function stands before its arguments: groupArraySortedIf(3)(...).
    const [, name = aggregate, parameter = ''] = /^(\w+)(\(\d+\))?$/.exec(aggregate) ?? []
    return `${name}If${parameter}(${args === '' ? '' : `${args}, `}${all})`
  }
}

function aggregateSql(leaf: Leaf, counting: Counting): string {
  const { parameters, asOf } = counting
  const { after, upTo } = windowBounds(leaf, asOf.now)
  const reach = counting.reaches.get(leaf.event)
  const narrower = {
    after: after === reach?.after ? -Infinity : after,
    upTo: upTo === reach?.upTo ? Infinity : upTo,
  }
  const within = betweenSql(narrower, parameters)
  const over = overSql([...leafConditions(leaf, counting), ...within])
  return aggregates[leaf.aggregate.kind].columnSql(leaf, { parameters, over })
}

/** What the window holds at `now`, without what every query says: nothing after now. */
function windowBounds({ window }: Leaf, now: number): Bounds {
  const { after, upTo } = insideAt(window, now)
  return { after, upTo: upTo === now ? Infinity : upTo }
}
