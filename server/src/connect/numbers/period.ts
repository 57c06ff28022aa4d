import { dayStarts } from '../../lib/days.ts'
import { dayMs } from '../../lib/duration.ts'
import { localTime, startOfLocalDay, utcOfLocal } from '../../lib/zone.ts'
import type { Period } from './compare.ts'

/** Spans that are laid side by side: whole days of the shop's zone, none of them today. */
export const numberPeriods = ['yesterday', 'week', 'month'] as const
export type NumberPeriod = (typeof numberPeriods)[number]

/** Yesterday, the seven days that end with it, or the month before this one; [from, to) in UTC ms. */
export function periodOf(name: NumberPeriod, now: number, zone: string): Period {
  const today = startOfLocalDay(now, zone)
  switch (name) {
    case 'yesterday':
      return { from: dayStarts(now, 2, zone)[0] ?? today, to: today }
    case 'week':
      return { from: dayStarts(now, 8, zone)[0] ?? today, to: today }
    case 'month': {
      const local = new Date(localTime(today, zone))
      const first = localTime(today, zone) - (local.getUTCDate() - 1) * dayMs
      const before = new Date(first - dayMs)
      const start = Date.UTC(before.getUTCFullYear(), before.getUTCMonth(), 1)
      return { from: utcOfLocal(start, zone), to: utcOfLocal(first, zone) }
    }
  }
}
