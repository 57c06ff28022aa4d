import type { Kept } from '../../../server/src/jobs/kept-result.ts'
import { api } from './client.ts'
import type { EffectReport } from './effect.ts'

/** The share held out of all advertising, and how many people advertising concerned in `days`. */
export type ShopWidePrice = {
  readonly share: number
  readonly days: number
  readonly people: number
  readonly began: number | null
}

export const getShopWide = (signal?: AbortSignal) =>
  api.get<ShopWidePrice>('/api/proof/shop-wide', {}, signal)

export const getShopWideEffect = (
  asked: { readonly fresh?: '1' },
  signal?: AbortSignal,
): Promise<Kept<EffectReport>> => api.get('/api/proof/shop-wide/effect', asked, signal)

/** How long a campaign would take, by share held out. */
export type Durations = {
  readonly entrantsAWeek: number
  readonly durations: readonly {
    readonly share: number
    readonly people: number
    readonly weeks: number
  }[]
}

export const getDurations = (
  asked: {
    readonly event?: string
    readonly crossed?: string
    readonly audience?: string
    readonly window_days: string
    readonly by: 'purchase' | 'orders'
  },
  signal?: AbortSignal,
) => api.get<Durations>('/api/proof/duration', asked, signal)
