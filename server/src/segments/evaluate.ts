import type { Flat } from '../events/flatten.ts'
import { unreachable } from '../lib/assert.ts'
import { minuteMs } from '../lib/duration.ts'
import { judgeMeasure } from './aggregates.ts'
import type { Condition, Definition } from './definition.ts'
import type { LeafState } from './leaf-state.ts'
import { knownLeaf, type Leaf, sequenceLeaf } from './leaves.ts'
import { notExpanded, randomHolds } from './person-condition.ts'
import type { SequenceLeaf } from './sequence-leaf.ts'
import { judgeRuns } from './sequence-runs.ts'
import type { SequenceState } from './sequence-state.ts'
import { holds, testFlips } from './value-test.ts'
import type { Verdict } from './verdict.ts'

/** What is known of one person: everything a definition may ask. */
export type View = {
  readonly customer: number
  readonly member: boolean
  /** One of the shop's own people: in no segment, whatever its definition says. */
  readonly internal: boolean
  readonly traits: () => Flat
  /** What is known of the person by now: facts/catalogue.ts. */
  readonly facts: () => Flat
  readonly leaf: (leaf: Leaf) => LeafState
  readonly sequence: (leaf: SequenceLeaf) => SequenceState
}

/** How long a person with more times than the line keeps is answered from what it has, before history is asked again. */
export const largeRefreshMs = minuteMs

/** Judges a definition at `now`. Pure: used live, in backtests and to explain. */
export function evaluate(definition: Definition, view: View, now: number): Verdict {
  if (view.internal) return { value: false, nextFlipAt: Infinity }
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
    case 'random':
      return { value: randomHolds(condition, view.customer), nextFlipAt: Infinity }
    case 'segment':
      return notExpanded(condition)
    case 'member':
      return { value: view.member === (condition.is === 'member'), nextFlipAt: Infinity }
    case 'event': {
      const leaf = knownLeaf(condition)
      const state = view.leaf(leaf)
      return refreshed(judgeMeasure({ leaf, state, now }, condition.measure), state, now)
    }
    case 'sequence': {
      const leaf = sequenceLeaf(condition)
      const state = view.sequence(leaf)
      return refreshed(judgeRuns(leaf, state.items, now), state, now)
    }
    default:
      return unreachable(condition)
  }
}

function refreshed(verdict: Verdict, state: { readonly large: boolean }, now: number): Verdict {
  if (!state.large) return verdict
  return { ...verdict, nextFlipAt: Math.min(verdict.nextFlipAt, now + largeRefreshMs) }
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
