import { dayMs } from '../lib/duration.ts'
import { localTime } from '../lib/zone.ts'

/** Somebody came into a segment or went out of it, at UTC ms. */
export type Move = {
  readonly segment: number
  readonly at: number
  readonly entered: boolean
  /** So many at once; one unless said. */
  readonly many?: number
}

/** How many moved in a segment on one local day; days count from 1970-01-01 by the shop's clocks. */
export type DayMoves = {
  readonly segment: number
  readonly day: number
  readonly entered: number
  readonly gone: number
}

/** A day of a segment's history. */
export type DaySize = {
  readonly day: number
  /** At the end of the day, or now. */
  readonly members: number
  readonly entered: number
  readonly left: number
}

/** The local day of a UTC time, in days since 1970-01-01. */
export function localDay(at: number, zone: string): number {
  return Math.floor(localTime(at, zone) / dayMs)
}

/** `2026-03-01` of a day, and undefined for text that is no date. */
export function dayText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}
export function dayOfText(text: string): number | undefined {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? undefined : at / dayMs
}

/** Moves counted by segment and local day, in that order. */
export function movesByDay(moves: readonly Move[], zone: string): readonly DayMoves[] {
  const days = new Map<number, number>()
  const counts = new Map<string, { segment: number; day: number; entered: number; gone: number }>()
  for (const { segment, at, entered, many = 1 } of moves) {
    const day = days.get(at) ?? localDay(at, zone)
    days.set(at, day)
    const key = `${segment} ${day}`
    const count = counts.get(key) ?? { segment, day, entered: 0, gone: 0 }
    if (entered) count.entered += many
    else count.gone += many
    counts.set(key, count)
  }
  return [...counts.values()].sort((a, b) => a.segment - b.segment || a.day - b.day)
}

/** Every day from `from` to `to`: a day on which nobody moved has the members of the day before. */
export function sizesOfDays(
  moved: readonly DayMoves[],
  span: { readonly from: number; readonly to: number },
): readonly DaySize[] {
  const byDay = new Map(moved.map((one) => [one.day, one]))
  let members = 0
  for (const { day, entered, gone } of moved) if (day < span.from) members += entered - gone
  const sizes: DaySize[] = []
  for (let day = span.from; day <= span.to; day++) {
    const { entered = 0, gone = 0 } = byDay.get(day) ?? {}
    members += entered - gone
    sizes.push({ day, members, entered, left: gone })
  }
  return sizes
}
