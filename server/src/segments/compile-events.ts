import { aggregates } from './aggregates.ts'
import { betweenSql, type Counted } from './leaf-rules.ts'
import { type Bounds, insideAt } from './leaf-window.ts'
import type { Leaf } from './leaves.ts'
import { type AsOf, survivorSql } from './query.ts'
import type { SqlParameters } from './sql-parameters.ts'
import { filterSql } from './test-sql.ts'

/** A leaf and the column that answers it. */
export type EventColumn = { readonly leaf: Leaf; readonly column: string }

/** Most passes over events that look at one name alone; each reads times and names anew. */
const narrowPassesLimit = 3

/**
 * Leaves that are answered by one pass over events each. Filters read properties, which is dear: happenings of a name that
 * are filtered are looked at apart, so that no row of another name or a wider window pays for them.
 */
export function eventPasses(columns: readonly EventColumn[]): readonly (readonly EventColumn[])[] {
  const narrow = new Map<string, EventColumn[]>()
  const wide: EventColumn[] = []
  for (const one of columns) {
    const { event, where } = one.leaf
    const pass = narrow.get(event)
    if (where && pass) pass.push(one)
    else if (where && narrow.size < narrowPassesLimit) narrow.set(event, [one])
    else wide.push(one)
  }
  return [...narrow.values(), wide].filter((pass) => pass.length > 0)
}

/** One row a person who did something the leaves name: a column for each leaf. */
export function eventsSql(
  leaves: readonly EventColumn[],
  { parameters, asOf }: Pick<Counting, 'parameters' | 'asOf'>,
): string {
  const names = [...new Set(leaves.map(({ leaf }) => leaf.event))]
  const filters = leaves.map(({ leaf }) => leaf.where && filterSql(leaf.where, parameters))
  const [filter] = new Set(filters).size === 1 ? filters : []
  const reach = reachSql(leaves, { parameters, asOf, names })
  const counting = { parameters, asOf, names, filter }
  const aggregates = leaves.map(
    ({ leaf, column }) => `${aggregateSql(leaf, counting)} as ${column}`,
  )
  return `select ${survivorSql('customer')} as person, ${aggregates.join(', ')} from events
    where shop = {shop:UInt32} and name in ${parameters.texts(names)}${reach}
      and position <= {position:UInt64} and at <= ${parameters.time(asOf.now)}${filter === undefined ? '' : ` and ${filter}`}
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
      after: Math.min(...bounds.map(({ after }) => after)),
      upTo: Math.max(...bounds.map(({ upTo }) => upTo)),
    }
  })
  if (reaches.every(({ after, upTo }) => after === -Infinity && upTo === Infinity)) return ''
  const parts = reaches.map(({ name, ...bounds }) =>
    [`name = ${parameters.text(name)}`, ...betweenSql(bounds, parameters)].join(' and '),
  )
  return ` and (${parts.map((part) => `(${part})`).join(' or ')})`
}

type Counting = {
  readonly parameters: SqlParameters
  readonly asOf: AsOf
  /** The names that the query reads; with one alone, none need be told apart. */
  readonly names: readonly string[]
  /** The filter that the query asks of every row. */
  readonly filter?: string | undefined
}

/** Which rows of `events` a leaf counts, whenever they were; empty when all that the query reads. */
export function leafConditions(
  { event, where, aggregate }: Leaf,
  { parameters, names, filter }: Omit<Counting, 'asOf'>,
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
  const within = betweenSql(windowBounds(leaf, asOf.now), parameters)
  const over = overSql([...leafConditions(leaf, counting), ...within])
  return aggregates[leaf.aggregate.kind].columnSql(leaf, { parameters, over })
}

/** What the window holds at `now`, without what every query says: nothing after now. */
function windowBounds({ window }: Leaf, now: number): Bounds {
  const { after, upTo } = insideAt(window, now)
  return { after, upTo: upTo === now ? Infinity : upTo }
}
