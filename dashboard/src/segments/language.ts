import type { Span } from '../../../server/src/segments/comparison.ts'
import type { Condition } from '../../../server/src/segments/definition.ts'
import type { Measure } from '../../../server/src/segments/event-condition.ts'
import type { Filter } from '../../../server/src/segments/filter.ts'

// The parts of the server's language of definitions that the builder speaks of by name.

/** A condition that holds others. */
export type Group = Extract<Condition, { readonly kind: 'all' | 'any' }>
/** A condition without parts: one clause of the sentence. */
export type Leaf = Exclude<Condition, { readonly kind: 'all' | 'any' | 'not' }>
/** A test of a trait or of a fact. */
export type ValueCondition = Extract<Leaf, { readonly kind: 'trait' | 'fact' }>
export type MemberCondition = Extract<Leaf, { readonly kind: 'member' }>
/** What a number or a time of happenings is compared with. */
export type TimeComparison = Extract<Measure, { readonly of: 'first' | 'last' }>['is']
export type Happened = { readonly event: string; readonly where?: Filter | undefined }
export type Step = Happened & {
  /** How soon after the step before it; the first step has none. */
  readonly within?: Span | undefined
  /** What may not stand between this step and the one before it. */
  readonly without?: Happened | undefined
}

/** Whether a condition holds others. */
export function isGroup(condition: Condition): condition is Group {
  return condition.kind === 'all' || condition.kind === 'any'
}
