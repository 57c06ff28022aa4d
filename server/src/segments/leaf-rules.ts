import type { LeafState, Lists } from './leaf-state.ts'
import type { Bounds, Stretch } from './leaf-window.ts'
import type { Leaf } from './leaves.ts'
import { keptTimesLimit } from './limits.ts'
import type { SqlParameters } from './sql-parameters.ts'
import type { Verdict } from './verdict.ts'

/** One leaf of one person at a time (UTC ms). */
export type Seen = { readonly leaf: Leaf; readonly state: LeafState; readonly now: number }

/** One leaf's happenings in SQL. */
export type Counted = {
  readonly parameters: SqlParameters
  /** An aggregate function over the happenings that the leaf counts, and that meet `and` where it is told. */
  readonly over: (aggregate: string, args: string, and?: string) => string
}

/** What a leaf asks history for. */
export type Asking = Counted & {
  readonly leaf: Leaf
  /** UTC ms of a happening, as a whole number. */
  readonly ms: string
  /** Stretches whose happenings count alike, each with its condition. */
  readonly alike: readonly (Stretch & { readonly when: string })[]
  /** What counts now, and what has a time of its own to come. */
  readonly came: string
  readonly coming: string
}

/** A leaf as columns of history: a base, how many it is of, and an array of tuples (ms, weight or tag, count). */
export type Asked = { readonly base: string; readonly held: string; readonly items: string }

/**
 * All that an aggregate is: what is remembered of a person, what that means, and the same in SQL. `Is` is what it is
 * compared with. The state and both kinds of SQL must agree: agreement.test.ts.
 */
export type LeafRules<Is> = {
  readonly lists: (leaf: Leaf) => Lists
  /** Drops what can no longer matter at `now` or later: time never goes back for a person. */
  readonly settle: (leaf: Leaf, state: LeafState, now: number) => LeafState
  /** The base of two disjoint sets of happenings. */
  readonly join: (leaf: Leaf, a: LeafState, b: LeafState) => Pick<LeafState, 'base' | 'held'>
  readonly judge: (seen: Seen, is: Is) => Verdict
  /** One value a person, over the happenings in the window. */
  readonly columnSql: (leaf: Leaf, counted: Counted) => string
  /** A condition over that value; never NULL. */
  readonly truthSql: (
    column: string,
    is: Is,
    asked: { readonly parameters: SqlParameters; readonly now: number },
  ) => string
  readonly historySql: (asking: Asking) => Asked
}

/** Items of history that come at times of their own, the soonest first. */
export function pendingSql({ over, ms, coming }: Asking, what: string, present?: string): string {
  const when = present === undefined ? coming : `${coming} and ${present}`
  return over(`groupArraySorted(${keptTimesLimit + 1})`, itemSql(ms, what), when)
}

/** One item for each stretch of happenings that count alike, if there were any. */
export function alikeSql(
  { alike, parameters, over }: Asking,
  what: (when: string) => string,
  present?: string,
): string {
  const items = alike.map(({ at, when }) => {
    const all = present === undefined ? when : `${when} and ${present}`
    return itemSql(parameters.integer(at), what(all), over('count', '', all))
  })
  return `arrayFilter(item -> item.3 > 0, [${items.join(', ')}])`
}

/** A tuple as history answers it. */
export function itemSql(ms: string, what: string, count = '1'): string {
  return `(toInt64(${ms}), ${what}, toUInt64(${count}))`
}

/** SQL for times between bounds; empty where there are none. */
export function betweenSql({ after, upTo }: Bounds, { time }: SqlParameters): readonly string[] {
  return [
    ...(after === -Infinity ? [] : [`at > ${time(after)}`]),
    ...(upTo === Infinity ? [] : [`at <= ${time(upTo)}`]),
  ]
}
