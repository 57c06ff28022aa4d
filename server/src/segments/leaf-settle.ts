import {
  type Item,
  itemAt,
  type LeafState,
  type Lists,
  placeOf,
  replaced,
  sliced,
} from './leaf-state.ts'
import { alikeAt, insideAt, moves } from './leaf-window.ts'
import type { Leaf } from './leaves.ts'
import { keptTimesLimit } from './limits.ts'

/** The state without what has left the window. */
export function present(leaf: Leaf, state: LeafState, now: number): LeafState {
  if (!moves(leaf.window) || state.ats.length === 0) return state
  return sliced(state, placeOf(state.ats, insideAt(leaf.window, now).after))
}

/** How many items count at `now`; of a state without what has left. */
export function entered(leaf: Leaf, { ats }: LeafState, now: number): number {
  return ats.length === 0 ? 0 : placeOf(ats, insideAt(leaf.window, now).upTo)
}

/** The state with each stretch of happenings that count alike made into fewer items. */
export function mergedAlike(
  { leaf, now, lists }: { readonly leaf: Leaf; readonly now: number; readonly lists: Lists },
  state: LeafState,
  merge: (items: readonly Item[]) => readonly Item[],
): LeafState {
  if (state.ats.length === 0) return state
  let merged = state
  for (const { after, upTo, at } of alikeAt(leaf.window, now)) {
    const from = placeOf(merged.ats, after)
    const to = placeOf(merged.ats, upTo)
    if (to - from < 2 && merged.ats[from] === at) continue
    if (to === from) continue
    const items = Array.from({ length: to - from }, (_, index) => ({
      ...itemAt(merged, from + index),
      at,
    }))
    merged = replaced(merged, [from, to], { items: merge(items), lists })
  }
  return merged
}

/**
 * The state within its limit: first what is furthest in the future goes, then the oldest, which `absorb` may put into the
 * base. What went is asked from history.
 */
export function capped(
  leaf: Leaf,
  state: LeafState,
  {
    now,
    absorb,
  }: { readonly now: number; readonly absorb?: (state: LeafState, count: number) => LeafState },
): LeafState {
  const surplus = state.ats.length - keptTimesLimit
  if (surplus <= 0) return state
  const later = Math.min(surplus, state.ats.length - entered(leaf, state, now))
  const kept = sliced(state, 0, state.ats.length - later)
  const older = surplus - later
  return { ...(absorb ?? sliced)(kept, older), large: true }
}
