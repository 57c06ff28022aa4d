import type { Flat } from '../events/flatten.ts'
import { unreachable } from '../lib/assert.ts'
import { minuteMs } from '../lib/duration.ts'
import { decimalOf, type NumberComparison, soonest, timeFlips, timeHolds } from './comparison.ts'
import type { Condition, Definition } from './definition.ts'
import type { EventCondition } from './event-condition.ts'
import { type LeafState, placeOf } from './leaf-state.ts'
import { knownLeaf, type Leaf } from './leaves.ts'
import { holds, testFlips } from './value-test.ts'

/** What is known of one person: everything a definition may ask. */
export type View = {
  readonly member: boolean
  readonly traits: () => Flat
  /** What is known of the person by now: facts/catalogue.ts. */
  readonly facts: () => Flat
  readonly leaf: (leaf: Leaf) => LeafState
}

/** Whether the person is in, and the earliest time (UTC ms, Infinity for never) at which that may change by time alone. */
export type Verdict = { readonly value: boolean; readonly nextFlipAt: number }

/** How long a person with more times than the line keeps is answered from what it has, before history is asked again. */
export const largeRefreshMs = minuteMs

/** Judges a definition at `now`. Pure: used live, in backtests and to explain. */
export function evaluate(definition: Definition, view: View, now: number): Verdict {
  return judge(definition.where, view, now)
}

function judge(condition: Condition, view: View, now: number): Verdict {
  switch (condition.kind) {
    case 'all':
      return judgeGroup(condition.of, false, { view, now })
    case 'any':
      return judgeGroup(condition.of, true, { view, now })
    case 'not': {
      const inner = judge(condition.of, view, now)
      return { value: !inner.value, nextFlipAt: inner.nextFlipAt }
    }
    case 'trait':
    case 'fact': {
      const flat = condition.kind === 'trait' ? view.traits() : view.facts()
      return {
        value: holds({ flat, path: condition.path, now }, condition.is),
        nextFlipAt: testFlips({ flat, path: condition.path, now }, condition.is),
      }
    }
    case 'member':
      return { value: view.member === (condition.is === 'member'), nextFlipAt: Infinity }
    case 'event': {
      const leaf = knownLeaf(condition)
      const state = view.leaf(leaf)
      const verdict = judgeLeaf(condition, leaf, { state, now })
      if (!state.large) return verdict
      return { ...verdict, nextFlipAt: Math.min(verdict.nextFlipAt, now + largeRefreshMs) }
    }
    default:
      return unreachable(condition)
  }
}

/**
 * all is decided by its first false child, any by its first true one. A decided group stays so until the last of its
 * deciding children flips: somebody who ordered is never woken for "looked this week and never ordered".
 */
function judgeGroup(
  children: readonly Condition[],
  decides: boolean,
  { view, now }: { readonly view: View; readonly now: number },
): Verdict {
  let soonestFlip = Infinity
  let decidedUntil = -Infinity
  for (const child of children) {
    const { value, nextFlipAt } = judge(child, view, now)
    if (value === decides) {
      if (nextFlipAt === Infinity) return { value: decides, nextFlipAt }
      if (nextFlipAt > decidedUntil) decidedUntil = nextFlipAt
    } else if (nextFlipAt < soonestFlip) soonestFlip = nextFlipAt
  }
  return decidedUntil > now
    ? { value: decides, nextFlipAt: decidedUntil }
    : { value: !decides, nextFlipAt: soonestFlip }
}

type Seen = { readonly state: LeafState; readonly now: number }

function judgeLeaf({ measure }: EventCondition, leaf: Leaf, seen: Seen): Verdict {
  switch (measure.of) {
    case 'count':
      return judgeTotal(
        leaf,
        seen,
        rangeOf(measure.is, (value) => BigInt(value)),
      )
    case 'sum':
      return judgeTotal(leaf, seen, rangeOf(measure.is, decimalOf))
    case 'first':
    case 'last':
      return judgeTime(leaf, seen, measure)
    default:
      return unreachable(measure)
  }
}

/** A comparison as a closed range of integers, so that it is made once and asked often. */
type Range = { readonly from: bigint | undefined; readonly to: bigint | undefined }

function rangeOf(is: NumberComparison, unit: (value: number) => bigint): Range {
  if (is.op === 'between') return { from: unit(is.from), to: unit(is.to) }
  const value = unit(is.value)
  switch (is.op) {
    case '=':
      return { from: value, to: value }
    case '>=':
      return { from: value, to: undefined }
    case '<=':
      return { from: undefined, to: value }
    case '>':
      return { from: value + 1n, to: undefined }
    case '<':
      return { from: undefined, to: value - 1n }
    default:
      return unreachable(is)
  }
}

function inside(total: bigint, { from, to }: Range): boolean {
  return (from === undefined || total >= from) && (to === undefined || total <= to)
}

/** A count or sum: walks the times at which a happening enters (its time) or leaves (its time + window). */
function judgeTotal(leaf: Leaf, { state, now }: Seen, range: Range): Verdict {
  const ms = leaf.window.kind === 'rolling' ? leaf.window.ms : Infinity
  const { ats, weights } = state
  const weight = (index: number) => (leaf.aggregate.kind === 'sum' ? (weights[index] ?? 0n) : 1n)
  let entering = placeOf(ats, now)
  let leaving = placeOf(ats, now - ms)
  let total = state.base
  for (let i = leaving; i < entering; i++) total += weight(i)
  const value = inside(total, range)
  while (leaving < ats.length) {
    const enters = ats[entering] ?? Infinity
    const leaves = (ats[leaving] ?? Infinity) + ms
    const at = Math.min(enters, leaves)
    if (at === Infinity) break
    while ((ats[entering] ?? Infinity) === at) total += weight(entering++)
    while ((ats[leaving] ?? Infinity) + ms === at) total -= weight(leaving++)
    if (inside(total, range) !== value) return { value, nextFlipAt: at }
  }
  return { value, nextFlipAt: Infinity }
}

type TimeMeasure = Extract<EventCondition['measure'], { readonly of: 'first' | 'last' }>

/** The first or last time: compared, and looked at again when it passes a bound, leaves the window or another one comes. */
function judgeTime(leaf: Leaf, { state, now }: Seen, measure: TimeMeasure): Verdict {
  const ms = leaf.window.kind === 'rolling' ? leaf.window.ms : Infinity
  const { ats } = state
  const come = placeOf(ats, now)
  const from = placeOf(ats, now - ms)
  const coming = ats[come] ?? Infinity
  const at = measure.of === 'first' ? ats[from] : ats[come - 1]
  if (at === undefined || from >= come) return { value: false, nextFlipAt: soonest(now, coming) }
  return {
    value: timeHolds(at, measure.is, now),
    nextFlipAt: soonest(now, coming, at + ms, timeFlips(at, measure.is, now)),
  }
}
