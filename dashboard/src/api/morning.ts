import { api } from './client.ts'

export type Place = {
  readonly kind: 'email' | 'slack' | 'webhook'
  readonly address: string | null
}
export type TeamPlacesAnswer = {
  readonly emails: readonly string[]
  readonly hasSlack: boolean
  readonly webhook: string
}
export type MorningAnswer = TeamPlacesAnswer & {
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
export type TeamPlacesWrite = {
  readonly emails: readonly string[]
  readonly slack?: string
  readonly webhook: string
}

export const getMorning = (signal?: AbortSignal) =>
  api.get<MorningAnswer>('/api/shop/morning', {}, signal)
export function putMorning(body: TeamPlacesWrite, seen: MorningAnswer) {
  // What became of the last ones is no setting, and moves by itself.
  const { last: _, ...settings } = seen
  return api.put<TeamPlacesAnswer>('/api/shop/morning', body, settings)
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
