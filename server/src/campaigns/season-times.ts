import { dayOfText, dayText } from './day.ts'
import type { Season, SeasonDays } from './seasons.ts'

/** The days on which a season is told about, all `2026-11-22`. */
export type SeasonTimes =
  | {
      readonly kind: 'day'
      /** Two weeks before, unless parcels take so long that everything comes earlier. */
      readonly teaser: string
      readonly main: string
      /** The last day of orders that arrive in time; gifts only. */
      readonly lastOrder: string | undefined
      readonly day: string
      /** From here nothing speaks of it any more. */
      readonly stop: string
    }
  | {
      readonly kind: 'span'
      readonly opening: string
      readonly middle: string
      readonly closing: string
      readonly stop: string
    }

const teaserDays = 14
const mainDays = 7
const closingDays = 3

/** When to speak of a season: D-14, D-7, last order and D+1 of a day; opening, middle and D-3 of a span. */
export function seasonTimes(
  { kind, gift }: Pick<Season, 'kind' | 'gift'>,
  { from, to }: SeasonDays,
  leadDays: number,
): SeasonTimes {
  const [first, last] = [dayOfText(from) ?? 0, dayOfText(to) ?? 0]
  if (kind === 'span') {
    const closing = Math.max(first, last - closingDays)
    const middle = Math.min(closing, Math.floor((first + last) / 2))
    return {
      kind,
      opening: from,
      middle: dayText(middle),
      closing: dayText(closing),
      stop: dayText(last + 1),
    }
  }
  // Whoever reads the main message has at least a day to order.
  const early = gift ? Math.max(0, leadDays + 1 - mainDays) : 0
  return {
    kind,
    teaser: dayText(first - teaserDays - early),
    main: dayText(first - mainDays - early),
    lastOrder: gift ? dayText(first - leadDays) : undefined,
    day: from,
    stop: dayText(last + 1),
  }
}
