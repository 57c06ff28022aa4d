import { api, type PageOf } from './client.ts'

export type WebhookOn = 'enter' | 'leave' | 'both'
export type Webhook = {
  readonly id: number
  readonly url: string
  readonly on: WebhookOn
  readonly createdAt: number
}
export type Delivery = {
  readonly id: string
  readonly state: 'waiting' | 'sending' | 'sent' | 'failed'
  readonly attempt: number
  readonly createdAt: number
  readonly status: number | null
  readonly error: string | null
}
const at = (segment: number, webhook?: number) =>
  `/api/segments/${segment}/webhooks${webhook === undefined ? '' : `/${webhook}`}`

export const listWebhooks = (segment: number, signal?: AbortSignal) =>
  api.get<{ readonly items: readonly Webhook[] }>(at(segment), {}, signal)
export const createWebhook = (
  segment: number,
  body: { readonly url: string; readonly on: WebhookOn },
) => api.post<Webhook & { readonly secret: string }>(at(segment), body)
export const removeWebhook = (segment: number, webhook: number) =>
  api.delete<unknown>(at(segment, webhook))
export const testWebhook = (segment: number, webhook: number) =>
  api.post<{
    readonly ok: boolean
    readonly status: number | null
    readonly error: string | null
  }>(`${at(segment, webhook)}/test`, {})
export const listDeliveries = (
  { segment, webhook }: { readonly segment: number; readonly webhook: number },
  signal?: AbortSignal,
) => api.get<PageOf<Delivery>>(`${at(segment, webhook)}/deliveries`, { limit: 10 }, signal)
export const retryDelivery = (
  { segment, webhook }: { readonly segment: number; readonly webhook: number },
  delivery: string,
) => api.post<unknown>(`${at(segment, webhook)}/deliveries/${delivery}/retry`, {})
