import { factAt } from '../facts/catalogue.ts'
import { unreachable } from '../lib/assert.ts'
import { Refusal } from '../lib/refusal.ts'
import { instantMs, type NumberComparison, spanMs } from './comparison.ts'
import type { Condition } from './definition.ts'
import type { EventCondition, Measure, Window } from './event-condition.ts'
import type { Filter } from './filter.ts'
import {
  countLimit,
  depthLimit,
  distinctLimit,
  filterTestsLimit,
  rollingCountLimit,
} from './limits.ts'
import type { FactCondition } from './person-condition.ts'
import { type SequenceCondition, sequenceFault, sequenceParts } from './sequence.ts'
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
      checkTest(condition.is, [...at, 'is'])
      return 1
    case 'fact':
      checkFact(condition, at)
      checkTest(condition.is, [...at, 'is'])
      return 1
    case 'random':
      if (condition.from >= condition.to)
        throw refusal([...at, 'from'], 'a share must begin before it ends')
      return 1
    case 'member':
    case 'segment':
      return 1
    case 'event':
      checkEvent(condition, at)
      return 1
    case 'sequence':
      return checkSequence(condition, at)
    default:
      return unreachable(condition)
  }
}

/** A sequence counts as a condition for each event that it names. */
function checkSequence(condition: SequenceCondition, at: At): number {
  const fault = sequenceFault(condition)
  if (fault) throw refusal([...at, ...fault.at], fault.message)
  const parts = sequenceParts(condition)
  for (const part of parts) checkHappening(part, [...at, ...part.at])
  return parts.length
}

function checkEvent({ event, window, measure, where }: EventCondition, at: At): void {
  checkHappening({ event, where }, at)
  checkWindow(window, [...at, 'window'])
  checkMeasure(measure, window, [...at, 'measure', 'is'])
}

function checkHappening(
  { event, where }: { readonly event: string; readonly where?: Filter | undefined },
  at: At,
): void {
  if (ownEvents.includes(event))
    throw refusal(
      [...at, 'event'],
      `'${event}' comes from segments; one may not depend on another this way`,
    )
  if (where && checkFilter(where, [...at, 'where'], 0) > filterTestsLimit)
    throw refusal([...at, 'where'], `an event may have ${filterTestsLimit} property tests at most`)
}

function checkWindow(window: Window, at: At): void {
  if (window.kind === 'between') checkOrder(window, at)
  if (window.kind === 'rolling' && window.until && spanMs(window.until) >= spanMs(window.span))
    throw refusal([...at, 'until'], 'must be shorter than the span, or the window is empty')
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
    case 'avg':
    case 'min':
    case 'max':
      checkNumbers(measure.is, at)
      return
    case 'distinct':
      checkWhole(measure.is, distinctLimit, at)
      return
    case 'count':
      checkWhole(measure.is, window.kind === 'rolling' ? rollingCountLimit : countLimit, at)
      return
    default:
      unreachable(measure)
  }
}

function checkWhole(is: NumberComparison, limit: number, at: At): void {
  checkNumbers(is, at)
  const counts = is.op === 'between' ? [is.from, is.to] : [is.value]
  if (!counts.every((count) => Number.isInteger(count) && count >= 0 && count <= limit))
    throw refusal(at, `a count is compared with whole numbers from 0 to ${limit}`)
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

/** A fact must be one of the catalogue, and be asked as what it is. */
function checkFact({ path, is }: FactCondition, at: At): void {
  const known = factAt(path)
  if (!known) throw refusal([...at, 'path'], `'${path}' is not a fact that is known of people`)
  // "any" asks texts, numbers and flags; a date is a text that can be read as a time.
  const asked = is.type === 'any' && known.type !== 'list' ? known.type : is.type
  if (asked !== known.type)
    throw refusal(
      [...at, 'is', 'type'],
      `'${path}' is a fact of type ${known.type}; it can't be asked as ${is.type}`,
    )
}

function checkTest(test: TraitTest, at: At): void {
  if (test.op === 'anniversary' && test.inDays.from > test.inDays.to)
    throw refusal([...at, 'inDays'], 'from must not be larger than to')
  if (test.op !== 'is') return
  if (test.type === 'date' && test.than.op === 'between') checkOrder(test.than, [...at, 'than'])
  if (test.type === 'number') checkNumbers(test.than, [...at, 'than'])
}

function checkOrder(range: { readonly from: string; readonly to: string }, at: At): void {
  if (instantMs(range.from) >= instantMs(range.to)) throw refusal(at, 'from must lie before to')
}
