import type { Shown } from '../../../server/src/channels/shown.ts'
import type { CarriedChannel } from '../../../server/src/messages/intent.ts'
import type { NamedRule } from '../../../server/src/messages/law.ts'
import { api, type PageOf } from './client.ts'

export type MessageState = 'queued' | 'sending' | 'sent' | 'unconfirmed' | 'failed' | 'refused'

/** Why something went or not, and the rule behind it where there is one. */
type Why = { readonly ko: string; readonly en: string; readonly rule: NamedRule | null }

export type MessageRow = {
  readonly id: number
  readonly customer: number
  readonly customerName: string | null
  readonly campaign: number | null
  readonly campaignName: string | null
  readonly channel: string
  readonly state: MessageState
  readonly reason: string | null
  readonly why: Why | null
  /** Masked. */
  readonly recipient: string | null
  readonly subject: string | null
  /** What it begins with. */
  readonly excerpt: string | null
  readonly createdAt: number
  /** Times it was handed over, and what the last answer said. */
  readonly attempt: number
  readonly detail: string | null
  /** Not before this time, UTC ms. */
  readonly notBefore: number
  readonly sentAt: number | null
  readonly deliveredAt: number | null
  readonly clickedAt: number | null
}

export type MessageDetail = MessageRow & {
  readonly html: string | null
  readonly text: string | null
  readonly shown: Shown | null
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
  readonly channel: string
  /** Held to then, UTC ms. */
  readonly until: number | null
  readonly why: Why
}
export const listDecisions = (
  query: {
    readonly after?: string | undefined
    readonly outcome?: DecisionOutcome | undefined
    readonly limit?: number
  },
  signal?: AbortSignal,
) => api.get<PageOf<Decision>>('/api/decisions', query, signal)

export type InboxLine = {
  readonly id: number
  readonly message: number | null
  readonly channel: CarriedChannel
  /** Masked as fits the channel. */
  readonly recipient: string
  readonly subject: string
  /** The first words. */
  readonly excerpt: string
  readonly at: number
}
export type InboxMessage = Omit<InboxLine, 'excerpt'> & {
  readonly html: string | null
  readonly text: string
  readonly shown: Shown | null
}
export const listInbox = (
  query: {
    readonly after?: string | undefined
    readonly channel?: CarriedChannel | undefined
    readonly limit?: number
  },
  signal?: AbortSignal,
) => api.get<PageOf<InboxLine>>('/api/inbox', query, signal)
export const getInboxMessage = (id: number, signal?: AbortSignal) =>
  api.get<InboxMessage>(`/api/inbox/${id}`, {}, signal)
