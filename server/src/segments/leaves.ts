import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { unreachable } from '../lib/assert.ts'
import { canonicalJson } from '../lib/json.ts'
import type { NumberComparison } from './comparison.ts'
import type { Condition, Definition } from './definition.ts'
import type { EventCondition } from './event-condition.ts'
import { type Facts, type Filter, numberAt, passes } from './filter.ts'
import type { Item } from './leaf-state.ts'
import { everInside, type LeafWindow, leafWindow } from './leaf-window.ts'
import { keyAt } from './property-key.ts'
import { type SequenceCondition, sequenceParts } from './sequence.ts'
import { type SequenceLeaf, sequenceShape } from './sequence-leaf.ts'

/**
 * What the line remembers of a person for one event condition. Conditions that differ only in what they compare with
 * share it: the key is the hash of event, filter, window and aggregate.
 */
export type Leaf = {
  readonly key: string
  readonly event: string
  readonly where: Filter | undefined
  readonly window: LeafWindow
  readonly aggregate: Aggregate
}
/** keep: how many settled times a rolling count holds, and values a distinct one, one more than it is compared with. */
export type Aggregate =
  | { readonly kind: 'count'; readonly keep: number }
  | {
      readonly kind: 'sum' | 'avg' | 'min' | 'max'
      readonly path: string
      readonly currency: string | undefined
    }
  | { readonly kind: 'distinct'; readonly path: string; readonly keep: number }
  | { readonly kind: 'first' | 'last' }

/** What the line remembers for one condition, be it an event's or a sequence. */
export type AnyLeaf = Leaf | SequenceLeaf

/** Whether it is a sequence's. */
export function isSequence(leaf: AnyLeaf): leaf is SequenceLeaf {
  return 'steps' in leaf
}
/** The names of happenings that concern it. */
export function eventsOf(leaf: AnyLeaf): readonly string[] {
  return isSequence(leaf) ? leaf.events : [leaf.event]
}

/** Sizes of a count's memory; few, so that conditions share leaves. */
const keepSizes = [2, 6, 21, 101] as const

/** Hexadecimal digits of a leaf's key: 80 bits, so that 10^6 leaves of a shop never meet. */
const keyDigits = 20

/** The leaf of an event condition. */
export function leafOf(condition: EventCondition): Leaf {
  const shape = {
    event: condition.event,
    where: condition.where,
    window: leafWindow(condition.window),
    aggregate: aggregateOf(condition),
  }
  return { key: keyOf(shape), ...shape }
}

function keyOf(shape: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(shape)))).slice(0, keyDigits)
}

const leafCache = new WeakMap<EventCondition, Leaf>()
/** The leaf of a condition object, hashed once for as long as the definition lives. */
export function knownLeaf(condition: EventCondition): Leaf {
  const known = leafCache.get(condition)
  if (known) return known
  const leaf = leafOf(condition)
  leafCache.set(condition, leaf)
  return leaf
}

const sequenceCache = new WeakMap<SequenceCondition, SequenceLeaf>()
/** The leaf of a sequence, hashed once for as long as the definition lives. */
export function sequenceLeaf(condition: SequenceCondition): SequenceLeaf {
  const known = sequenceCache.get(condition)
  if (known) return known
  const shape = sequenceShape(condition)
  const events = [...new Set(sequenceParts(condition).map(({ event }) => event))]
  const leaf = { key: keyOf(shape), events, ...shape }
  sequenceCache.set(condition, leaf)
  return leaf
}

/** All leaves of a definition, each once. */
export function leavesOf(definition: Definition): readonly AnyLeaf[] {
  const leaves = new Map<string, AnyLeaf>()
  const walk = (condition: Condition): void => {
    switch (condition.kind) {
      case 'all':
      case 'any':
        for (const one of condition.of) walk(one)
        return
      case 'not':
        walk(condition.of)
        return
      case 'event':
      case 'sequence': {
        const leaf = condition.kind === 'event' ? knownLeaf(condition) : sequenceLeaf(condition)
        leaves.set(leaf.key, leaf)
        return
      }
      case 'trait':
      case 'fact':
      case 'random':
      case 'segment':
      case 'member':
        return
      default:
        unreachable(condition)
    }
  }
  walk(definition.where)
  return [...leaves.values()]
}

function aggregateOf({ measure, window }: EventCondition): Aggregate {
  switch (measure.of) {
    case 'count':
      return { kind: 'count', keep: window.kind === 'rolling' ? keepFor(measure.is) : 0 }
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
      return { kind: measure.of, path: measure.path, currency: measure.currency }
    case 'distinct':
      return { kind: 'distinct', path: measure.path, keep: keepFor(measure.is) }
    case 'first':
    case 'last':
      return { kind: measure.of }
    default:
      return unreachable(measure)
  }
}

function keepFor(is: NumberComparison): number {
  const needed = (is.op === 'between' ? is.to : is.value) + 1
  return keepSizes.find((size) => size >= needed) ?? keepSizes[3]
}

/** What one happening adds to a leaf; undefined when it does not count. */
export function itemOf(leaf: Leaf, at: number, facts: Facts): Item | undefined {
  const { window, aggregate, where } = leaf
  const { after, upTo } = everInside(window)
  if (at <= after || at > upTo || (where && !passes(where, facts))) return undefined
  const item = { at, weight: 0n, count: 1, tag: '' }
  switch (aggregate.kind) {
    case 'count':
    case 'first':
    case 'last':
      return item
    case 'distinct': {
      const tag = keyAt(aggregate.path, facts)
      return tag === undefined ? undefined : { ...item, tag }
    }
    case 'sum':
    case 'avg':
    case 'min':
    case 'max': {
      const { currency } = aggregate
      if (currency !== undefined && !['', currency].includes(facts.typed().currency))
        return undefined
      const weight = numberAt(aggregate.path, facts)
      return weight === undefined ? undefined : { ...item, weight }
    }
    default:
      return unreachable(aggregate)
  }
}
