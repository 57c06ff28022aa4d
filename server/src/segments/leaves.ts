import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { unreachable } from '../lib/assert.ts'
import { canonicalJson } from '../lib/json.ts'
import { instantMs, type NumberComparison, spanMs } from './comparison.ts'
import type { Condition, Definition } from './definition.ts'
import type { EventCondition } from './event-condition.ts'
import { type Facts, type Filter, numberAt, passes } from './filter.ts'

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
export type LeafWindow =
  | { readonly kind: 'ever' }
  | { readonly kind: 'rolling'; readonly ms: number }
  | { readonly kind: 'between'; readonly from: number; readonly to: number }
/** keep: how many settled times a rolling count holds, one more than the largest number it is compared with. */
export type Aggregate =
  | { readonly kind: 'count'; readonly keep: number }
  | { readonly kind: 'sum'; readonly path: string; readonly currency: string | undefined }
  | { readonly kind: 'first' }
  | { readonly kind: 'last' }

/** How many times a leaf holds for one person; beyond it the person is `large` and asked from history. */
export const keptTimesLimit = 1_000
/** Sizes of a rolling count's memory; few, so that conditions share leaves. */
const keepSizes = [2, 6, 21, 101] as const

/** Hexadecimal digits of a leaf's key: 80 bits, so that 10^6 leaves of a shop never meet. */
const keyDigits = 20

/** The leaf of an event condition. */
export function leafOf(condition: EventCondition): Leaf {
  const shape = {
    event: condition.event,
    where: condition.where,
    window: windowOf(condition.window),
    aggregate: aggregateOf(condition),
  }
  const digest = bytesToHex(sha256(utf8ToBytes(canonicalJson(shape))))
  return { key: digest.slice(0, keyDigits), ...shape }
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

/** All leaves of a definition, each once. */
export function leavesOf(definition: Definition): readonly Leaf[] {
  const leaves = new Map<string, Leaf>()
  const walk = (condition: Condition): void => {
    switch (condition.kind) {
      case 'all':
      case 'any':
        for (const one of condition.of) walk(one)
        return
      case 'not':
        walk(condition.of)
        return
      case 'event': {
        const leaf = knownLeaf(condition)
        leaves.set(leaf.key, leaf)
        return
      }
      case 'trait':
      case 'fact':
      case 'member':
        return
      default:
        unreachable(condition)
    }
  }
  walk(definition.where)
  return [...leaves.values()]
}

function windowOf(window: EventCondition['window']): LeafWindow {
  switch (window.kind) {
    case 'ever':
      return { kind: 'ever' }
    case 'rolling':
      return { kind: 'rolling', ms: spanMs(window.span) }
    case 'between':
      return { kind: 'between', from: instantMs(window.from), to: instantMs(window.to) }
    default:
      return unreachable(window)
  }
}

function aggregateOf({ measure, window }: EventCondition): Aggregate {
  switch (measure.of) {
    case 'count':
      return { kind: 'count', keep: window.kind === 'rolling' ? keepFor(measure.is) : 0 }
    case 'sum':
      return { kind: 'sum', path: measure.path, currency: measure.currency }
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

/** What one happening adds to a leaf: a count's 1 or a sum's number; undefined when it does not count. */
export function weightOf(leaf: Leaf, at: number, facts: Facts): bigint | undefined {
  const { window, aggregate } = leaf
  if (window.kind === 'between' && (at < window.from || at >= window.to)) return undefined
  if (leaf.where && !passes(leaf.where, facts)) return undefined
  if (aggregate.kind !== 'sum') return 1n
  if (aggregate.currency !== undefined) {
    const { currency } = facts.typed()
    if (currency !== '' && currency !== aggregate.currency) return undefined
  }
  return numberAt(aggregate.path, facts)
}
