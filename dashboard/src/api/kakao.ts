import { api } from './client.ts'

export type KakaoAccount = {
  readonly provider: 'solapi' | 'nhn'
  readonly apiKey: string
  readonly profile: string
  readonly profileName: string
  readonly alimtalkWon: number
  readonly brandWon: number
  /** Path the provider posts its reports to. */
  readonly hook: string
}
export const getKakao = (signal?: AbortSignal) =>
  api.get<KakaoAccount | null>('/api/shop/kakao', {}, signal)
export const putKakao = (
  body: Omit<KakaoAccount, 'profileName' | 'hook'> & { readonly secret?: string | undefined },
  seen: KakaoAccount | null,
) => api.put<KakaoAccount>('/api/shop/kakao', body, seen)
export const removeKakao = () => api.delete<unknown>('/api/shop/kakao')

export type TemplateStatus = 'approved' | 'waiting' | 'rejected' | 'stopped'
export type AlimtalkTemplate = {
  readonly profile: string
  readonly code: string
  readonly name: string
  readonly content: string
  readonly around: {
    readonly header?: string
    readonly title?: string
    readonly subtitle?: string
    readonly items?: readonly { readonly title: string; readonly description: string }[]
    readonly extra?: string
  }
  readonly buttons: readonly { readonly type: string; readonly name: string }[]
  readonly status: TemplateStatus
  readonly variables: readonly string[]
  readonly changedAt: number
}
export type AlimtalkTemplates = {
  /** There is no account: the templates are for practice. */
  readonly isPractice: boolean
  readonly readAt: number | null
  readonly error: string | null
  readonly profiles: readonly { readonly id: string; readonly name: string }[]
  readonly templates: readonly AlimtalkTemplate[]
}
export const listTemplates = (signal?: AbortSignal) =>
  api.get<AlimtalkTemplates>('/api/kakao/templates', {}, signal)
export const readTemplates = () => api.post<AlimtalkTemplates>('/api/kakao/templates/sync', {})

/** Hands a picture of the library (its key), cut for the bubble, to the provider, which names it. */
export const handPicture = (body: { readonly image: string; readonly bubble: 'IMAGE' | 'WIDE' }) =>
  api.post<{ readonly id: string; readonly url: string | null }>('/api/kakao/pictures', body)

/** Where a picture that was handed over is shown from. */
export const pictureAddress = (id: string) => `/api/kakao/pictures/${encodeURIComponent(id)}`
