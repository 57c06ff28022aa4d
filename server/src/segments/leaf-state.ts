import type { Json } from '../lib/json.ts'
import type { Facts } from './filter.ts'
import { keptTimesLimit, type Leaf, weightOf } from './leaves.ts'

/**
 * What a leaf holds of one person. `base` is what no longer depends on time (the count or sum of happenings that have
 * come and stay); `ats` are the times (UTC ms, ascending) that may still enter or leave; `weights` beside them for sums.
 */
export type LeafState = {
  readonly base: bigint
  readonly ats: readonly number[]
  /** One a time, in ten-thousandths; empty for all but sums. */
  readonly weights: readonly bigint[]
  /** More times than a person may hold: the rest is in `base` and asked from history at most once a minute. */
  readonly large: boolean
}

export const emptyLeaf: LeafState = { base: 0n, ats: [], weights: [], large: false }

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
  const weight = weightOf(leaf, at, facts)
  if (weight === undefined) return state
  if (leaf.window.kind === 'rolling' && at <= now - leaf.window.ms) return state
  return settle(leaf, withTime(leaf, state, { at, weight }), now)
}

/** One state of two disjoint sets of happenings: two people who are one, or history and what came after. */
export function combine(
  leaf: Leaf,
  [a, b]: readonly [LeafState, LeafState],
  now: number,
): LeafState {
  let state: LeafState = { ...a, base: a.base + b.base, large: a.large || b.large }
  for (const [index, at] of b.ats.entries())
    state = withTime(leaf, state, { at, weight: b.weights[index] ?? 1n })
  return settle(leaf, state, now)
}

function withTime(
  leaf: Leaf,
  state: LeafState,
  one: { readonly at: number; readonly weight: bigint },
): LeafState {
  const place = placeOf(state.ats, one.at)
  return {
    ...state,
    ats: state.ats.toSpliced(place, 0, one.at),
    weights:
      leaf.aggregate.kind === 'sum' ? state.weights.toSpliced(place, 0, one.weight) : state.weights,
  }
}

/** Drops what can no longer matter at `now` or later: time never goes back for a person. */
export function settle(leaf: Leaf, state: LeafState, now: number): LeafState {
  const rolling = leaf.window.kind === 'rolling'
  const settled = placeOf(state.ats, now)
  switch (leaf.aggregate.kind) {
    case 'count':
    case 'sum': {
      if (!rolling) return absorb(leaf, state, settled)
      const kept = dropped(state, expired(leaf, state, now))
      if (leaf.aggregate.kind === 'sum') return capped(leaf, kept)
      const surplus = placeOf(kept.ats, now) - leaf.aggregate.keep
      return capped(leaf, surplus > 0 ? dropped(kept, surplus) : kept)
    }
    case 'last':
      return capped(leaf, dropped(state, Math.max(settled - 1, expired(leaf, state, now))))
    case 'first': {
      if (!rolling) return state.ats.length > 1 ? { ...state, ats: state.ats.slice(0, 1) } : state
      const kept = dropped(state, expired(leaf, state, now))
      if (kept.ats.length <= keptTimesLimit) return kept
      // The oldest decide for long; of the newest one stays, so that "none" is never answered too early.
      return {
        ...kept,
        ats: kept.ats.toSpliced(keptTimesLimit - 1, kept.ats.length - keptTimesLimit),
        large: true,
      }
    }
  }
}

function expired(leaf: Leaf, state: LeafState, now: number): number {
  return leaf.window.kind === 'rolling' ? placeOf(state.ats, now - leaf.window.ms) : 0
}

/** Moves the first times into the base: they have come, and nothing makes them leave. */
function absorb(leaf: Leaf, state: LeafState, count: number): LeafState {
  if (count <= 0) return capped(leaf, state)
  const sum = leaf.aggregate.kind === 'sum'
  let base = state.base
  for (let i = 0; i < count; i++) base += sum ? (state.weights[i] ?? 0n) : 1n
  return capped(leaf, { ...dropped(state, count), base })
}

function capped(leaf: Leaf, state: LeafState): LeafState {
  const surplus = state.ats.length - keptTimesLimit
  if (surplus <= 0) return state
  if (leaf.aggregate.kind === 'last') return dropped(state, surplus)
  let base = state.base
  for (let i = 0; i < surplus; i++)
    base += leaf.aggregate.kind === 'sum' ? (state.weights[i] ?? 0n) : 1n
  return { ...dropped(state, surplus), base, large: true }
}

function dropped(state: LeafState, count: number): LeafState {
  if (count <= 0) return state
  return { ...state, ats: state.ats.slice(count), weights: state.weights.slice(count) }
}

/** How many of the ascending times are at or before `at`. */
export function placeOf(ats: readonly number[], at: number): number {
  let low = 0
  let high = ats.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ats[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * A state as JSON, small: `[base, [first time, differences ...], [weights], large]`, trailing parts left out. Numbers
 * above 2^53 become text.
 */
export function encodeLeaf(state: LeafState): Json {
  const times: Json[] = [
    numeral(state.base),
    state.ats.map((at, i) => at - (state.ats[i - 1] ?? 0)),
  ]
  if (state.weights.length > 0 || state.large) times.push(state.weights.map(numeral))
  if (state.large) times.push(1)
  return times
}

/** Reads what `encodeLeaf` wrote; anything else is a broken row and reads as empty. */
export function decodeLeaf(json: Json | undefined): LeafState {
  if (!Array.isArray(json)) return emptyLeaf
  const [base, differences, weights, large] = json as readonly Json[]
  let at = 0
  return {
    base: BigInt((base as string | number | undefined) ?? 0),
    ats: ((differences ?? []) as readonly number[]).map((difference) => (at += difference)),
    weights: ((weights ?? []) as readonly (string | number)[]).map(BigInt),
    large: large === 1,
  }
}

function numeral(value: bigint): Json {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}
