import type { Holiday } from '../../../server/src/campaigns/holidays.ts'
import type { KeptSeason } from '../../../server/src/campaigns/kept-seasons.ts'
import type { SeasonSettings } from '../../../server/src/campaigns/season-settings.ts'
import { api } from './client.ts'

export type { SeasonSettings }

/** A season of a year; `orderBy` is UTC ms. */
export type SeasonRow = KeptSeason & { readonly orderBy: number | null }

export type SeasonCalendar = {
  readonly items: readonly SeasonRow[]
  readonly holidays: readonly Holiday[]
  readonly settings: SeasonSettings
}

/** Seasons and days off between two days (`2026-11-22`, both included); from today where none is named. */
export const getSeasons = (
  days: { readonly from?: string; readonly to?: string },
  signal?: AbortSignal,
) => api.get<SeasonCalendar>('/api/seasons', days, signal)

/** What the shop does otherwise than the table of seasons; the whole of it. */
export const putSeasons = (settings: SeasonSettings) =>
  api.put<SeasonSettings>('/api/seasons', settings)
