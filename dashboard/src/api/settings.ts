import type { Role, Scope } from '../../../server/src/shops/access.ts'
import type { Sender } from '../../../server/src/shops/shop.ts'
import type { Pinned } from '../settings/snippets.ts'
import { api, type PageOf } from './client.ts'

export type ShopSettings = {
  readonly id: number
  readonly name: string
  readonly url: string
  readonly timeZone: string
  readonly currency: string
  readonly language: string
  readonly sender: Sender
}
export const getShop = (signal?: AbortSignal) => api.get<ShopSettings>('/api/shop', {}, signal)
export const changeShop = (body: Partial<Omit<ShopSettings, 'id'>>, seen: ShopSettings) =>
  api.patch<ShopSettings>('/api/shop', body, seen)

export type ApiKey = {
  readonly id: number
  readonly name: string
  readonly scope: Scope
  readonly shown: string
  readonly createdAt: number
  readonly lastUsedAt: number | null
  readonly revokedAt: number | null
}
export const listKeys = (signal?: AbortSignal) =>
  api.get<{ readonly items: readonly ApiKey[] }>('/api/keys', {}, signal)
export const createKey = (body: { readonly name: string; readonly scope: Scope }) =>
  api.post<{ readonly id: number; readonly key: string }>('/api/keys', body)
/** Each look at it stands in the audit log. */
export const showIdentitySecret = () =>
  api.post<{ readonly secret: string }>('/api/shop/identity-secret', {})
export const revokeKey = (id: number) => api.delete<unknown>(`/api/keys/${id}`)

export type ShopMember = {
  readonly id: number
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly createdAt: number
  readonly disabledAt: number | null
}
export const listMembers = (signal?: AbortSignal) =>
  api.get<{ readonly items: readonly ShopMember[] }>('/api/members', {}, signal)
export const inviteMember = (body: { readonly role: Role }) =>
  api.post<{ readonly link: string }>('/api/members', body)
export const changeMember = (
  id: number,
  body: { readonly role?: Role; readonly disabled?: boolean },
) => api.patch<unknown>(`/api/members/${id}`, body)

export type AuditEntry = {
  readonly id: number
  readonly at: number
  readonly actor: string
  readonly act: string
  readonly object: string
  readonly detail: Readonly<Record<string, unknown>>
}
export const listAudit = (query: { readonly after?: string | undefined }, signal?: AbortSignal) =>
  api.get<PageOf<AuditEntry>>('/api/audit', query, signal)

export type SmtpSettings = {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly user: string
  /** Never sent back; whether one is stored. */
  readonly hasPassword: boolean
}
export const removeSmtp = () => api.delete<unknown>('/api/shop/smtp')
export const checkSmtp = () =>
  api.post<{ readonly works: boolean; readonly detail: string | null }>('/api/shop/smtp/check', {})

export type SmtpWrite = {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly user: string
  readonly password?: string
}
export const getSmtp = (signal?: AbortSignal) =>
  api.get<SmtpSettings | null>('/api/shop/smtp', {}, signal)
export const putSmtp = (body: SmtpWrite, seen: SmtpSettings | null) =>
  api.put<SmtpSettings>('/api/shop/smtp', body, seen)

/** The script under the name of its own content, for pages that pin it. */
export const getPinned = (signal?: AbortSignal) => api.get<Pinned>('/sdk.json', {}, signal)
