import { dateOf, dayOfText, dayText } from '../day.ts'
import type { KeptSeason } from '../kept-seasons.ts'
import type { SeasonTimes } from '../season-times.ts'
import { seasonDays } from '../seasons.ts'
import type { ChosenSeason, Language } from './playbook.ts'

/** What is said on one day of a season. */
export type SeasonTalk = {
  readonly kind: 'teaser' | 'main' | 'last_order' | 'opening' | 'middle' | 'closing'
  /** `2026-11-22` */
  readonly day: string
}

/** The days on which a season is spoken of that lie after a day; none when it is too late. */
export function talksAfter(times: SeasonTimes, today: string): readonly SeasonTalk[] {
  const all: readonly SeasonTalk[] =
    times.kind === 'day'
      ? [
          { kind: 'teaser', day: times.teaser },
          { kind: 'main', day: times.main },
          ...(times.lastOrder === undefined
            ? []
            : [{ kind: 'last_order', day: times.lastOrder } as const]),
        ]
      : [
          { kind: 'opening', day: times.opening },
          { kind: 'middle', day: times.middle },
          { kind: 'closing', day: times.closing },
        ]
  // Of two talks on one day the later one says more.
  return all.filter(
    (talk, at) => talk.day > today && !all.slice(at + 1).some((other) => other.day === talk.day),
  )
}

/** How a season of the shop's calendar is named when it is chosen. */
export function seasonKey({ id, name, days }: KeptSeason): string {
  return `${id ?? name.ko}@${days.from}`
}

/** A season of the calendar as a playbook works with it; undefined where nobody may advertise. */
export function chosenSeason(season: KeptSeason, orderByTime: string): ChosenSeason | undefined {
  const { name, theme, days, times, id, year } = season
  if (!times) return undefined
  const before = id === null ? undefined : seasonDays(id, year - 1)
  const chosen = { name, theme, days, times, orderByTime }
  return before
    ? { ...chosen, lastYear: { from: weeksBefore(before.from), to: before.to } }
    : chosen
}

function weeksBefore(day: string): string {
  return dayText((dayOfText(day) ?? 0) - 14)
}

/** A day as texts say it. */
export function dayWords(day: string, language: Language): string {
  const { month, date } = dateOf(dayOfText(day) ?? 0)
  return language === 'ko' ? `${month}월 ${date}일` : `${month}/${date}`
}

/** Days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return (dayOfText(to) ?? 0) - (dayOfText(from) ?? 0)
}
