import type {
  BacktestAsked,
  BacktestResult,
  BacktestState,
  Said,
} from '../../../server/src/campaigns/backtest/backtest.ts'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { api } from './client.ts'

/** A campaign tried on the past: how far it is, and what it found. */
export type Backtest = {
  readonly id: number
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

export const askBacktest = (asked: BacktestAsked) =>
  api.post<{ readonly id: number }>('/api/backtests', asked)
export const getBacktest = (id: number, signal?: AbortSignal) =>
  api.get<Backtest>(`/api/backtests/${id}`, {}, signal)
export const cancelBacktest = (id: number) => api.post<Backtest>(`/api/backtests/${id}/cancel`, {})
