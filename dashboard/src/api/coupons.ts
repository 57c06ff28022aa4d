import type { IssuedCoupon } from '../../../server/src/coupons/issued-answer.ts'
import type { PoolAnswer } from '../../../server/src/coupons/pool-answer.ts'
import type { PoolChange, PoolDraft } from '../../../server/src/coupons/pool-draft.ts'
import { api, type PageOf } from './client.ts'

export type { IssuedCoupon, PoolAnswer, PoolChange, PoolDraft }

export const listCoupons = (archived: boolean, signal?: AbortSignal) =>
  api.get<{ readonly items: readonly PoolAnswer[] }>('/api/coupons', { archived }, signal)

export const getCoupon = (id: number, signal?: AbortSignal) =>
  api.get<PoolAnswer>(`/api/coupons/${id}`, {}, signal)

export const makeCoupon = (draft: PoolDraft) => api.post<PoolAnswer>('/api/coupons', draft)

export const changeCoupon = (id: number, change: PoolChange) =>
  api.patch<PoolAnswer>(`/api/coupons/${id}`, change)

/** What came of a list of codes. */
export type CodesAdded = {
  readonly added: number
  readonly known: number
  readonly refused: readonly {
    readonly line: number
    readonly value: string
    readonly reason: 'not_a_code' | 'twice'
  }[]
}

export const addCodes = (id: number, text: string) =>
  api.post<CodesAdded>(`/api/coupons/${id}/codes`, { text })

export const listIssued = (
  query: {
    readonly pool?: number
    readonly customer?: number
    readonly state?: string
    readonly code?: string
    readonly after?: string | undefined
    readonly limit?: number
  },
  signal?: AbortSignal,
) => api.get<PageOf<IssuedCoupon>>('/api/coupons/issued', query, signal)
