import { isJsonObject, type Json } from '../lib/json.ts'
import { combine, fold } from './fold.ts'
import { decodeLeaf, emptyLeaf, encodeLeaf, isEmpty, type LeafState } from './leaf-state.ts'
import { type AnyLeaf, isSequence } from './leaves.ts'
import {
  combineSequences,
  decodeSequence,
  emptySequence,
  encodeSequence,
  foldSequence,
  type SequenceHappening,
  type SequenceState,
} from './sequence-state.ts'

/** What is held of one person for an event condition or a sequence. `emptyLeaf` is nothing for either. */
export type AnyLeafState = LeafState | SequenceState

/** The state as that of a sequence. */
export function sequenceStateOf(state: AnyLeafState): SequenceState {
  return 'items' in state ? state : emptySequence
}
/** The state as that of an event condition. */
export function leafStateOf(state: AnyLeafState): LeafState {
  return 'items' in state ? emptyLeaf : state
}

/** The state after one more happening; the same object when nothing changed. */
export function foldAny(
  leaf: AnyLeaf,
  state: AnyLeafState,
  happening: SequenceHappening,
): AnyLeafState {
  if (!isSequence(leaf)) return fold(leaf, leafStateOf(state), happening)
  const before = sequenceStateOf(state)
  const after = foldSequence(leaf, before, happening)
  return after === before ? state : after
}

/** One state of two disjoint sets of happenings. */
export function combineAny(
  leaf: AnyLeaf,
  [a, b]: readonly [AnyLeafState, AnyLeafState],
  now: number,
): AnyLeafState {
  return isSequence(leaf)
    ? combineSequences(leaf, [sequenceStateOf(a), sequenceStateOf(b)], now)
    : combine(leaf, [leafStateOf(a), leafStateOf(b)], now)
}

/** As JSON: an object for a sequence, a list for an event condition. */
export function encodeAny(state: AnyLeafState): Json {
  return 'items' in state ? encodeSequence(state) : encodeLeaf(state)
}

/** Reads what `encodeAny` wrote. */
export function decodeAny(json: Json | undefined): AnyLeafState {
  return isJsonObject(json) ? decodeSequence(json) : decodeLeaf(json)
}

/** Nothing that needs storing. */
export function isEmptyState(state: AnyLeafState): boolean {
  return 'items' in state ? state.items.length === 0 : isEmpty(state)
}
