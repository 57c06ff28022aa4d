import type {
  BacktestAsked,
  BacktestResult,
  BacktestState,
  Said,
} from '../../../server/src/campaigns/backtest/backtest.ts'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { api, type PageOf } from './client.ts'

/** A campaign tried on the past: how far it is, and what it found. */
export type Backtest = {
  readonly id: number
  readonly createdAt: number
  readonly from: number
  readonly to: number
  readonly state: BacktestState
  /** People gone through, and in all; 0 before that is known. */
  readonly done: number
  readonly people: number
  /** Why it came to no end. */
  readonly problem: (Said & { readonly code: string }) | null
  readonly flow: Flow
  readonly against: Flow | null
  readonly result: BacktestResult | null
  readonly names: readonly { readonly customer: number; readonly name: string | null }[]
}

/** One of the earlier ones; `by`: a person's name, or `key:3` or `system`. */
export type EarlierBacktest = Omit<Backtest, 'flow' | 'against' | 'result' | 'names'> & {
  readonly by: string
  /** People who entered, and messages; null while it is not done. */
  readonly entered: number | null
  readonly sent: number | null
  /** Two versions lived through it. */
  readonly compares: boolean
}

export const earlierBacktests = (campaign: number, signal?: AbortSignal) =>
  api.get<PageOf<EarlierBacktest>>('/api/backtests', { campaign, limit: 20 }, signal)
export const askBacktest = (asked: BacktestAsked) =>
  api.post<{ readonly id: number }>('/api/backtests', asked)
export const getBacktest = (id: number, signal?: AbortSignal) =>
  api.get<Backtest>(`/api/backtests/${id}`, {}, signal)
export const cancelBacktest = (id: number) => api.post<Backtest>(`/api/backtests/${id}/cancel`, {})
