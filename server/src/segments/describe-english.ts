import { unreachable } from '../lib/assert.ts'
import type { Condition, Definition } from './definition.ts'
import { campaignCalled, englishFact, segmentCalled } from './describe-person.ts'
import { englishSequence } from './describe-sequence.ts'
import { compared, moment, spanned, tested, timed } from './english-clause.ts'
import type { EventCondition, Window } from './event-condition.ts'
import type { Filter } from './filter.ts'

/** "Customers with at least 2 'Product Viewed' in the last 7 days and no 'Order Completed'". */
export function englishSentence(
  definition: Definition,
  naming: (name: string) => string | undefined,
): string {
  return `Customers ${clause(definition.where, (name) => naming(name) ?? name)}`
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
      return `whose ${names(condition.path)} ${tested(condition.is)}`
    case 'fact':
      return englishFact(condition)
    case 'random':
      return `in the random ${condition.from}-${condition.to} % of '${condition.seed}'`
    case 'segment':
      return `who are in the segment ${segmentCalled(condition.segment, names)}`
    case 'member':
      return condition.is === 'member' ? 'who are members' : 'who are not members'
    case 'event':
      return eventClause(condition, names)
    case 'sequence':
      return englishSequence(condition, (one) => happened(one, names))
    default:
      return unreachable(condition)
  }
}

function happened(
  { event, where }: { readonly event: string; readonly where?: Filter | undefined },
  names: Names,
): string {
  return `'${names(event)}'${where ? ` (${filtered(where, names)})` : ''}`
}

function eventClause({ event, where, window, measure }: EventCondition, names: Names): string {
  const what = happened({ event, where }, names)
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
    case 'avg':
    case 'min':
    case 'max': {
      const kind = { sum: 'a total', avg: 'an average', min: 'a smallest', max: 'a largest' }
      const unit = measure.currency ? ` ${measure.currency}` : ''
      return `with ${kind[measure.of]} ${names(measure.path)} of ${compared(measure.is)}${unit} over ${what}${when}`
    }
    case 'distinct':
      return `with ${compared(measure.is)} different values of ${names(measure.path)} over ${what}${when}`
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
      return `${names(filter.path)} ${campaignCalled(filter, names) ?? tested(filter.is)}`
    case 'products':
      return `${filter.match === 'any' ? 'with a product' : 'all products'} whose ${filter.where
        .map(({ field, is }) => `${names(field)} ${tested(is)}`)
        .join(' and ')}`
    default:
      return unreachable(filter)
  }
}

function within(window: Window): string {
  switch (window.kind) {
    case 'ever':
      return ''
    case 'rolling':
      return window.until
        ? ` between ${spanned(window.span)} and ${spanned(window.until)} ago`
        : ` in the last ${spanned(window.span)}`
    case 'between':
      return ` from ${moment(window.from)} until ${moment(window.to)}`
    case 'before':
      return ` before ${moment(window.at)}`
    case 'after':
      return ` from ${moment(window.at)} on`
    case 'calendar':
      if (window.unit === 'day') return window.which === 'this' ? ' today' : ' yesterday'
      return ` ${window.which} ${window.unit}`
    default:
      return unreachable(window)
  }
}
