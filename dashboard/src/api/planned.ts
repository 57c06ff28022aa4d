import { api } from './client.ts'

/** A time at which a campaign calls people, called them, or would if it were switched on. */
export type PlannedRun = {
  readonly campaign: number
  readonly name: string
  readonly state: 'draft' | 'live' | 'paused' | 'done'
  /** UTC ms */
  readonly at: number
  /** Calls some people every day from then on. */
  readonly daily: boolean
  readonly people: number | null
}

/** Everything planned between two times (UTC ms). */
export const getPlanned = (
  span: { readonly from: number; readonly to: number },
  signal?: AbortSignal,
) => api.get<{ readonly items: readonly PlannedRun[] }>('/api/planned-runs', span, signal)
