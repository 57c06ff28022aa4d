import { unreachable } from '../lib/assert.ts'
import type { NumberComparison, Span, TimeComparison } from './comparison.ts'
import type { Condition, Definition } from './definition.ts'
import type { EventCondition, Window } from './event-condition.ts'
import type { Filter } from './filter.ts'
import type { TraitTest } from './value-test.ts'

/** "Customers with at least 2 'Product Viewed' in the last 7 days and no 'Order Completed'". */
export function englishSentence(
  definition: Definition,
  naming: (name: string) => string = (name) => name,
): string {
  return `Customers ${clause(definition.where, naming)}`
}

type Names = (name: string) => string

function clause(condition: Condition, names: Names): string {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of
        .map((one) =>
          (one.kind === 'all' || one.kind === 'any') && one.of.length > 1
            ? `(${clause(one, names)})`
            : clause(one, names),
        )
        .join(condition.kind === 'all' ? ' and ' : ' or ')
    case 'not':
      return `not (${clause(condition.of, names)})`
    case 'trait':
    case 'fact':
      return `whose ${names(condition.path)} ${tested(condition.is)}`
    case 'member':
      return condition.is === 'member' ? 'who are members' : 'who are not members'
    case 'event':
      return eventClause(condition, names)
    default:
      return unreachable(condition)
  }
}

function eventClause({ event, where, window, measure }: EventCondition, names: Names): string {
  const what = `'${names(event)}'${where ? ` (${filtered(where, names)})` : ''}`
  const when = within(window)
  switch (measure.of) {
    case 'count': {
      const { is } = measure
      const never =
        is.op !== 'between' &&
        ((is.op === '=' && is.value === 0) || (is.op === '<' && is.value === 1))
      return `with ${never ? 'no' : compared(is)} ${what}${when}`
    }
    case 'sum':
      return `with a total ${names(measure.path)} of ${compared(measure.is)}${measure.currency ? ` ${measure.currency}` : ''} over ${what}${when}`
    case 'first':
    case 'last':
      return `whose ${measure.of} ${what}${when} was ${timed(measure.is)}`
    default:
      return unreachable(measure)
  }
}

function filtered(filter: Filter, names: Names): string {
  switch (filter.kind) {
    case 'all':
    case 'any':
      return filter.of
        .map((one) =>
          one.kind === 'all' || one.kind === 'any'
            ? `(${filtered(one, names)})`
            : filtered(one, names),
        )
        .join(filter.kind === 'all' ? ' and ' : ' or ')
    case 'not':
      return `not (${filtered(filter.of, names)})`
    case 'property':
      return `${names(filter.path)} ${tested(filter.is)}`
    case 'products':
      return `${filter.match === 'any' ? 'with a product' : 'all products'} whose ${filter.where
        .map(({ field, is }) => `${names(field)} ${tested(is)}`)
        .join(' and ')}`
    default:
      return unreachable(filter)
  }
}

function tested(test: TraitTest): string {
  if (test.op === 'exists') return 'is known'
  switch (test.type) {
    case 'text': {
      if (test.op === 'any-of') return `is one of ${test.values.map(quoted).join(', ')}`
      const verb = { equals: 'is', contains: 'contains', 'starts-with': 'starts with' }[test.op]
      return `${verb} ${quoted(test.value)}`
    }
    case 'number':
      return test.op === 'any-of'
        ? `is one of ${test.values.map(figure).join(', ')}`
        : `is ${compared(test.than)}`
    case 'boolean':
      return test.value ? 'is yes' : 'is no'
    case 'date':
      return `is ${timed(test.than)}`
    default:
      return unreachable(test)
  }
}

function compared(is: NumberComparison): string {
  if (is.op === 'between') return `${figure(is.from)} to ${figure(is.to)}`
  const words = {
    '=': 'exactly',
    '>=': 'at least',
    '<=': 'at most',
    '>': 'more than',
    '<': 'less than',
  }
  return `${words[is.op]} ${figure(is.value)}`
}

function timed(is: TimeComparison): string {
  switch (is.op) {
    case 'before':
      return `before ${is.at}`
    case 'after':
      return `on or after ${is.at}`
    case 'between':
      return `from ${is.from} until ${is.to}`
    case 'within-last':
      return `within the last ${spanned(is.span)}`
    case 'within-next':
      return `within the next ${spanned(is.span)}`
    case 'at-least-ago':
      return `at least ${spanned(is.span)} ago`
    default:
      return unreachable(is)
  }
}

function within(window: Window): string {
  switch (window.kind) {
    case 'ever':
      return ''
    case 'rolling':
      return ` in the last ${spanned(window.span)}`
    case 'between':
      return ` from ${window.from} until ${window.to}`
    default:
      return unreachable(window)
  }
}

function spanned({ amount, unit }: Span): string {
  return `${figure(amount)} ${amount === 1 ? unit.slice(0, -1) : unit}`
}

function figure(value: number): string {
  return value.toLocaleString('en')
}

function quoted(text: string): string {
  return `'${text}'`
}
