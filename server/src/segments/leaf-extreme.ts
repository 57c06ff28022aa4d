import { formatDecimal } from '../lib/decimal.ts'
import { decimalOf, type NumberComparison, satisfies } from './comparison.ts'
import { type Asking, alikeSql, itemSql, type LeafRules, pendingSql } from './leaf-rules.ts'
import { capped, entered, mergedAlike, present } from './leaf-settle.ts'
import { type Item, itemAt, type LeafState, picked, sliced } from './leaf-state.ts'
import { walk } from './leaf-walk.ts'
import { moves } from './leaf-window.ts'
import type { Leaf } from './leaves.ts'
import { numberColumn } from './property-sql.ts'
import { numberSql } from './test-sql.ts'

type ExtremeKind = 'min' | 'max'
type Beats = (a: bigint, b: bigint) => boolean

const lists = { weights: true }

/** The smallest or largest number; of nothing it satisfies no comparison. */
export function extremeRules(kind: ExtremeKind): LeafRules<NumberComparison> {
  const beats: Beats = kind === 'max' ? (a, b) => a > b : (a, b) => a < b
  return {
    lists: () => lists,
    settle: (leaf, state, now) => settle({ leaf, now, beats }, state),
    join: (_, a, b) => {
      if (a.held === 0 || b.held === 0) return a.held === 0 ? b : a
      return beats(a.base, b.base) ? a : b
    },
    judge: (seen, is) => {
      const best = bestStanding(seen.state, beats)
      return walk(seen, {
        ...best,
        holds: () => {
          const value = best.value()
          return value !== undefined && satisfies(value, is, decimalOf)
        },
      })
    },
    columnSql: ({ aggregate }, { over, parameters }) => {
      const { value, present } = numberColumn(pathOf(aggregate), parameters)
      return over(`${kind}OrNull`, value, present)
    },
    truthSql: (column, is, { parameters }) =>
      `ifNull(${numberSql(column, is, (value) => parameters.decimal(formatDecimal(decimalOf(value))))}, false)`,
    historySql: (asking) => historySql(kind, asking),
  }
}

/** The best of a window that moves on: those that a later and better one outlives are forgotten. */
function bestStanding({ base, held, weights }: LeafState, beats: Beats) {
  const line: number[] = []
  let head = 0
  const weight = (index: number | undefined) => weights[index ?? 0] ?? 0n
  return {
    enter: (index: number) => {
      while (line.length > head && !beats(weight(line.at(-1)), weight(index))) line.pop()
      line.push(index)
    },
    leave: (index: number) => {
      if (line[head] === index) head++
    },
    value: (): bigint | undefined => {
      const standing = line.length > head ? weight(line[head]) : undefined
      if (held === 0) return standing
      return standing !== undefined && beats(standing, base) ? standing : base
    },
  }
}

type Settling = { readonly leaf: Leaf; readonly now: number; readonly beats: Beats }

function settle({ leaf, now, beats }: Settling, state: LeafState): LeafState {
  const absorb = (from: LeafState, count: number) => absorbed(from, count, beats)
  if (!moves(leaf.window)) return capped(leaf, absorb(state, entered(leaf, state, now)), { now })
  const held = present(leaf, state, now)
  if (leaf.window.kind === 'calendar') {
    const best = (items: readonly Item[]) => [
      items.reduce((one, other) => (beats(other.weight, one.weight) ? other : one)),
    ]
    return capped(leaf, mergedAlike({ leaf, now, lists }, held, best), { now, absorb })
  }
  return capped(leaf, picked(held, unbeaten(held, entered(leaf, held, now), beats)), {
    now,
    absorb,
  })
}

/** Indices of the items that no later one outdoes: of those that have entered, each is better than all after it. */
function unbeaten({ ats, weights }: LeafState, upTo: number, beats: Beats): readonly number[] {
  const kept: number[] = []
  let best: bigint | undefined
  for (let index = upTo - 1; index >= 0; index--) {
    const weight = weights[index] ?? 0n
    if (best !== undefined && !beats(weight, best)) continue
    best = weight
    kept.push(index)
  }
  kept.reverse()
  for (let index = upTo; index < ats.length; index++) kept.push(index)
  return kept
}

function absorbed(state: LeafState, count: number, beats: Beats): LeafState {
  if (count <= 0) return state
  let { base, held } = state
  for (let index = 0; index < count; index++) {
    const { weight } = itemAt(state, index)
    if (held === 0 || beats(weight, base)) base = weight
    held = 1
  }
  return { ...sliced(state, count), base, held }
}

function pathOf(aggregate: Leaf['aggregate']): string {
  return 'path' in aggregate ? aggregate.path : ''
}

function historySql(kind: ExtremeKind, asking: Asking) {
  const { leaf, over, parameters, alike, ms, came } = asking
  const { value, present: there } = numberColumn(pathOf(leaf.aggregate), parameters)
  const best = (when: string) => `toString(${over(kind, value, when)})`
  const pending = pendingSql(asking, `toString(${value})`, there)
  const [all] = alike
  if (leaf.window.kind === 'calendar')
    return {
      base: `'0'`,
      held: '0',
      items: `arrayConcat(${alikeSql(asking, best, there)}, ${pending})`,
    }
  if (all) {
    const when = `${all.when} and ${there}`
    return { base: best(when), held: `least(${over('count', '', when)}, 1)`, items: pending }
  }
  // Of equal numbers the newest outlives the others.
  const newest = over('maxMap', `map(toString(${value}), ${ms})`, `${came} and ${there}`)
  return {
    base: `'0'`,
    held: '0',
    items: `arrayConcat(arrayMap((what, at) -> ${itemSql('at', 'what')}, mapKeys(${newest}), mapValues(${newest})), ${pending})`,
  }
}
