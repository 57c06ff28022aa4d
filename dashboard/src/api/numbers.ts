import type { DifferenceReason } from '../../../server/src/connect/numbers/compare.ts'
import type { NumberPeriod } from '../../../server/src/connect/numbers/period.ts'
import { api } from './client.ts'
import type { Connection } from './connections.ts'

/** Amounts are in currency units. */
type SideTotals = { readonly orders: number; readonly paid: number; readonly refunded: number }
export type NumberDifference = {
  readonly id: string
  readonly reason: DifferenceReason
  /** null: not counted on that side. */
  readonly ours: number | null
  readonly theirs: number | null
  readonly refundedOurs: number
  readonly refundedTheirs: number
  readonly at: number
}
export type NumbersAnswer = {
  readonly from: number
  readonly to: number
  readonly checkedAt: number
  readonly ours: SideTotals
  readonly theirs: SideTotals
  readonly same: number
  readonly reasons: Readonly<Partial<Record<DifferenceReason, number>>>
  readonly differences: readonly NumberDifference[]
  readonly members: {
    readonly theirs: number
    readonly known: number
    readonly unknown: readonly string[]
  }
  readonly sources: readonly {
    readonly kind: Connection['kind']
    readonly name: string
    readonly orders: number
    readonly members: number
    readonly seenAt: number | null
  }[]
}
export const getNumbers = (period: NumberPeriod, signal?: AbortSignal) =>
  api.get<NumbersAnswer>('/api/connect/numbers', { period }, signal)

type NumberCheck = {
  readonly period: NumberPeriod
  readonly checkedAt: number
  readonly matchedAt: number | null
  readonly differences: number
}
export const getNumberChecks = (signal?: AbortSignal) =>
  api.get<{ readonly items: readonly NumberCheck[] }>('/api/connect/numbers/checks', {}, signal)
