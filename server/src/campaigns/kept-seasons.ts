import { leadDaysOf, type SeasonSettings } from './season-settings.ts'
import { type SeasonTimes, seasonTimes } from './season-times.ts'
import {
  type Season,
  type SeasonDays,
  type SeasonId,
  seasonDays,
  seasonIds,
  seasonOf,
} from './seasons.ts'

/** A season in one year as a shop keeps it. */
export type KeptSeason = Omit<Season, 'id'> & {
  /** A season's id; an own day of the shop has none. */
  readonly id: SeasonId | null
  readonly year: number
  readonly days: SeasonDays
  /** Nothing where nobody may advertise. */
  readonly times: SeasonTimes | null
  readonly leadDays: number
  /** At other days than the table's. */
  readonly moved: boolean
}

/** What a shop keeps between two days (`2026-11-22`, both included), from the first time it is spoken of, in order. */
export function seasonsBetween(
  settings: SeasonSettings,
  { from, to }: SeasonDays,
): readonly KeptSeason[] {
  // A span may reach over New Year, and a teaser comes before it.
  const [firstYear, lastYear] = [Number(from.slice(0, 4)) - 1, Number(to.slice(0, 4)) + 1]
  const kept = settings.own.map((own) => ownSeason(own, settings))
  for (let year = firstYear; year <= lastYear; year++)
    for (const id of seasonIds) {
      const season = settings.hidden.includes(id) ? undefined : keptIn(id, year, settings)
      if (season) kept.push(season)
    }
  return kept
    .filter((season) => beginOf(season) <= to && (season.times?.stop ?? season.days.to) >= from)
    .toSorted((a, b) => (a.days.from < b.days.from ? -1 : a.days.from > b.days.from ? 1 : 0))
}

/** The first day that anything is said of it. */
function beginOf({ times, days }: KeptSeason): string {
  if (!times) return days.from
  return times.kind === 'day' ? times.teaser : times.opening
}

function keptIn(id: SeasonId, year: number, settings: SeasonSettings): KeptSeason | undefined {
  const usual = seasonDays(id, year)
  const moved = settings.moved.find((one) => one.season === id && one.year === year)
  const days = moved ? { from: moved.from, to: moved.to } : usual
  if (!days) return undefined
  const season = seasonOf(id)
  const leadDays = leadDaysOf(id, settings)
  return {
    ...season,
    id,
    year,
    days,
    leadDays,
    times: season.noPromotion ? null : seasonTimes(season, days, leadDays),
    moved: moved !== undefined,
  }
}

function ownSeason(
  { name, from, to, gift }: SeasonSettings['own'][number],
  settings: SeasonSettings,
): KeptSeason {
  const kind = from === to ? 'day' : 'span'
  const leadDays = leadDaysOf('', settings)
  return {
    id: null,
    name: { ko: name, en: name },
    theme: { ko: name, en: name },
    kind,
    gift,
    noPromotion: false,
    yearlyNotice: false,
    holiday: false,
    year: Number(from.slice(0, 4)),
    days: { from, to },
    leadDays,
    times: seasonTimes({ kind, gift }, { from, to }, leadDays),
    moved: false,
  }
}
