import { aggregates } from './aggregates.ts'
import type { Facts } from './filter.ts'
import { inserted, itemAt, type LeafState } from './leaf-state.ts'
import { leavesAt } from './leaf-window.ts'
import { itemOf, type Leaf } from './leaves.ts'

/**
 * The state after one more happening, seen at `now`; the same object when nothing changed. Late happenings are put in
 * their place in time; order among equal times does not matter, as no aggregate depends on it.
 */
export function fold(
  leaf: Leaf,
  state: LeafState,
  happening: { readonly at: number; readonly facts: Facts; readonly now: number },
): LeafState {
  const { at, facts, now } = happening
  const item = itemOf(leaf, at, facts)
  if (item === undefined || leavesAt(leaf.window, at) <= now) return state
  return settle(leaf, inserted(state, item, aggregates[leaf.aggregate.kind].lists(leaf)), now)
}

/** One state of two disjoint sets of happenings: two people who are one, or history and what came after. */
export function combine(
  leaf: Leaf,
  [a, b]: readonly [LeafState, LeafState],
  now: number,
): LeafState {
  const { join, lists } = aggregates[leaf.aggregate.kind]
  const { base, held } = join(leaf, a, b)
  let state: LeafState = { ...a, base, held, large: a.large || b.large }
  const filled = lists(leaf)
  for (let index = 0; index < b.ats.length; index++)
    state = inserted(state, itemAt(b, index), filled)
  return settle(leaf, state, now)
}

/** Drops what can no longer matter at `now` or later: time never goes back for a person. */
export function settle(leaf: Leaf, state: LeafState, now: number): LeafState {
  return aggregates[leaf.aggregate.kind].settle(leaf, state, now)
}
