import type { CheckName, Finding } from '../../../server/src/running/checks.ts'
import { api } from './client.ts'
import type { Place, TeamPlacesAnswer, TeamPlacesWrite } from './morning.ts'

export type Backup = {
  readonly id: number
  readonly kind: 'nightly' | 'asked' | 'upgrade'
  readonly state: 'asked' | 'running' | 'done' | 'failed'
  readonly startedAt: number
  readonly finishedAt: number | null
  readonly folder: string
  readonly files: number
  readonly rows: number
  readonly bytes: number
  readonly problem: string | null
}
export type Running = {
  readonly findings: readonly Finding[]
  readonly backup: {
    readonly folder: string | null
    readonly minute: number
    readonly copies: number
    readonly notes: readonly Backup[]
  }
  readonly troubles: readonly {
    readonly check: CheckName
    readonly since: number
    readonly rounds: number
  }[]
}

export const getRunning = (signal?: AbortSignal) => api.get<Running>('/api/running', {}, signal)
export const askBackup = () => api.post<{ readonly asked: boolean }>('/api/running/backups', {})
export const getAlarms = (signal?: AbortSignal) =>
  api.get<TeamPlacesAnswer>('/api/shop/alarms', {}, signal)
export const putAlarms = (body: TeamPlacesWrite, seen: TeamPlacesAnswer) =>
  api.put<TeamPlacesAnswer>('/api/shop/alarms', body, seen)
export const testAlarms = () =>
  api.post<{
    readonly items: readonly {
      readonly place: Place
      readonly ok: boolean
      readonly detail: string | null
    }[]
  }>('/api/shop/alarms/test', {})
