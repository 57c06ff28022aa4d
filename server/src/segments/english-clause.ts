import { unreachable } from '../lib/assert.ts'
import type { AnniversaryTest } from './anniversary.ts'
import type { NumberComparison, Span, TimeComparison } from './comparison.ts'
import type { TraitTest } from './value-test.ts'

/** What is said of a value: `is at least 3`. */
export function tested(test: TraitTest): string {
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
      return test.op === 'anniversary' ? returns(test) : `is ${timed(test.than)}`
    case 'list': {
      const amount = { 'has-any': 'any', 'has-all': 'all', 'has-none': 'none' }[test.op]
      return `has ${amount} of ${test.values.map(quoted).join(', ')}`
    }
    default:
      return unreachable(test)
  }
}

/** `at least 3`. */
export function compared(is: NumberComparison): string {
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

function returns({ inDays: { from, to } }: AnniversaryTest): string {
  const day = (days: number): string =>
    days === 0
      ? 'today'
      : `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'} ${days < 0 ? 'ago' : 'from now'}`
  return from === to
    ? `has its anniversary ${day(from)}`
    : `has its anniversary between ${day(from)} and ${day(to)}`
}

/** `within the last 30 days`. */
export function timed(is: TimeComparison): string {
  switch (is.op) {
    case 'before':
      return `before ${moment(is.at)}`
    case 'after':
      return `on or after ${moment(is.at)}`
    case 'between':
      return `from ${moment(is.from)} until ${moment(is.to)}`
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

/** `2026-01-01`, with the time of day unless it is midnight, and the zone that was said. */
export function moment(instant: string): string {
  const [date = '', rest = ''] = instant.split(/[Tt ]/)
  const time = rest.slice(0, 5)
  const zone = rest.replace(/^[\d:.]*/, '')
  const shown = time === '' || time === '00:00' ? '' : ` ${time}`
  return `${date}${shown}${zone === '' ? '' : ` (${/^z$/i.test(zone) ? 'UTC' : zone})`}`
}

/** `30 days`. */
export function spanned({ amount, unit }: Span): string {
  return `${figure(amount)} ${amount === 1 ? unit.slice(0, -1) : unit}`
}

/** A number with its thousands apart. */
export function figure(value: number): string {
  return value.toLocaleString('en')
}

/** A value as it stands in a sentence. */
export function quoted(text: string): string {
  return `'${text}'`
}
