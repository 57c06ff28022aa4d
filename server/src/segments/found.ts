import type { Flat } from '../events/flatten.ts'
import { unreachable } from '../lib/assert.ts'
import { formatDecimal } from '../lib/decimal.ts'
import { localTime } from '../lib/zone.ts'
import type { Condition } from './definition.ts'
import type { View } from './evaluate.ts'
import { itemAt, type LeafState, placeOf } from './leaf-state.ts'
import { insideAt } from './leaf-window.ts'
import { knownLeaf, type Leaf, sequenceLeaf } from './leaves.ts'
import { shareOf, shareParts } from './person-condition.ts'
import { findRuns } from './sequence-runs.ts'

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
  | {
      readonly kind: 'amount'
      readonly of: 'sum' | 'avg' | 'min' | 'max'
      /** null: there is no number to take it of. */
      readonly amount: number | null
      readonly lastAt: number | null
    }
  | { readonly kind: 'distinct'; readonly count: number }
  /** A first or last time, or when a sequence was last gone through. */
  | { readonly kind: 'time'; readonly at: number | null }
  | { readonly kind: 'value'; readonly value: FoundValue | null }
  | { readonly kind: 'member'; readonly member: boolean }
  /** In which hundredth of the customers, 0 to 99.99, a stable share puts the person. */
  | { readonly kind: 'share'; readonly percent: number }
  /** Groups have nothing of their own. */
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
    case 'random':
      return { kind: 'share', percent: (shareOf(condition.seed, view.customer) / shareParts) * 100 }
    case 'event':
      return foundEvent(knownLeaf(condition), view.leaf(knownLeaf(condition)), now)
    case 'sequence': {
      const leaf = sequenceLeaf(condition)
      const ends = findRuns(leaf, view.sequence(leaf).items).ends.map(({ at }) => at)
      const inWindow = ends.filter((at) => at <= now && at > now - leaf.windowMs)
      return { kind: 'time', at: inWindow.length > 0 ? Math.max(...inWindow) : null }
    }
    case 'all':
    case 'any':
    case 'not':
    case 'segment':
      return { kind: 'none' }
    default:
      return unreachable(condition)
  }
}

function foundEvent(leaf: Leaf, state: LeafState, now: number): Found {
  const { after, upTo } = insideAt(leaf.window, now)
  const from = placeOf(state.ats, after)
  const to = placeOf(state.ats, upTo)
  const items = Array.from({ length: Math.max(0, to - from) }, (_, index) =>
    itemAt(state, from + index),
  )
  // Of a calendar day one time is kept for all of its happenings.
  const lastAt = leaf.window.kind === 'calendar' ? null : (items.at(-1)?.at ?? null)
  const count = items.reduce((sum, item) => sum + item.count, 0)
  const { aggregate } = leaf
  switch (aggregate.kind) {
    case 'count': {
      const atLeast = leaf.window.kind === 'rolling' && items.length >= aggregate.keep
      return { kind: 'count', count: Number(state.base) + count, atLeast, lastAt }
    }
    case 'sum':
    case 'avg': {
      const total = items.reduce((sum, item) => sum + item.weight, state.base)
      const amount = Number(formatDecimal(total))
      if (aggregate.kind === 'sum') return { kind: 'amount', of: 'sum', amount, lastAt }
      const numbers = state.held + count
      return { kind: 'amount', of: 'avg', amount: numbers > 0 ? amount / numbers : null, lastAt }
    }
    case 'min':
    case 'max': {
      const numbers = items.map(({ weight }) => Number(formatDecimal(weight)))
      if (state.held > 0) numbers.push(Number(formatDecimal(state.base)))
      const best = aggregate.kind === 'min' ? Math.min(...numbers) : Math.max(...numbers)
      return {
        kind: 'amount',
        of: aggregate.kind,
        amount: numbers.length > 0 ? best : null,
        lastAt: null,
      }
    }
    case 'distinct':
      return { kind: 'distinct', count: new Set(items.map(({ tag }) => tag)).size }
    case 'first':
      return { kind: 'time', at: items[0]?.at ?? null }
    case 'last':
      return { kind: 'time', at: items.at(-1)?.at ?? null }
    default:
      return unreachable(aggregate)
  }
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
      const [korean, english] = amountWords[found.of]
      return `${ko ? korean : english} ${figureOf(found.amount, ko)}${lastSaid(found.lastAt, language, zone)}`
    }
    case 'distinct':
      return ko ? `서로 다른 값 ${found.count}가지` : `${found.count} different`
    case 'share':
      return `${found.percent.toFixed(2)} %`
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

const amountWords = {
  sum: ['합계', 'total'],
  avg: ['평균', 'average'],
  min: ['최소', 'smallest'],
  max: ['최대', 'largest'],
} as const

function figureOf(amount: number | null, ko: boolean): string {
  if (amount === null) return ko ? '값 없음' : 'no value'
  return amount.toLocaleString('en', { maximumFractionDigits: 4 })
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
  if (typeof value === 'number') return figureOf(value, ko)
  return typeof value === 'string' ? value : value.join(', ')
}

/** `2026-03-01 09:20` by the clocks of the zone. */
function shownTime(at: number, zone: string): string {
  return new Date(localTime(at, zone)).toISOString().slice(0, 16).replace('T', ' ')
}
