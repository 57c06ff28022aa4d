import type { Placed } from '../events/happening.ts'
import { isoTime } from '../events/mirror.ts'
import type { JsonObject } from '../lib/json.ts'

/** How often a person came: `Visit Started` happenings and the time of the newest, UTC ms. */
export type Visited = { readonly count: number; readonly lastAt: number }

/** Counts a visit that began; the same state for everything else. */
export function foldVisits(state: Visited | undefined, happening: Placed): Visited | undefined {
  if (happening.kind !== 'derived' || happening.name !== 'Visit Started') return state
  return {
    count: (state?.count ?? 0) + 1,
    lastAt: Math.max(state?.lastAt ?? happening.at, happening.at),
  }
}

/** Visits of two people who turned out to be one are added up, also where they overlapped. */
export function mergeVisited(a: Visited | undefined, b: Visited | undefined): Visited | undefined {
  if (!a || !b) return a ?? b
  return { count: a.count + b.count, lastAt: Math.max(a.lastAt, b.lastAt) }
}

/** `visits.count` and `visits.last_at`. */
export function visitFacts(state: Visited | undefined): JsonObject {
  return { count: state?.count ?? 0, ...(state ? { last_at: isoTime(state.lastAt) } : {}) }
}
