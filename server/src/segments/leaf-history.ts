import { aggregates } from './aggregates.ts'
import { leafConditions, overSql } from './compile-events.ts'
import { settle } from './fold.ts'
import { type Asking, betweenSql } from './leaf-rules.ts'
import type { LeafState } from './leaf-state.ts'
import { alikeAt, everInside, insideAt, moves, settledUpTo } from './leaf-window.ts'
import type { Leaf } from './leaves.ts'
import { tagOf } from './property-key.ts'
import type { AsOf, Query } from './query.ts'
import { type SqlParameters, sqlParameters } from './sql-parameters.ts'

/** A leaf and the log positions `(after, upTo]` whose happenings it asks history for. */
export type Asked = { readonly leaf: Leaf; readonly after: number; readonly upTo: number }

/** One customer's row of `factsSql`: for leaf number n its base, how many that is of, and its items. */
export type FactsRow = Readonly<Record<string, unknown>> & { readonly customer: number }

/**
 * What history knows of some customers, leaf by leaf, in the shape of LeafState: one row a customer id as written at the
 * time (merged ids apart), none for those without such happenings.
 */
export function factsSql(
  asked: readonly Asked[],
  customers: readonly number[],
  { shop, now }: Omit<AsOf, 'position'>,
): Query {
  const parameters = sqlParameters()
  const names = [...new Set(asked.map(({ leaf }) => leaf.event))]
  const columns = asked.map(({ leaf, after, upTo }, index) => {
    const conditions = [
      ...leafConditions(leaf, { parameters, names }),
      ...betweenSql(keptAt(leaf, now), parameters),
      `position <= ${parameters.integer(upTo)}`,
      ...(after > 0 ? [`position > ${parameters.integer(after)}`] : []),
    ]
    const asking = askingOf(leaf, { conditions, parameters, now })
    const { base, held, items } = aggregates[leaf.aggregate.kind].historySql(asking)
    return `${base} as b${index}, ${held} as h${index}, ${items} as t${index}`
  })
  return {
    sql: `select customer, ${columns.join(', ')} from events
      where shop = {shop:UInt32} and customer in {customers:Array(UInt64)} and name in ${parameters.texts(names)}
      group by customer`,
    params: { ...parameters.values(), shop, customers },
  }
}

/** Times that count now or may later. */
function keptAt({ window }: Leaf, now: number) {
  return moves(window) ? { after: insideAt(window, now).after, upTo: Infinity } : everInside(window)
}

function askingOf(
  leaf: Leaf,
  what: {
    readonly conditions: readonly string[]
    readonly parameters: SqlParameters
    readonly now: number
  },
): Asking {
  const { conditions, parameters, now } = what
  const { window } = leaf
  const alike = alikeAt(window, now).map((stretch) => ({
    ...stretch,
    when: betweenSql(stretch, parameters).join(' and '),
  }))
  return {
    leaf,
    parameters,
    over: overSql(conditions),
    ms: 'toUnixTimestamp64Milli(at)',
    alike,
    came: `at <= ${parameters.time(insideAt(window, now).upTo)}`,
    coming: `at > ${parameters.time(settledUpTo(window, now))}`,
  }
}

/** The state of leaf number `index` in a row of `factsSql`. */
export function factsState(
  leaf: Leaf,
  row: FactsRow,
  { index, now }: { readonly index: number; readonly now: number },
): LeafState {
  const items = (row[`t${index}`] as readonly (readonly [Numeral, string, Numeral])[])
    .map(([at, what, count]) => ({ at: Number(at), what, count: Number(count) }))
    .sort((a, b) => a.at - b.at)
  const lists = aggregates[leaf.aggregate.kind].lists(leaf)
  const held = Number(row[`h${index}`])
  const state: LeafState = {
    base: decimalTotal(leaf, String(row[`b${index}`])),
    held,
    ats: items.map(({ at }) => at),
    weights: lists.weights ? items.map(({ what }) => parseTotal(what)) : [],
    counts: lists.counts ? items.map(({ count }) => count) : [],
    tags: lists.tags ? items.map(({ what }) => tagOf(what)) : [],
    // Where happenings leave, a base is what was too much to be told one by one.
    large: moves(leaf.window) && held > 0,
  }
  return settle(leaf, state, now)
}

type Numeral = number | string

/** A count is a whole number; all else are ten-thousandths. */
function decimalTotal({ aggregate }: Leaf, text: string): bigint {
  return aggregate.kind === 'count' ? BigInt(text) : parseTotal(text)
}

// A sum may be larger than a single amount: Decimal(38, 4), so parseDecimal's range does not hold here.
function parseTotal(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.')
  const digits = BigInt(`${whole}${fraction.padEnd(4, '0')}`.replace(/^-/, ''))
  return text.startsWith('-') ? -digits : digits
}
