import type { Light } from '../../../server/src/channels/email/domain-check.ts'
import type { Brand } from '../../../server/src/messages/brand.ts'
import type { Tracking } from '../../../server/src/messages/opens.ts'
import { api } from './client.ts'

export type MailAccount = {
  readonly carrier: 'inbox' | 'smtp' | 'ses' | 'resend'
  readonly ses: {
    readonly region: string
    readonly accessKeyId: string
    readonly configurationSet: string
    readonly topic: string
  } | null
  readonly resend: { readonly hasWebhookSecret: boolean } | null
  readonly hooks: { readonly ses: string; readonly resend: string }
}

export type MailAccountWrite =
  | {
      readonly provider: 'ses'
      readonly region: string
      readonly accessKeyId: string
      readonly configurationSet: string
      readonly topic: string
      readonly secretKey?: string
    }
  | { readonly provider: 'resend'; readonly key?: string; readonly webhookSecret?: string }

export type Checked = { readonly works: boolean; readonly detail: string | null }

export const getMail = (signal?: AbortSignal) => api.get<MailAccount>('/api/shop/mail', {}, signal)
export const putMail = (body: MailAccountWrite, seen: MailAccount | undefined) =>
  api.put<MailAccount>('/api/shop/mail', body, seen)
export const removeMail = () => api.delete<MailAccount>('/api/shop/mail')
export const checkMail = () => api.post<Checked>('/api/shop/mail/check', {})

export const getDomain = (selector: string, signal?: AbortSignal) =>
  api.get<{ readonly domain: string; readonly lights: readonly Light[] }>(
    '/api/shop/mail/domain',
    { selector },
    signal,
  )

export type Mailbox = {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly user: string
  readonly folder: string
  readonly readAt: number | null
  readonly found: number
  readonly error: string | null
}
export type MailboxWrite = Pick<Mailbox, 'host' | 'port' | 'secure' | 'user' | 'folder'> & {
  readonly password?: string
}

export const getMailbox = (signal?: AbortSignal) =>
  api.get<Mailbox | null>('/api/shop/mailbox', {}, signal)
export function putMailbox(body: MailboxWrite, seen: Mailbox | null) {
  if (seen === null) return api.put<Mailbox>('/api/shop/mailbox', body, seen)
  // What reading it told is no setting, and moves by itself.
  const { readAt: _, found: __, error: ___, ...settings } = seen
  return api.put<Mailbox>('/api/shop/mailbox', body, settings)
}
export const removeMailbox = () => api.delete<unknown>('/api/shop/mailbox')
export const checkMailbox = () => api.post<Checked>('/api/shop/mailbox/check', {})

export const getBrand = (signal?: AbortSignal) => api.get<Brand>('/api/shop/brand', {}, signal)
export const putBrand = (body: Brand, seen: Brand) => api.put<Brand>('/api/shop/brand', body, seen)

export const getTracking = (signal?: AbortSignal) =>
  api.get<Tracking>('/api/shop/tracking', {}, signal)
export const putTracking = (body: Tracking, seen: Tracking) =>
  api.put<Tracking>('/api/shop/tracking', body, seen)
