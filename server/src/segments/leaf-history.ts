import { parseDecimal } from '../lib/decimal.ts'
import { leafConditions } from './compile-events.ts'
import { type LeafState, settle } from './leaf-state.ts'
import { keptTimesLimit, type Leaf } from './leaves.ts'
import type { AsOf, Query } from './query.ts'
import { type SqlParameters, sqlParameters } from './sql-parameters.ts'
import { addendSql } from './test-sql.ts'

/** A leaf and the log positions `(after, upTo]` whose happenings it asks history for. */
export type Asked = { readonly leaf: Leaf; readonly after: number; readonly upTo: number }

/** One customer's row of `factsSql`: for leaf number n its base, times and weights. */
export type FactsRow = Readonly<Record<string, unknown>> & { readonly customer: number }

const mostPending = keptTimesLimit

/**
 * What history knows of some customers, leaf by leaf, in the shape of LeafState: one row a customer id as written at the
 * time (merged ids apart), none for those without such happenings.
 */
export function factsSql(
  asked: readonly Asked[],
  customers: readonly number[],
  asOf: Omit<AsOf, 'position'>,
): Query {
  const parameters = sqlParameters()
  const names = [...new Set(asked.map(({ leaf }) => leaf.event))]
  const columns = asked.map(({ leaf, after, upTo }, index) => {
    const conditions = [
      ...leafConditions(leaf, { parameters, names, asOf: { ...asOf, position: upTo } }),
      `position <= ${parameters.integer(upTo)}`,
      ...(after > 0 ? [`position > ${parameters.integer(after)}`] : []),
    ]
    return leafColumns(leaf, { index, all: conditions.join(' and '), now: asOf.now, parameters })
  })
  return {
    sql: `select customer, ${columns.join(', ')} from events
      where shop = {shop:UInt32} and customer in {customers:Array(UInt64)} and name in ${parameters.texts(names)}
      group by customer`,
    params: { ...parameters.values(), shop: asOf.shop, customers },
  }
}

const ms = 'toUnixTimestamp64Milli(at)'

function leafColumns(
  leaf: Leaf,
  at: {
    readonly index: number
    readonly all: string
    readonly now: number
    readonly parameters: SqlParameters
  },
): string {
  const { index, all, parameters } = at
  const now = parameters.time(at.now)
  const came = `${all} and at <= ${now}`
  const coming = `${all} and at > ${now}`
  const rolling = leaf.window.kind === 'rolling'
  const { aggregate } = leaf
  const column = (base: string, items: string) => `${base} as b${index}, ${items} as t${index}`
  // Every item is (time, weight): the weight as text, which keeps all of its digits.
  const pending = (weight: string) => `groupArrayIf(${mostPending})((${ms}, ${weight}), ${coming})`
  const newest = (count: number, of: { readonly weight: string; readonly when: string }) =>
    `arrayMap(item -> (-item.1, item.2), groupArraySortedIf(${count})((-${ms}, ${of.weight}), ${of.when}))`
  switch (aggregate.kind) {
    case 'count': {
      if (!rolling) return column(`toString(countIf(${came}))`, pending(`'1'`))
      const kept = newest(aggregate.keep, { weight: `'1'`, when: came })
      return column(`'0'`, `arrayConcat(${kept}, ${pending(`'1'`)})`)
    }
    case 'sum': {
      const addend = addendSql(aggregate.path, parameters)
      const weight = `toString(${addend})`
      const total = (when: string) => `toString(sumIf(${addend}, ${when}))`
      if (!rolling) return column(total(came), pending(weight))
      return column(total(all), newest(keptTimesLimit + 1, { weight, when: all }))
    }
    case 'last':
      return column(
        `'0'`,
        `arrayConcat(${newest(1, { weight: `'1'`, when: came })}, ${pending(`'1'`)})`,
      )
    case 'first':
      return column(
        `'0'`,
        `groupArraySortedIf(${rolling ? keptTimesLimit + 1 : 1})((${ms}, '1'), ${all})`,
      )
  }
}

/** The state of leaf number `index` in a row of `factsSql`. */
export function factsState(
  leaf: Leaf,
  row: FactsRow,
  { index, now }: { readonly index: number; readonly now: number },
): LeafState {
  const items = (row[`t${index}`] as readonly (readonly [number | string, string])[])
    .map(([at, weight]) => ({ at: Number(at), weight }))
    .sort((a, b) => a.at - b.at)
  const base = String(row[`b${index}`])
  if (leaf.aggregate.kind !== 'sum') {
    const state = { base: BigInt(base), ats: items.map(({ at }) => at), weights: [], large: false }
    return settle(leaf, state, now)
  }
  const kept = leaf.window.kind === 'rolling' ? items.slice(-keptTimesLimit) : items
  const weights = kept.map(({ weight }) => parseDecimal(weight) ?? 0n)
  const total = decimalTotal(base)
  const rolling = leaf.window.kind === 'rolling'
  return settle(
    leaf,
    {
      base: rolling ? total - weights.reduce((sum, weight) => sum + weight, 0n) : total,
      ats: kept.map(({ at }) => at),
      weights,
      large: kept.length < items.length,
    },
    now,
  )
}

// A sum may be larger than a single amount: Decimal(38, 4), so parseDecimal's range does not hold here.
function decimalTotal(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.')
  const digits = BigInt(`${whole}${fraction.padEnd(4, '0')}`.replace(/^-?/, ''))
  return text.startsWith('-') ? -digits : digits
}
