import { api } from './client.ts'

export type LinkSettings = {
  readonly host: string
  readonly expiryDays: number
  readonly utm: boolean
}
export type Links = LinkSettings & {
  /** A link as it looks now, and its bytes. */
  readonly sample: string
  readonly bytes: number
}
export const getLinks = (signal?: AbortSignal) => api.get<Links>('/api/shop/links', {}, signal)
export const putLinks = (body: LinkSettings, seen: Links) =>
  api.put<Links>('/api/shop/links', body, seen)

export type HostAnswer = {
  readonly answer: 'here' | 'elsewhere' | 'silent'
  readonly status: number | null
  readonly detail: string | null
}
export const checkLinkHost = (host: string) =>
  api.post<HostAnswer>('/api/shop/links/check', { host })
