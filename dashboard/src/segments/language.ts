import type {
  NowComparison,
  NumberComparison,
  Span,
} from '../../../server/src/segments/comparison.ts'
import type { Filter } from '../../../server/src/segments/filter.ts'
import type {
  PropertyTest,
  TraitTest as StoredTest,
} from '../../../server/src/segments/value-test.ts'

// The language of definitions as the builder writes it; the server's schema (definition.ts) reads it.

/** Between two days of a year that return: 0 is today. `zone` is the shop's. */
export type AnniversaryTest = {
  readonly type: 'date'
  readonly op: 'anniversary'
  readonly inDays: { readonly from: number; readonly to: number }
  readonly zone: string
}
export type ListTest =
  | {
      readonly type: 'list'
      readonly op: 'has-any' | 'has-all' | 'has-none'
      readonly values: readonly string[]
    }
  | { readonly type: 'list'; readonly op: 'exists' }
/** A test of a trait or of a fact. */
export type ValueTest = StoredTest | AnniversaryTest | ListTest
export type { Filter, NowComparison, NumberComparison, PropertyTest, Span }

export type CalendarWindow = {
  readonly kind: 'calendar'
  readonly unit: 'day' | 'week' | 'month'
  readonly which: 'this' | 'last'
  readonly zone: string
}
export type Window =
  | { readonly kind: 'ever' }
  | { readonly kind: 'rolling'; readonly span: Span; readonly until?: Span | undefined }
  | { readonly kind: 'between'; readonly from: string; readonly to: string }
  | { readonly kind: 'before' | 'after'; readonly at: string }
  | CalendarWindow

export type TimeComparison =
  | { readonly op: 'before' | 'after'; readonly at: string }
  | { readonly op: 'between'; readonly from: string; readonly to: string }
  | NowComparison
export type Measure =
  | { readonly of: 'count'; readonly is: NumberComparison }
  | {
      readonly of: 'sum'
      readonly path: string
      readonly currency?: string | undefined
      readonly is: NumberComparison
    }
  | { readonly of: 'avg' | 'min' | 'max'; readonly path: string; readonly is: NumberComparison }
  | { readonly of: 'distinct'; readonly path: string; readonly is: NumberComparison }
  | { readonly of: 'first' | 'last'; readonly is: TimeComparison }

/** What one person did, and how it is measured. */
export type EventCondition = {
  readonly kind: 'event'
  readonly event: string
  readonly where?: Filter | undefined
  readonly window: Window
  readonly measure: Measure
}
export type Happened = { readonly event: string; readonly where?: Filter | undefined }
export type Step = Happened & {
  /** How soon after the step before it; the first step has none. */
  readonly within?: Span | undefined
  /** What may not stand between this step and the one before it. */
  readonly without?: Happened | undefined
}
/** Steps one after the other, and perhaps what did not follow. */
export type SequenceCondition = {
  readonly kind: 'sequence'
  readonly steps: readonly Step[]
  readonly not?: (Happened & { readonly within: Span }) | undefined
  readonly sameProduct?: boolean | undefined
  readonly window: { readonly kind: 'rolling'; readonly span: Span }
}
export type ValueCondition = {
  readonly kind: 'trait' | 'fact'
  readonly path: string
  readonly is: ValueTest
}
export type MemberCondition = { readonly kind: 'member'; readonly is: 'member' | 'anonymous' }
export type SegmentCondition = { readonly kind: 'segment'; readonly segment: number }
export type RandomCondition = {
  readonly kind: 'random'
  readonly seed: string
  readonly from: number
  readonly to: number
}
export type Leaf =
  | EventCondition
  | SequenceCondition
  | ValueCondition
  | MemberCondition
  | SegmentCondition
  | RandomCondition
export type Group = { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
export type Not = { readonly kind: 'not'; readonly of: Condition }
export type Condition = Group | Not | Leaf
export type Definition = { readonly format: 1; readonly where: Condition }

/** Whether a condition holds others. */
export function isGroup(condition: Condition): condition is Group {
  return condition.kind === 'all' || condition.kind === 'any'
}
