import type { Kept } from '../../../server/src/jobs/kept-result.ts'
import type { SuggestionKind } from '../../../server/src/reports/suggestions.ts'
import { api } from './client.ts'

export type Metric = {
  readonly now: number
  readonly before: number
  readonly series: readonly {
    readonly at: number
    readonly value: number
    readonly before?: number
  }[]
}

export type HomeReport = {
  readonly from: number
  readonly to: number
  readonly orders: Metric
  readonly revenue: Metric
  readonly messages: Metric
  readonly caused: {
    readonly now: number | null
    readonly low: number | null
    readonly high: number | null
    /** Campaigns that are not added, because their groups are not as set. */
    readonly leftOut: readonly { readonly id: number; readonly name: string }[]
    /** When it was worked out; null: it is being worked out for the first time. */
    readonly madeAt: number | null
  }
}

export const getHome = (query: { readonly days: number }, signal?: AbortSignal) =>
  api.get<HomeReport>('/api/reports/home', query, signal)

export type Suggestion = {
  readonly kind: SuggestionKind
  readonly people: number
  readonly reachable: number
  readonly amount: number | null
  readonly playbook: string
  readonly draft: number | null
}

export const getSuggestions = (signal?: AbortSignal) =>
  api.get<Kept<readonly Suggestion[]>>('/api/reports/suggestions', {}, signal)
