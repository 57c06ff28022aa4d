import { dayMs, minuteMs } from '../lib/duration.ts'
import { firstShowing, localTime } from '../lib/zone.ts'

/** The local times at which something repeats: on the days that fit, at these minutes of the day (rising). */
export type Slots = {
  /** `day` counts from 1970-01-01 on the calendar of the zone. */
  readonly fits: (day: number) => boolean
  readonly minutes: readonly number[]
}

/** 29 February on a given weekday comes back after 40 years at most (over 2100, no leap year). */
const horizonDays = 41 * 366

/**
 * The first run of the slots strictly after a time (UTC ms); undefined where no day fits. A slot runs at the first instant at
 * which the clocks show it or later: right after the skip where clocks skip it, once (the first time) where they show it
 * twice. Slots skipped together run together, once.
 */
export function runAfter(slots: Slots, after: number, zone: string): number | undefined {
  let slot = slotAfter(slots, localTime(after, zone))
  // While clocks show an hour again its slots have run already.
  while (slot !== undefined) {
    const run = firstShowing(slot, zone)
    if (run > after) return run
    slot = slotAfter(slots, slot)
  }
  return undefined
}

function slotAfter({ fits, minutes }: Slots, local: number): number | undefined {
  const today = Math.floor(local / dayMs)
  for (let day = today; day <= today + horizonDays; day++) {
    if (!fits(day)) continue
    const minute = minutes.find((one) => day * dayMs + one * minuteMs > local)
    if (minute !== undefined) return day * dayMs + minute * minuteMs
  }
  return undefined
}
