import { truth, yearDays } from './truth.ts'

export const dayMs = 86_400_000
/** Korea has had no summer time since 1988. */
const koreaMs = 9 * 3_600_000

/** Pull of each hour of the day in Seoul: lunch, and the evening sofa. */
const hours: readonly (readonly [hour: number, pull: number])[] = [
  1.2, 0.6, 0.3, 0.2, 0.2, 0.3, 0.7, 1.4, 2.3, 3.0, 3.4, 3.6, 4.2, 3.9, 3.3, 3.2, 3.1, 3.2, 3.4,
  4.0, 5.2, 5.9, 5.1, 2.8,
].map((pull, hour) => [hour, pull] as const)

export { hours as hourPulls }

export function monthOf(at: number): number {
  return new Date(at + koreaMs).getUTCMonth()
}

/** Midnight in Seoul at or before a time. */
export function midnight(at: number): number {
  return Math.floor((at + koreaMs) / dayMs) * dayMs - koreaMs
}

/**
 * The year before `until` as a clock that runs faster in busy months: `busyAt` turns days since its start into busy days,
 * `dayAt` turns them back. Both run from 0 to `yearDays`; beyond the end `dayAt` gives Infinity.
 */
export function busyClock(until: number) {
  const start = midnight(until) - yearDays * dayMs
  const pulls = Array.from(
    { length: yearDays },
    (_, day) => truth.season[monthOf(start + day * dayMs)] ?? 1,
  )
  const mean = pulls.reduce((sum, pull) => sum + pull, 0) / yearDays
  const sums = [0]
  for (const pull of pulls) sums.push((sums.at(-1) ?? 0) + pull / mean)
  const busyAt = (day: number) => {
    const whole = Math.min(Math.floor(day), yearDays - 1)
    const from = sums[whole] ?? 0
    return from + (day - whole) * ((sums[whole + 1] ?? from) - from)
  }
  const dayAt = (busy: number) => {
    if (busy >= yearDays) return Number.POSITIVE_INFINITY
    let low = 0
    let high = yearDays
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) <= busy) low = middle
      else high = middle
    }
    const from = sums[low] ?? 0
    return low + (busy - from) / ((sums[low + 1] ?? from + 1) - from)
  }
  return { start, busyAt, dayAt }
}
export type BusyClock = ReturnType<typeof busyClock>
