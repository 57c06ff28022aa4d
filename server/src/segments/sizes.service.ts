import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { Refusal } from '../lib/refusal.ts'
import { timeZoneOf } from './membership.store.ts'
import { overlaps } from './overlap.service.ts'
import type { Segment } from './segment.ts'
import { movesUpTo } from './sizes.store.ts'
import { dayOfText, dayText, localDay, sizesOfDays } from './sizes.ts'

/** Most days of one answer. */
export const historyDaysLimit = 400
/** Days answered when none are asked for. */
const historyDays = 30

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly get: (shop: ShopId, id: number) => Promise<Segment>
}

/** How large segments are, were, and are together. */
export function sizes(needs: Needs) {
  const { db, clock, get } = needs
  return {
    ...overlaps(needs),

    /** Members at the end of each local day of the shop, with how many came and went; days are dates as text. */
    history: async (
      shop: ShopId,
      of: {
        readonly segment: number
        readonly from: string | undefined
        readonly to: string | undefined
      },
    ) => {
      await get(shop, of.segment)
      const zone = await timeZoneOf(db, shop)
      const today = localDay(clock.now(), zone)
      const to = Math.min(today, of.to === undefined ? today : dayAsked(of.to, 'to'))
      const from = of.from === undefined ? to - historyDays + 1 : dayAsked(of.from, 'from')
      if (from > to) throw new Refusal('invalid', 'The first day lies after the last one.', 'from')
      if (to - from >= historyDaysLimit)
        throw new Refusal('invalid', `At most ${historyDaysLimit} days at once.`, 'from')
      const moved = await movesUpTo(db, shop, { segment: of.segment, from, to })
      const days = sizesOfDays(moved, { from, to })
      return { zone, days: days.map((one) => ({ ...one, day: dayText(one.day) })) }
    },
  }
}

function dayAsked(text: string, field: string): number {
  const day = dayOfText(text)
  if (day === undefined) throw new Refusal('invalid', 'A day is written 2026-03-01.', field)
  return day
}
