import type { Flat } from '../events/flatten.ts'
import { formatDecimal } from '../lib/decimal.ts'
import { localTime } from '../lib/zone.ts'
import type { Condition } from './definition.ts'
import type { View } from './evaluate.ts'
import type { EventCondition } from './event-condition.ts'
import { type LeafState, placeOf } from './leaf-state.ts'
import { knownLeaf, type Leaf } from './leaves.ts'

/**
 * What is known of a person behind one condition, true or not. Times are UTC ms, amounts in whole units.
 * `atLeast` says that the line keeps no more than so many: there may be more.
 */
export type Found =
  | {
      readonly kind: 'count'
      readonly count: number
      readonly atLeast: boolean
      readonly lastAt: number | null
    }
  | { readonly kind: 'amount'; readonly amount: number; readonly lastAt: number | null }
  | { readonly kind: 'time'; readonly at: number | null }
  | { readonly kind: 'value'; readonly value: FoundValue | null }
  | { readonly kind: 'member'; readonly member: boolean }
  /** Nothing that a sentence could hold: the condition itself says all. */
  | { readonly kind: 'none' }
export type FoundValue = string | number | boolean | readonly string[]

/** What stands behind a condition of a person at `now`; groups have nothing of their own. */
export function foundBehind(condition: Condition, view: View, now: number): Found {
  switch (condition.kind) {
    case 'trait':
      return { kind: 'value', value: valueAt(view.traits(), condition.path) }
    case 'fact':
      return { kind: 'value', value: valueAt(view.facts(), condition.path) }
    case 'member':
      return { kind: 'member', member: view.member }
    case 'event':
      return foundEvent(condition, view.leaf(knownLeaf(condition)), now)
    default:
      return { kind: 'none' }
  }
}

function foundEvent(condition: EventCondition, state: LeafState, now: number): Found {
  const leaf = knownLeaf(condition)
  const { from, until } = range(leaf, now)
  const { ats } = state
  const start = placeOf(ats, from)
  const end = placeOf(ats, until)
  const newest = end > start ? (ats[end - 1] ?? null) : null
  switch (leaf.aggregate.kind) {
    case 'count': {
      const kept = end - start
      const { keep } = leaf.aggregate
      return {
        kind: 'count',
        count: Number(state.base) + kept,
        atLeast: keep > 0 && kept >= keep,
        lastAt: newest,
      }
    }
    case 'sum': {
      const weights = state.weights.slice(start, end)
      const total = weights.reduce((sum, weight) => sum + weight, state.base)
      return { kind: 'amount', amount: Number(formatDecimal(total)), lastAt: newest }
    }
    case 'first':
      return { kind: 'time', at: end > start ? (ats[start] ?? null) : null }
    case 'last':
      return { kind: 'time', at: newest }
    default:
      return { kind: 'none' }
  }
}

/** The times `(from, until]` that count at `now`; other windows keep only what lies in them. */
function range({ window }: Leaf, now: number): { readonly from: number; readonly until: number } {
  return window.kind === 'rolling'
    ? { from: now - window.ms, until: now }
    : { from: -Infinity, until: now }
}

function valueAt(flat: Flat, path: string): FoundValue | null {
  const number = flat.numbers.get(path)
  return (
    flat.lists.get(path) ??
    flat.texts.get(path) ??
    (number === undefined ? undefined : Number(formatDecimal(number))) ??
    flat.flags.get(path) ??
    null
  )
}

/** What was found, in words: `3번, 마지막 2026-03-01 09:20`. Times are those of `zone`. Empty when there is nothing to say. */
export function foundSentence(found: Found, language: 'ko' | 'en', zone: string): string {
  const ko = language === 'ko'
  switch (found.kind) {
    case 'count': {
      const { count, atLeast, lastAt } = found
      const figure = count.toLocaleString('en')
      const many = ko
        ? `${figure}번${atLeast ? ' 이상' : ''}`
        : `${atLeast ? 'at least ' : ''}${figure} ${count === 1 ? 'time' : 'times'}`
      return many + lastSaid(lastAt, language, zone)
    }
    case 'amount': {
      const figure = found.amount.toLocaleString('en', { maximumFractionDigits: 4 })
      return `${ko ? '합계' : 'total'} ${figure}${lastSaid(found.lastAt, language, zone)}`
    }
    case 'time':
      if (found.at === null) return ko ? '없음' : 'none'
      return shownTime(found.at, zone)
    case 'value':
      return shownValue(found.value, ko)
    case 'member':
      if (ko) return found.member ? '회원' : '비회원'
      return found.member ? 'member' : 'not a member'
    case 'none':
      return ''
  }
}

function lastSaid(at: number | null, language: 'ko' | 'en', zone: string): string {
  if (at === null) return ''
  return `${language === 'ko' ? ', 마지막' : ', last'} ${shownTime(at, zone)}`
}

function shownValue(value: FoundValue | null, ko: boolean): string {
  if (value === null) return ko ? '값 없음' : 'no value'
  if (typeof value === 'boolean') {
    if (ko) return value ? '예' : '아니요'
    return value ? 'yes' : 'no'
  }
  if (typeof value === 'number') return value.toLocaleString('en', { maximumFractionDigits: 4 })
  return typeof value === 'string' ? value : value.join(', ')
}

/** `2026-03-01 09:20` by the clocks of the zone. */
function shownTime(at: number, zone: string): string {
  return new Date(localTime(at, zone)).toISOString().slice(0, 16).replace('T', ' ')
}
