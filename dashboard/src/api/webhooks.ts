import { api, type PageOf } from './client.ts'

export type WebhookOn = 'enter' | 'leave' | 'both'
export type Webhook = {
  readonly id: number
  readonly url: string
  readonly on: WebhookOn
  /** Names of events it tells, none for everything customers do; null for a segment's. */
  readonly events: readonly string[] | null
  readonly failingSince: number | null
  readonly pausedAt: number | null
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
/** Of a segment; of null those that are told of events. */
const at = (segment: number | null, webhook?: number) =>
  `${segment === null ? '/api/webhooks' : `/api/segments/${segment}/webhooks`}${webhook === undefined ? '' : `/${webhook}`}`

export const listWebhooks = (segment: number | null, signal?: AbortSignal) =>
  api.get<{ readonly items: readonly Webhook[] }>(at(segment), {}, signal)
export const createWebhook = (
  segment: number | null,
  body: { readonly url: string; readonly on?: WebhookOn; readonly events?: readonly string[] },
) => api.post<Webhook & { readonly secret: string }>(at(segment), body)
export const resumeWebhook = (segment: number | null, webhook: number) =>
  api.post<unknown>(`${at(segment, webhook)}/resume`, {})
export const removeWebhook = (segment: number | null, webhook: number) =>
  api.delete<unknown>(at(segment, webhook))
export const testWebhook = (segment: number | null, webhook: number) =>
  api.post<{
    readonly ok: boolean
    readonly status: number | null
    readonly error: string | null
  }>(`${at(segment, webhook)}/test`, {})
export const listDeliveries = (
  { segment, webhook }: { readonly segment: number | null; readonly webhook: number },
  signal?: AbortSignal,
) => api.get<PageOf<Delivery>>(`${at(segment, webhook)}/deliveries`, { limit: 10 }, signal)
export const retryDelivery = (
  { segment, webhook }: { readonly segment: number | null; readonly webhook: number },
  delivery: string,
) => api.post<unknown>(`${at(segment, webhook)}/deliveries/${delivery}/retry`, {})
