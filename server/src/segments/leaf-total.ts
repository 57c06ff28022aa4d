import { formatDecimal } from '../lib/decimal.ts'
import { decimalOf, type NumberComparison, satisfies } from './comparison.ts'
import { type Asking, alikeSql, itemSql, type LeafRules, pendingSql } from './leaf-rules.ts'
import { capped, entered, mergedAlike, present } from './leaf-settle.ts'
import { type Item, itemAt, type LeafState, type Lists, sliced } from './leaf-state.ts'
import { walk } from './leaf-walk.ts'
import { moves } from './leaf-window.ts'
import type { Leaf } from './leaves.ts'
import { keptTimesLimit } from './limits.ts'
import { numberColumn } from './property-sql.ts'
import type { SqlParameters } from './sql-parameters.ts'
import { addendSql, numberSql } from './test-sql.ts'

type TotalKind = 'count' | 'sum' | 'avg'

/** What is added up: in a count happenings, in a sum numbers, in an average both. */
type Total = { readonly sum: bigint; readonly count: bigint }

/** Counts, sums and averages. A sum of nothing is 0; an average of nothing satisfies no comparison. */
export function totalRules(kind: TotalKind): LeafRules<NumberComparison> {
  const lists = ({ window }: Leaf): Lists => ({
    weights: kind !== 'count',
    counts: kind !== 'sum' && window.kind === 'calendar',
  })
  return {
    lists,
    settle: (leaf, state, now) => settle(leaf, state, { now, lists: lists(leaf) }),
    join: (_, a, b) => ({ base: a.base + b.base, held: a.held + b.held }),
    judge: (seen, is) => {
      const { base, held } = seen.state
      let sum = base
      let count = BigInt(held)
      const add = (index: number, sign: 1n | -1n) => {
        const item = itemAt(seen.state, index)
        sum += sign * (kind === 'count' ? BigInt(item.count) : item.weight)
        count += sign * BigInt(item.count)
      }
      return walk(seen, {
        enter: (index) => add(index, 1n),
        leave: (index) => add(index, -1n),
        holds: () => holds(kind, { sum, count }, is),
      })
    },
    columnSql: ({ aggregate }, { over, parameters }) => {
      if (!('path' in aggregate)) return over('count', '')
      const sum = over('sum', addendSql(aggregate.path, parameters))
      if (kind === 'sum') return sum
      return `(${sum}, ${over('count', '', numberColumn(aggregate.path, parameters).present)})`
    },
    truthSql: (column, is, { parameters }) => truthSql(kind, { column, is }, parameters),
    historySql: (asking) => historySql(kind, asking),
  }
}

/** No division: an average is compared by what its numbers add up to. */
function holds(kind: TotalKind, { sum, count }: Total, is: NumberComparison): boolean {
  switch (kind) {
    case 'count':
      return satisfies(sum, is, BigInt)
    case 'sum':
      return satisfies(sum, is, decimalOf)
    case 'avg':
      return count > 0n && satisfies(sum, is, (value) => decimalOf(value) * count)
  }
}

function settle(
  leaf: Leaf,
  state: LeafState,
  { now, lists }: { readonly now: number; readonly lists: Lists },
): LeafState {
  const absorb = (from: LeafState, count: number) => absorbed(leaf, from, count)
  if (!moves(leaf.window)) return capped(leaf, absorb(state, entered(leaf, state, now)), { now })
  const held = present(leaf, state, now)
  if (leaf.window.kind === 'calendar')
    return capped(leaf, mergedAlike({ leaf, now, lists }, held, added), { now, absorb })
  const { aggregate } = leaf
  if (aggregate.kind !== 'count') return capped(leaf, held, { now, absorb })
  const surplus = entered(leaf, held, now) - aggregate.keep
  return capped(leaf, sliced(held, surplus), { now, absorb })
}

/** Moves the first items into the base: they have come, and nothing makes them leave. */
function absorbed({ aggregate }: Leaf, state: LeafState, count: number): LeafState {
  if (count <= 0) return state
  let { base, held } = state
  for (let index = 0; index < count; index++) {
    const item = itemAt(state, index)
    base += aggregate.kind === 'count' ? BigInt(item.count) : item.weight
    if (aggregate.kind === 'avg') held += item.count
  }
  return { ...sliced(state, count), base, held }
}

function added(items: readonly Item[]): readonly Item[] {
  const first = items[0]
  if (!first) return items
  let weight = 0n
  let count = 0
  for (const item of items) {
    weight += item.weight
    count += item.count
  }
  return [{ ...first, weight, count }]
}

function truthSql(
  kind: TotalKind,
  { column, is }: { readonly column: string; readonly is: NumberComparison },
  parameters: SqlParameters,
): string {
  const decimal = (value: number) => parameters.decimal(formatDecimal(decimalOf(value)))
  switch (kind) {
    case 'count':
      return numberSql(column, is, parameters.integer)
    case 'sum':
      return numberSql(column, is, decimal)
    case 'avg': {
      const [sum, count] = [`tupleElement(${column}, 1)`, `tupleElement(${column}, 2)`]
      // Decimal(38, 4): an amount times how many there are is larger than an amount.
      const times = (value: number) => `(toDecimal128(${decimal(value)}, 4) * ${count})`
      return `(${count} > 0 and ${numberSql(sum, is, times)})`
    }
  }
}

function historySql(kind: TotalKind, asking: Asking): ReturnType<LeafRules<never>['historySql']> {
  const { leaf, over, parameters, alike, ms, came } = asking
  const { aggregate, window } = leaf
  const addend = 'path' in aggregate ? addendSql(aggregate.path, parameters) : undefined
  const there = 'path' in aggregate ? numberColumn(aggregate.path, parameters).present : undefined
  const both = (when: string) => (there === undefined ? when : `${when} and ${there}`)
  const sumOf = (when: string) =>
    addend === undefined ? `''` : `toString(${over('sum', addend, when)})`
  const pending = pendingSql(asking, addend === undefined ? `''` : `toString(${addend})`, there)
  const countOf = (when: string) => over('count', '', both(when))
  if (window.kind === 'calendar')
    return {
      base: `'0'`,
      held: '0',
      items: `arrayConcat(${alikeSql(asking, sumOf, there)}, ${pending})`,
    }
  const [all] = alike
  if (all) {
    const count = countOf(all.when)
    if (kind === 'count') return { base: `toString(${count})`, held: '0', items: pending }
    return { base: sumOf(all.when), held: kind === 'avg' ? count : '0', items: pending }
  }
  if (addend === undefined) {
    const keep = aggregate.kind === 'count' ? aggregate.keep : 0
    const kept = over(`groupArraySorted(${keep})`, `-${ms}`, came)
    return {
      base: `'0'`,
      held: '0',
      items: `arrayConcat(arrayMap(item -> ${itemSql('-item', `''`)}, ${kept}), ${pending})`,
    }
  }
  // Of more than a person may hold the newest are told one by one; the rest is the base, and how many: the person is large.
  const kept = over(`groupArraySorted(${keptTimesLimit})`, `(-${ms}, ${addend})`, both(came))
  return {
    base: `toString(${over('sum', addend, came)} - arraySum(item -> toDecimal128(item.2, 4), ${kept}))`,
    held: `${countOf(came)} - length(${kept})`,
    items: `arrayConcat(arrayMap(item -> ${itemSql('-item.1', 'toString(item.2)')}, ${kept}), ${pending})`,
  }
}
