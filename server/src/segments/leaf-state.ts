import type { Json } from '../lib/json.ts'

/**
 * What a leaf holds of one person. `ats` are the times (UTC ms, ascending) that may still enter or leave; what has come
 * and stays is in `base`. Each aggregate says which of the lists beside `ats` it fills: one entry a time, or none at all.
 */
export type LeafState = {
  /** A count, a sum in ten-thousandths, or the smallest or largest number. */
  readonly base: bigint
  /** How many numbers the base is of, where that matters: averages and extremes. */
  readonly held: number
  readonly ats: readonly number[]
  /** Numbers in ten-thousandths. */
  readonly weights: readonly bigint[]
  /** How many happenings a time stands for, where several became one. */
  readonly counts: readonly number[]
  /** Values told apart. */
  readonly tags: readonly string[]
  /** More times than a person may hold: the rest is in `base` or left out, and history is asked at most once a minute. */
  readonly large: boolean
}

/** One happening, or several that cannot be told apart any more. */
export type Item = {
  readonly at: number
  readonly weight: bigint
  readonly count: number
  readonly tag: string
}

export const emptyLeaf: LeafState = {
  base: 0n,
  held: 0,
  ats: [],
  weights: [],
  counts: [],
  tags: [],
  large: false,
}

/** Whether nothing is held, so that nothing need be stored. */
export function isEmpty({ base, held, ats }: LeafState): boolean {
  return base === 0n && held === 0 && ats.length === 0
}

/** Which lists an aggregate fills. */
export type Lists = {
  readonly weights?: boolean
  readonly counts?: boolean
  readonly tags?: boolean
}

/** The state with one more item, in its place in time. */
export function inserted(state: LeafState, item: Item, lists: Lists): LeafState {
  const place = placeOf(state.ats, item.at)
  return {
    ...state,
    ats: state.ats.toSpliced(place, 0, item.at),
    weights: lists.weights ? state.weights.toSpliced(place, 0, item.weight) : state.weights,
    counts: lists.counts ? state.counts.toSpliced(place, 0, item.count) : state.counts,
    tags: lists.tags ? state.tags.toSpliced(place, 0, item.tag) : state.tags,
  }
}

/** The item at an index. */
export function itemAt({ ats, weights, counts, tags }: LeafState, index: number): Item {
  return {
    at: ats[index] ?? Infinity,
    weight: weights[index] ?? 0n,
    count: counts[index] ?? 1,
    tag: tags[index] ?? '',
  }
}

/** Only the items from one index until before another. */
export function sliced(state: LeafState, from: number, to = state.ats.length): LeafState {
  if (from <= 0 && to >= state.ats.length) return state
  return {
    ...state,
    ats: state.ats.slice(from, to),
    weights: state.weights.slice(from, to),
    counts: state.counts.slice(from, to),
    tags: state.tags.slice(from, to),
  }
}

/** Only the items at these indices, ascending. */
export function picked(state: LeafState, indices: readonly number[]): LeafState {
  if (indices.length === state.ats.length) return state
  const pick = <T>(list: readonly T[]): readonly T[] =>
    list.length === 0 ? list : indices.map((index) => list[index] as T)
  return {
    ...state,
    ats: pick(state.ats),
    weights: pick(state.weights),
    counts: pick(state.counts),
    tags: pick(state.tags),
  }
}

/** The items from one index until before another replaced by others. */
export function replaced(
  state: LeafState,
  [from, to]: readonly [number, number],
  what: { readonly items: readonly Item[]; readonly lists: Lists },
): LeafState {
  const { items, lists } = what
  const put = <T>(list: readonly T[], of: (item: Item) => T, fills = true): readonly T[] =>
    fills ? list.toSpliced(from, to - from, ...items.map(of)) : list
  return {
    ...state,
    ats: put(state.ats, ({ at }) => at),
    weights: put(state.weights, ({ weight }) => weight, lists.weights ?? false),
    counts: put(state.counts, ({ count }) => count, lists.counts ?? false),
    tags: put(state.tags, ({ tag }) => tag, lists.tags ?? false),
  }
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
 * A state as JSON, small: `[base, [first time, differences ...], [weights], large, held, [counts], [tags]]`, trailing
 * parts left out. Numbers above 2^53 become text.
 */
export function encodeLeaf({ base, held, ats, weights, counts, tags, large }: LeafState): Json {
  const parts: readonly Json[] = [
    numeral(base),
    ats.map((at, i) => at - (ats[i - 1] ?? 0)),
    weights.map(numeral),
    large ? 1 : 0,
    held,
    counts,
    tags,
  ]
  let length = parts.length
  while (length > 2 && isNothing(parts[length - 1])) length--
  return parts.slice(0, length)
}

/** Reads what `encodeLeaf` wrote; anything else is a broken row and reads as empty. */
export function decodeLeaf(json: Json | undefined): LeafState {
  if (!Array.isArray(json)) return emptyLeaf
  const [base, differences, weights, large, held, counts, tags] = json as readonly Json[]
  let at = 0
  return {
    base: BigInt((base as string | number | undefined) ?? 0),
    held: (held as number | undefined) ?? 0,
    ats: ((differences ?? []) as readonly number[]).map((difference) => (at += difference)),
    weights: ((weights ?? []) as readonly (string | number)[]).map(BigInt),
    counts: (counts ?? []) as readonly number[],
    tags: (tags ?? []) as readonly string[],
    large: large === 1,
  }
}

function isNothing(part: Json | undefined): boolean {
  return part === 0 || (Array.isArray(part) && part.length === 0)
}

function numeral(value: bigint): Json {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}
