import type { CarriedChannel } from '../../../server/src/messages/intent.ts'
import type { Form } from '../../../server/src/messages/price.ts'
import type { SendingSettings } from '../../../server/src/messages/sending.ts'
import { api } from './client.ts'

export const getLimits = (signal?: AbortSignal) =>
  api.get<SendingSettings>('/api/sending/limits', {}, signal)

/** Changes what is given; the rest stays. */
export const putLimits = (change: Partial<SendingSettings>, seen: SendingSettings) =>
  api.patch<SendingSettings>('/api/sending/limits', change, seen)

export type Spending = {
  readonly spent: number
  readonly budget: number | null
  readonly warning: 'none' | 'near' | 'spent'
  readonly items: readonly {
    readonly form: Form
    readonly messages: number
    readonly cost: number
  }[]
  /** What waits because a provider fails or an account is empty. */
  readonly resting: readonly {
    readonly channel: CarriedChannel
    readonly reason: 'provider_paused' | 'no_balance'
    readonly messages: number
  }[]
  /** How long each channel may send advertising today; null where the night does not bind it. */
  readonly hours: readonly {
    readonly channel: CarriedChannel
    readonly leftTodayMs: number | null
  }[]
}
export const getSpending = (signal?: AbortSignal) =>
  api.get<Spending>('/api/sending/spending', {}, signal)

/** What so many messages cost at most; null while nobody has said the price. */
export type Estimate = {
  readonly unit: number
  readonly total: number
  /** Of the month's budget; null without one. */
  readonly left: number | null
  readonly fits: boolean
} | null
export const getEstimate = (
  query: { readonly form: Form; readonly recipients: number },
  signal?: AbortSignal,
) => api.get<Estimate>('/api/sending/estimate', query, signal)

/** Whether all sending is stopped, by whom, and what waits. */
export type Halt = {
  readonly halt: { readonly at: number; readonly by: string } | null
  /** Since when this is a restored copy that nobody has called the one yet, UTC ms. */
  readonly copiedAt: number | null
  readonly queued: readonly { readonly channel: CarriedChannel; readonly messages: number }[]
}
export const getHalt = (signal?: AbortSignal) => api.get<Halt>('/api/sending/halt', {}, signal)
export const setHalt = (to: 'halt' | 'resume' | 'take-over') =>
  api.post<Halt>(`/api/sending/${to}`, {})
