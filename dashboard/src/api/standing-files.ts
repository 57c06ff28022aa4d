import { api } from './client.ts'

export type StandingWhat =
  | { readonly kind: 'segment'; readonly segment: number }
  | { readonly kind: 'events'; readonly names: readonly string[] }
export type StandingPlace =
  | { readonly kind: 'here' }
  | { readonly kind: 'server'; readonly url: string }
  | { readonly kind: 'sheet'; readonly spreadsheet: string; readonly sheet: string }
export type StandingEvery =
  | { readonly kind: 'hour' }
  | { readonly kind: 'day'; readonly minute: number }
  | { readonly kind: 'week'; readonly minute: number; readonly weekday: number }
export type StandingRun = {
  readonly id: number
  readonly state: 'running' | 'done' | 'failed'
  readonly begunAt: number
  readonly rows: number
  readonly problem: string | null
  /** Who could not be told that it is ready; null: everybody was. */
  readonly mail: {
    readonly untold: readonly string[]
    readonly problem: string
    readonly againAt: number | null
  } | null
  readonly url: string | null
}
export type StandingFile = {
  readonly id: number
  readonly name: string
  readonly what: StandingWhat
  readonly place: StandingPlace
  readonly emails: readonly string[]
  readonly every: StandingEvery
  readonly isOn: boolean
  readonly nextAt: number
  /** The next one is another try of one that failed. */
  readonly isAgain: boolean
  readonly runs: readonly StandingRun[]
}
export type StandingDraft = Pick<StandingFile, 'name' | 'what' | 'place' | 'emails' | 'every'> & {
  readonly key?: string
}

export const listStandingFiles = (signal?: AbortSignal) =>
  api.get<{ readonly items: readonly StandingFile[] }>('/api/standing-files', {}, signal)
export const createStandingFile = (draft: StandingDraft) =>
  api.post<{ readonly id: number }>('/api/standing-files', draft)
export const removeStandingFile = (id: number) => api.delete<unknown>(`/api/standing-files/${id}`)
export const runStandingFile = (id: number) =>
  api.post<unknown>(`/api/standing-files/${id}/run`, {})
