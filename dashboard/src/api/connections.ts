import { api } from './client.ts'

/** How far one resource of a connection is brought; times in UTC ms. */
export type ConnectionProgress = {
  readonly resource: 'products' | 'members' | 'orders' | 'coupons'
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
  /** What does not pass by itself, and since when (UTC ms). */
  readonly lasting: { readonly kind: string; readonly since: number } | null
  readonly webhookUrl: string | null
  readonly lastNoticeAt: number | null
  readonly noticesWaiting: number
  readonly progress: readonly ConnectionProgress[]
  readonly settleError: string | null
  /** Shopify: the script that the shop pastes as a custom pixel. */
  readonly pixelUrl: string | null
  /** What coupons there can take off; none: no coupons lie there. */
  readonly couponKinds: readonly string[]
  readonly listsNative: boolean
}

/** What a platform gives or sends by itself. */
export type NativeOffer = {
  readonly kind: 'coupon' | 'message'
  readonly id: string
  readonly name: string
  readonly when: string
  readonly isOn: boolean
}
export const listNative = (id: number, signal?: AbortSignal) =>
  api.get<{ readonly items: readonly NativeOffer[] }>(`/api/connections/${id}/native`, {}, signal)

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
  readonly serviceKey?: string | undefined
}) => api.post<{ readonly authorizeUrl: string }>('/api/connections/cafe24', app)
export const finishCafe24 = (back: { readonly code: string; readonly state: string }) =>
  api.post<{ readonly id: number }>('/api/connections/cafe24/finish', back)

/** What the shop's own app at Shopify must be allowed. */
export const shopifyApp = (signal?: AbortSignal) =>
  api.get<{ readonly scopes: readonly string[] }>('/api/connections/shopify/app', {}, signal)
export const connectShopify = (app: {
  readonly shop: string
  readonly clientId: string
  readonly clientSecret: string
  readonly adminToken: string | null
}) => api.post<{ readonly id: number }>('/api/connections/shopify', app)
export const connectWooCommerce = (shop: {
  readonly url: string
  readonly consumerKey: string
  readonly consumerSecret: string
  readonly smsConsentKey: string | null
  readonly emailConsentKey: string | null
}) => api.post<{ readonly id: number }>('/api/connections/woocommerce', shop)
