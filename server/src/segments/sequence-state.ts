import type { Json } from '../lib/json.ts'
import type { Facts } from './filter.ts'
import { sequenceItemsLimit } from './limits.ts'
import {
  hasNegatives,
  productsFor,
  reachedRole,
  rolesFor,
  rolesOf,
  type SequenceLeaf,
  stepRole,
  withoutRole,
} from './sequence-leaf.ts'
import { findRuns, inOrder, type SequenceItem } from './sequence-runs.ts'

/**
 * What a sequence holds of one person: every happening that may still be part of a run that counts, in order. So a late one
 * finds its place among them and the answer is that of the whole history. `large`: there were more than the limit, the
 * oldest are kept as how far they had come, and history is asked at most once a minute.
 */
export type SequenceState = { readonly items: readonly SequenceItem[]; readonly large: boolean }

export const emptySequence: SequenceState = { items: [], large: false }

/** Ends of runs kept of happenings let go, whose `not` has not passed yet. */
const pendingEndsLimit = 50

/** One happening as the line gives it, seen at `now`. */
export type SequenceHappening = {
  readonly name: string
  readonly at: number
  readonly position: number
  readonly facts: Facts
  readonly now: number
}

/** The state after one more happening; the same object when it is no part of the sequence. */
export function foldSequence(
  leaf: SequenceLeaf,
  state: SequenceState,
  { name, at, position, facts, now }: SequenceHappening,
): SequenceState {
  const roles = living(leaf, { at, roles: rolesFor(leaf, name, facts) }, now - leaf.windowMs)
  if (roles === 0) return state
  const items = productsFor(leaf, facts).map((product) => ({ at, position, product, roles }))
  if (items.length === 0) return state
  return combineSequences(leaf, [state, { items, large: false }], now)
}

/** One state of two disjoint sets of happenings: two people who are one, or history and what came after. */
export function combineSequences(
  leaf: SequenceLeaf,
  [a, b]: readonly [SequenceState, SequenceState],
  now: number,
): SequenceState {
  const items = [...a.items, ...b.items].sort(inOrder)
  return settleSequence(leaf, { items, large: a.large || b.large }, now)
}

/** Drops what can no longer matter at `now` or later, and summarises the oldest of what is too much. */
export function settleSequence(
  leaf: SequenceLeaf,
  state: SequenceState,
  now: number,
): SequenceState {
  const items = lasting(leaf, state.items, now)
  if (items.length <= sequenceItemsLimit) return { ...state, items }
  const older = items.length - sequenceItemsLimit / 2
  const kept = [...summary(leaf, { items, older, now }), ...items.slice(older)]
  return { items: kept.slice(-sequenceItemsLimit), large: true }
}

/**
 * Where nothing can undo a run, the newest one outlasts all before it: only what may be part of a later one stays, and the
 * happenings that made it.
 */
function lasting(
  leaf: SequenceLeaf,
  items: readonly SequenceItem[],
  now: number,
): readonly SequenceItem[] {
  let after = now - leaf.windowMs
  if (!hasNegatives(leaf))
    for (const { at } of findRuns(leaf, items).ends) if (at <= now && at - 1 > after) after = at - 1
  return items.flatMap((item) => {
    const roles = living(leaf, item, after)
    if (roles === item.roles) return item
    return roles === 0 ? [] : { ...item, roles }
  })
}

/** The roles in which it may belong to a run that ends after `after`. */
function living(
  leaf: SequenceLeaf,
  { at, roles }: Pick<SequenceItem, 'at' | 'roles'>,
  after: number,
): number {
  let left = 0
  for (const { role, reachMs } of rolesOf(leaf)) if (at + reachMs > after) left |= role
  for (const step of leaf.steps.keys()) if (left & stepRole(step)) left |= reachedRole(step)
  return roles & left
}

/**
 * How far the first `older` items had come: each product's newest happening of each step and `without`, the newest run that
 * counts and the first ones that wait. Only a happening later than these and late for its time could tell the difference.
 */
function summary(leaf: SequenceLeaf, { items, older, now }: Seen): readonly SequenceItem[] {
  const kept = new Map<string, SequenceItem>()
  const keep = (item: SequenceItem | undefined, role: number): void => {
    if (!item) return
    const key = `${item.position} ${item.product}`
    kept.set(key, { ...item, roles: (kept.get(key)?.roles ?? 0) | role })
  }
  const last = leaf.steps.length - 1
  for (const { reached, without } of findRuns(leaf, items.slice(0, older)).tracks.values()) {
    // The newest end of a product may have been taken back since: ends are kept below, from all items.
    for (let step = 0; step < last; step++) keep(reached[step], reachedRole(step))
    for (const [step, item] of without.entries()) keep(item, withoutRole(step))
  }
  const cut = items[older]
  const ends = findRuns(leaf, items)
    .ends.filter((end) => cut && inOrder(end, cut) < 0)
    .toSorted(inOrder)
  const wait = leaf.not?.withinMs ?? 0
  const pending = ends.findIndex(({ at }) => at + wait > now)
  const passed = pending === -1 ? ends.length : pending
  for (const end of ends.slice(Math.max(0, passed - 1), passed + pendingEndsLimit))
    keep(end, reachedRole(last))
  return [...kept.values()].sort(inOrder)
}
type Seen = {
  readonly items: readonly SequenceItem[]
  readonly older: number
  readonly now: number
}

/** As JSON, small: times and positions as differences, products by number; trailing parts are left out. */
export function encodeSequence({ items, large }: SequenceState): Json {
  const products = [...new Set(items.map(({ product }) => product))]
  const numbers = new Map(products.map((product, index) => [product, index]))
  const named = products.some((product) => product !== '')
  return {
    a: items.map(({ at }, i) => at - (items[i - 1]?.at ?? 0)),
    p: items.map(({ position }, i) => position - (items[i - 1]?.position ?? 0)),
    r: items.map(({ roles }) => roles),
    ...(named ? { n: products, i: items.map(({ product }) => numbers.get(product) ?? 0) } : {}),
    ...(large ? { g: 1 } : {}),
  }
}

/** Reads what `encodeSequence` wrote. */
export function decodeSequence(json: { readonly [key: string]: Json }): SequenceState {
  const ats = (json.a ?? []) as readonly number[]
  const positions = (json.p ?? []) as readonly number[]
  const roles = (json.r ?? []) as readonly number[]
  const products = (json.n ?? ['']) as readonly string[]
  const numbers = (json.i ?? []) as readonly number[]
  let at = 0
  let position = 0
  return {
    items: ats.map((difference, i) => {
      at += difference
      position += positions[i] ?? 0
      return { at, position, product: products[numbers[i] ?? 0] ?? '', roles: roles[i] ?? 0 }
    }),
    large: json.g === 1,
  }
}
