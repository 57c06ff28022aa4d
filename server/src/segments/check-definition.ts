import { unreachable } from '../lib/assert.ts'
import { Refusal } from '../lib/refusal.ts'
import { instantMs, type NumberComparison } from './comparison.ts'
import type { Condition } from './definition.ts'
import type { EventCondition, Measure, Window } from './event-condition.ts'
import type { Filter } from './filter.ts'
import { countLimit, depthLimit, filterTestsLimit, rollingCountLimit } from './limits.ts'
import type { TraitTest } from './value-test.ts'

/** Happenings that segments cause themselves: a segment may not wait for another through them. */
const ownEvents: readonly string[] = ['Entered Segment', 'Left Segment']

/** Where a part stands in a definition: `['where', 'of', 0]`. */
export type At = readonly PropertyKey[]
/** A refusal that names the part at fault. */
export function refusal(at: At, message: string): Refusal {
  const field = ['definition', ...at.map(String)].join('.')
  return new Refusal('invalid', `${field}: ${message}`, field)
}

/** Enforces the limits a schema cannot say; returns the number of leaves. */
export function check(condition: Condition, at: At, depth: number): number {
  if (depth > depthLimit) throw refusal(at, `groups may be nested ${depthLimit} deep at most`)
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.reduce(
        (sum, one, index) => sum + check(one, [...at, 'of', index], depth + 1),
        0,
      )
    case 'not':
      return check(condition.of, [...at, 'of'], depth + 1)
    case 'trait':
    case 'fact':
      checkTest(condition.is, [...at, 'is'])
      return 1
    case 'member':
      return 1
    case 'event':
      checkEvent(condition, at)
      return 1
    default:
      return unreachable(condition)
  }
}

function checkEvent({ event, window, measure, where }: EventCondition, at: At): void {
  if (ownEvents.includes(event))
    throw refusal(
      [...at, 'event'],
      `'${event}' comes from segments; one may not depend on another this way`,
    )
  if (window.kind === 'between') checkOrder(window, [...at, 'window'])
  checkMeasure(measure, window, [...at, 'measure', 'is'])
  if (where && checkFilter(where, [...at, 'where'], 0) > filterTestsLimit)
    throw refusal([...at, 'where'], `an event may have ${filterTestsLimit} property tests at most`)
}

function checkMeasure(measure: Measure, window: Window, at: At): void {
  switch (measure.of) {
    case 'first':
    case 'last':
      if (measure.is.op === 'between') checkOrder(measure.is, at)
      if (measure.is.op === 'within-next')
        throw refusal(at, 'what happened lies in the past; within-next is for traits')
      return
    case 'sum':
      checkNumbers(measure.is, at)
      return
    case 'count': {
      checkNumbers(measure.is, at)
      const limit = window.kind === 'rolling' ? rollingCountLimit : countLimit
      const { is } = measure
      const counts = is.op === 'between' ? [is.from, is.to] : [is.value]
      if (!counts.every((count) => Number.isInteger(count) && count >= 0 && count <= limit))
        throw refusal(at, `a count is compared with whole numbers from 0 to ${limit}`)
      return
    }
    default:
      unreachable(measure)
  }
}

function checkNumbers(is: NumberComparison, at: At): void {
  if (is.op === 'between' && is.from > is.to) throw refusal(at, 'from must not be larger than to')
}

function checkFilter(filter: Filter, at: At, depth: number): number {
  if (depth > depthLimit) throw refusal(at, `groups may be nested ${depthLimit} deep at most`)
  switch (filter.kind) {
    case 'all':
    case 'any':
      return filter.of.reduce(
        (sum, one, index) => sum + checkFilter(one, [...at, 'of', index], depth + 1),
        0,
      )
    case 'not':
      return checkFilter(filter.of, [...at, 'of'], depth + 1)
    case 'property':
      checkTest(filter.is, [...at, 'is'])
      return 1
    case 'products':
      for (const [index, { is }] of filter.where.entries()) {
        const place = [...at, 'where', index, 'is']
        checkTest(is, place)
        if ('fold' in is && is.fold) throw refusal(place, 'product fields are compared with case')
      }
      return filter.where.length
    default:
      return unreachable(filter)
  }
}

function checkTest(test: TraitTest, at: At): void {
  if (test.op !== 'is') return
  if (test.type === 'date' && test.than.op === 'between') checkOrder(test.than, [...at, 'than'])
  if (test.type === 'number') checkNumbers(test.than, [...at, 'than'])
}

function checkOrder(range: { readonly from: string; readonly to: string }, at: At): void {
  if (instantMs(range.from) >= instantMs(range.to)) throw refusal(at, 'from must lie before to')
}
