import type {
  RunCounts,
  RunReason,
  RunSettings,
  RunState,
} from '../../../server/src/campaigns/runs/run.ts'
import { api } from './client.ts'

/** One calling of a scheduled campaign's audience. */
export type Run = {
  readonly id: number
  readonly dueAt: number
  readonly state: RunState
  readonly reason: RunReason | null
  readonly audience: number | null
  /** 0 to 1: how much of the audience is called first. */
  readonly share: number
  readonly called: number
  readonly waitUntil: number | null
  /** Of the newest only. */
  readonly counts: RunCounts | null
}
export type Runs = { readonly next: number | null; readonly items: readonly Run[] }

export const getRuns = (campaign: number, signal?: AbortSignal) =>
  api.get<Runs>(`/api/campaigns/${campaign}/runs`, {}, signal)
export const decideRun = (
  campaign: number,
  run: { readonly id: number; readonly word: 'continue' | 'cancel' },
) => api.post<Run>(`/api/campaigns/${campaign}/runs/${run.id}/${run.word}`, {})

/** Who is in the middle of a campaign. */
export type UnderWay = {
  readonly people: number
  readonly versions: readonly { readonly version: number; readonly people: number }[]
}
export const getUnderWay = (campaign: number, signal?: AbortSignal) =>
  api.get<UnderWay>(`/api/campaigns/${campaign}/under-way`, {}, signal)

export const getRunSettings = (signal?: AbortSignal) =>
  api.get<RunSettings>('/api/sending/runs', {}, signal)
export const putRunSettings = (settings: RunSettings, seen: RunSettings) =>
  api.patch<RunSettings>('/api/sending/runs', settings, seen)
