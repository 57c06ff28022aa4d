import type { NowComparison, NumberComparison, Span } from '../comparison.ts'
import type { Condition, Definition } from '../definition.ts'
import type { EventCondition } from '../event-condition.ts'
import type { Filter } from '../filter.ts'

/** A definition of conditions that all must hold. */
export function every(...of: readonly [Condition, ...Condition[]]): Definition {
  return { format: 1, where: of.length === 1 ? of[0] : { kind: 'all', of } }
}

/** One of the conditions holds. */
export function some(...of: readonly Condition[]): Condition {
  return { kind: 'any', of }
}

/** The condition does not hold; what is missing counts as not holding. */
export function no(of: Condition): Condition {
  return { kind: 'not', of }
}

/** A span of days. */
export function days(amount: number): Span {
  return { amount, unit: 'days' }
}
/** A span of hours. */
export function hours(amount: number): Span {
  return { amount, unit: 'hours' }
}
/** A span of minutes. */
export function minutes(amount: number): Span {
  return { amount, unit: 'minutes' }
}

/** Did the event at least so many times in the last span. */
export function did(
  event: string,
  atLeast: number,
  within: { readonly last: Span; readonly where?: Filter },
): EventCondition {
  return {
    kind: 'event',
    event,
    ...(within.where ? { where: within.where } : {}),
    window: { kind: 'rolling', span: within.last },
    measure: { of: 'count', is: { op: '>=', value: atLeast } },
  }
}

/** Never did the event in the last span. */
export function didNot(event: string, last: Span): EventCondition {
  return {
    kind: 'event',
    event,
    window: { kind: 'rolling', span: last },
    measure: { of: 'count', is: { op: '=', value: 0 } },
  }
}

/** A number among the person's facts compares so. */
export function factNumber(
  path: string,
  op: Exclude<NumberComparison['op'], 'between'>,
  value: number,
): Condition {
  return { kind: 'fact', path, is: { type: 'number', op: 'is', than: { op, value } } }
}

/** A time among the person's facts lies so long ago, or not longer. */
export function factTime(
  path: string,
  op: Exclude<NowComparison['op'], 'within-next'>,
  span: Span,
): Condition {
  return { kind: 'fact', path, is: { type: 'date', op: 'is', than: { op, span } } }
}

/** A text among the person's facts is this one. */
export function factText(path: string, value: string): Condition {
  return { kind: 'fact', path, is: { type: 'text', op: 'equals', value } }
}

/** A yes among the person's facts. */
export function factYes(path: string): Condition {
  return { kind: 'fact', path, is: { type: 'boolean', op: 'is', value: true } }
}

/** A number among the properties of a happening is at least so much. */
export function atLeastNumber(path: string, value: number): Filter {
  return {
    kind: 'property',
    path,
    is: { type: 'number', op: 'is', than: { op: '>=', value } },
  }
}

/** A property of a happening is there, whatever it is. */
export function hasProperty(path: string): Filter {
  return { kind: 'property', path, is: { type: 'any', op: 'exists' } }
}
