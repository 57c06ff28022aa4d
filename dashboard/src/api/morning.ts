import { api } from './client.ts'

export type Place = {
  readonly kind: 'email' | 'slack' | 'webhook'
  readonly address: string | null
}
export type MorningSettings = {
  readonly emails: readonly string[]
  readonly hasSlack: boolean
  readonly webhook: string
}
export type MorningAnswer = MorningSettings & {
  readonly last: readonly {
    readonly day: string
    readonly place: Place
    readonly state: string
    readonly detail: string | null
  }[]
}
export type MorningPreview = {
  readonly subject: string
  readonly parts: readonly { readonly title: string; readonly lines: readonly string[] }[]
}
type MorningWrite = {
  readonly emails: readonly string[]
  readonly slack?: string
  readonly webhook: string
}

export const getMorning = (signal?: AbortSignal) =>
  api.get<MorningAnswer>('/api/shop/morning', {}, signal)
export function putMorning(body: MorningWrite, seen: MorningAnswer) {
  // What became of the last ones is no setting, and moves by itself.
  const { last: _, ...settings } = seen
  return api.put<MorningSettings>('/api/shop/morning', body, settings)
}
export const previewMorning = (signal?: AbortSignal) =>
  api.get<MorningPreview>('/api/shop/morning/preview', {}, signal)
export const testMorning = () =>
  api.post<{
    readonly items: readonly {
      readonly place: Place
      readonly ok: boolean
      readonly detail: string | null
    }[]
  }>('/api/shop/morning/test', {})
