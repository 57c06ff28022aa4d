import type { Note } from '../../../server/src/proof/challenge/note.ts'
import { api } from './client.ts'

export type { Note }
export type Challenge = {
  readonly note: Note
  readonly proposedAt: number | null
  readonly startedAt: number | null
  readonly isFixedBefore: boolean
  readonly mayPropose: boolean
  readonly exposure: {
    readonly days: number
    readonly people: number
    readonly seen: boolean
    readonly isEnough: boolean
  }
  readonly mail: string
  readonly share: { readonly url: string; readonly until: number } | null
}

const path = (campaign: number) => `/api/campaigns/${campaign}/challenge`

export const getChallenge = (campaign: number, signal?: AbortSignal) =>
  api.get<Challenge>(path(campaign), {}, signal)
/** `seen`: the notes the form was opened with; what moves by itself is no part of them. */
export const putChallenge = (campaign: number, note: Note, seen: Note) =>
  api.put<Challenge>(path(campaign), note, { note: seen })
export const getChallengePage = (campaign: number, signal?: AbortSignal) =>
  api.get<{ readonly html: string }>(`${path(campaign)}/page`, {}, signal)
export const shareChallenge = (campaign: number) =>
  api.post<Pick<Challenge, 'share'>>(`${path(campaign)}/share`, {})
export const closeChallenge = (campaign: number) => api.delete<unknown>(`${path(campaign)}/share`)
