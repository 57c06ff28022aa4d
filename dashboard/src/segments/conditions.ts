import type { Condition, Definition } from '../../../server/src/segments/definition.ts'
import type { EventCondition, Window } from '../../../server/src/segments/event-condition.ts'

/** How a happening is measured, as the builder offers it; `other` was made by the API and is only shown. */
export type Mode = 'at-least' | 'at-most' | 'never' | 'spent' | 'gone' | 'other'
export const modes: readonly Mode[] = ['at-least', 'at-most', 'never', 'spent', 'gone']

/** The mode of an event condition. */
export function modeOf({ measure }: EventCondition): Mode {
  const { is } = measure
  if (measure.of === 'count') {
    if (is.op === '>=') return 'at-least'
    if (is.op === '<=') return 'at-most'
    if (is.op === '=' && 'value' in is && is.value === 0) return 'never'
    return 'other'
  }
  if (measure.of === 'sum') return is.op === '>=' && measure.path === 'value' ? 'spent' : 'other'
  return measure.of === 'last' && is.op === 'at-least-ago' ? 'gone' : 'other'
}

/** The number that the mode speaks of: times, an amount, days. */
export function amountOf({ measure }: EventCondition): number {
  const { is } = measure
  if ('value' in is) return is.value
  if ('span' in is) return is.span.amount
  return 1
}

/** The same condition measured another way. `currency` is the shop's. */
export function measured(
  condition: EventCondition,
  to: { readonly mode: Mode; readonly amount: number; readonly currency: string },
): EventCondition {
  const amount = Math.max(0, Math.round(to.amount))
  const counted = (op: '>=' | '<=' | '=', value: number): EventCondition => ({
    ...condition,
    measure: { of: 'count', is: { op, value } },
  })
  switch (to.mode) {
    case 'at-least':
      return counted('>=', Math.max(1, amount))
    case 'at-most':
      return counted('<=', Math.max(1, amount))
    case 'never':
      return counted('=', 0)
    case 'spent':
      return {
        ...condition,
        measure: {
          of: 'sum',
          path: 'value',
          currency: to.currency,
          is: { op: '>=', value: amount },
        },
      }
    case 'gone':
      return {
        ...condition,
        window: { kind: 'ever' },
        measure: {
          of: 'last',
          is: { op: 'at-least-ago', span: { amount: Math.max(1, amount), unit: 'days' } },
        },
      }
    case 'other':
      return condition
  }
}

/** What a mode starts from. */
export const firstAmount = {
  'at-least': 1,
  'at-most': 1,
  never: 0,
  spent: 100_000,
  gone: 30,
  other: 1,
} as const

/** The last N of a unit, or all time. */
export function rolling(days: number | undefined): Window {
  return days === undefined
    ? { kind: 'ever' }
    : { kind: 'rolling', span: { amount: days, unit: 'days' } }
}

/** The parts of a definition as the builder edits it: one group of conditions. */
export type Draft = {
  readonly join: 'all' | 'any'
  readonly conditions: readonly Condition[]
}

/** A definition as one group; a single condition is a group of one. */
export function draftOf({ where }: Definition): Draft {
  if (where.kind === 'all' || where.kind === 'any') {
    return { join: where.kind, conditions: where.of }
  }
  return { join: 'all', conditions: [where] }
}

/** The definition of a draft; undefined while it has no condition. */
export function definitionOf({ join, conditions }: Draft): Definition | undefined {
  if (conditions.length === 0) return undefined
  return { format: 1, where: { kind: join, of: conditions } }
}

/** Conditions worth starting from: what each asks is said by the builder's words. */
export const starters: Readonly<Record<'carted' | 'lapsed' | 'looked', readonly Condition[]>> = {
  carted: [
    counted('Product Added', 7, { op: '>=', value: 1 }),
    counted('Order Completed', 7, { op: '=', value: 0 }),
  ],
  lapsed: [
    { kind: 'member', is: 'member' },
    {
      kind: 'event',
      event: 'Order Completed',
      window: { kind: 'ever' },
      measure: { of: 'last', is: { op: 'at-least-ago', span: { amount: 30, unit: 'days' } } },
    },
  ],
  looked: [
    counted('Product Viewed', 7, { op: '>=', value: 3 }),
    counted('Order Completed', 30, { op: '=', value: 0 }),
  ],
}

function counted(
  event: string,
  days: number,
  is: { readonly op: '>=' | '='; readonly value: number },
): EventCondition {
  return { kind: 'event', event, window: rolling(days), measure: { of: 'count', is } }
}

export type NewKind = 'event' | 'trait' | 'member'

/** A condition to begin with. */
export function fresh(
  kind: NewKind,
  known: { readonly event: string; readonly trait: string },
): Condition {
  switch (kind) {
    case 'event':
      return {
        kind: 'event',
        event: known.event,
        window: rolling(30),
        measure: { of: 'count', is: { op: '>=', value: 1 } },
      }
    case 'trait':
      return { kind: 'trait', path: known.trait, is: { type: 'any', op: 'exists' } }
    case 'member':
      return { kind: 'member', is: 'member' }
  }
}
