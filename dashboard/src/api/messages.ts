import type { Nature } from '../../../server/src/messages/content.ts'
import type { MessageContent } from '../../../server/src/messages/message-content.ts'
import { api, type PageOf } from './client.ts'

export type MessageState = 'queued' | 'sending' | 'sent' | 'unconfirmed' | 'failed' | 'refused'

export type MessageRow = {
  readonly id: number
  readonly customer: number
  readonly customerName: string | null
  readonly campaign: number | null
  readonly campaignName: string | null
  readonly channel: string
  readonly state: MessageState
  readonly reason: string | null
  readonly why: { readonly ko: string; readonly en: string } | null
  /** Masked. */
  readonly recipient: string | null
  readonly subject: string | null
  readonly createdAt: number
  readonly sentAt: number | null
  readonly deliveredAt: number | null
  readonly clickedAt: number | null
}

export type MessageDetail = MessageRow & {
  readonly html: string | null
  readonly text: string | null
}

export const listMessages = (
  query: {
    readonly after?: string | undefined
    readonly state?: string | undefined
    readonly campaign?: string | undefined
    readonly limit?: number
  },
  signal?: AbortSignal,
) => api.get<PageOf<MessageRow>>('/api/messages', query, signal)
export const getMessage = (id: number, signal?: AbortSignal) =>
  api.get<MessageDetail>(`/api/messages/${id}`, {}, signal)
export const settleMessage = (id: number, sent: boolean) =>
  api.post<unknown>(`/api/messages/${id}/settle`, { sent })

export const resendMessage = (id: number) => api.post<unknown>(`/api/messages/${id}/resend`, {})

export type TestSent = {
  readonly provider: string
  readonly outcome: 'accepted' | 'temporary' | 'permanent' | 'no_balance' | 'ambiguous'
  readonly detail: string | null
}
export const sendTest = (body: {
  readonly content: MessageContent
  readonly nature: Nature
  readonly to: string
  readonly context: Readonly<Record<string, unknown>>
}) => api.post<TestSent>('/api/messages/test-send', body)

export type DecisionOutcome =
  | 'sent'
  | 'held'
  | 'refused'
  | 'would_send'
  | 'queued'
  | 'unconfirmed'
  | 'failed'
export type Decision = {
  readonly id: number
  readonly at: number
  readonly customer: number
  readonly customerName: string | null
  readonly campaignName: string | null
  readonly outcome: DecisionOutcome
  readonly why: { readonly ko: string; readonly en: string }
}
export const listDecisions = (
  query: {
    readonly after?: string | undefined
    readonly outcome?: DecisionOutcome | undefined
    readonly limit?: number
  },
  signal?: AbortSignal,
) => api.get<PageOf<Decision>>('/api/decisions', query, signal)

export type InboxMail = {
  readonly id: number
  readonly message: number | null
  readonly channel: string
  readonly recipient: string
  readonly subject: string
  readonly at: number
}
export type InboxMailOpen = InboxMail & { readonly html: string | null; readonly text: string }
export const listInbox = (
  query: { readonly after?: string | undefined; readonly limit?: number },
  signal?: AbortSignal,
) => api.get<PageOf<InboxMail>>('/api/inbox', query, signal)
export const getInboxMail = (id: number, signal?: AbortSignal) =>
  api.get<InboxMailOpen>(`/api/inbox/${id}`, {}, signal)
