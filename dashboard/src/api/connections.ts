import { api } from './client.ts'

/** How far one resource of a connection is brought; times in UTC ms. */
export type ConnectionProgress = {
  readonly resource: 'products' | 'members' | 'orders'
  readonly state: 'waiting' | 'backfill' | 'following'
  readonly done: number
  readonly total: number | null
  readonly known: number
  readonly refused: number
  readonly refusals: readonly { readonly id: string; readonly why: string }[]
  readonly broughtAt: number | null
  readonly watermark: number | null
  readonly nextAt: number
  readonly error: string | null
  readonly detail: string | null
}

export type Connection = {
  readonly id: number
  readonly kind: 'cafe24' | 'shopify' | 'woocommerce' | 'files'
  readonly name: string
  readonly state: 'asked' | 'connected' | 'broken' | 'disconnected'
  readonly connectedAt: number | null
  readonly lastOkAt: number | null
  readonly brokenAt: number | null
  readonly error: string | null
  readonly detail: string | null
  readonly webhookUrl: string | null
  readonly lastNoticeAt: number | null
  readonly noticesWaiting: number
  readonly progress: readonly ConnectionProgress[]
  readonly settleError: string | null
}

export const listConnections = (signal?: AbortSignal) =>
  api.get<{ readonly items: readonly Connection[] }>('/api/connections', {}, signal)
export const lookNow = (id: number) => api.post<object>(`/api/connections/${id}/look`, {})
export const disconnect = (id: number) => api.post<object>(`/api/connections/${id}/disconnect`, {})

/** What is written into the shop's own app at Cafe24. */
export const cafe24App = (signal?: AbortSignal) =>
  api.get<{ readonly redirectUri: string; readonly scopes: readonly string[] }>(
    '/api/connections/cafe24/app',
    {},
    signal,
  )
export const beginCafe24 = (app: {
  readonly mall: string
  readonly clientId: string
  readonly clientSecret: string
}) => api.post<{ readonly authorizeUrl: string }>('/api/connections/cafe24', app)
export const finishCafe24 = (back: { readonly code: string; readonly state: string }) =>
  api.post<{ readonly id: number }>('/api/connections/cafe24/finish', back)
