import type { Placed } from '../events/happening.ts'
import { isoTime } from '../events/mirror.ts'
import type { JsonObject } from '../lib/json.ts'

/** The newest search by (time, position). */
export type Searched = { readonly text: string; readonly at: number; readonly position: number }

/** Longest search that is kept, characters. */
const searchLimit = 200

/** Takes `Products Searched` with words; a late one does not replace a newer. */
export function foldSearches(
  state: Searched | undefined,
  { kind, name, at, position, body }: Placed,
): Searched | undefined {
  if (kind !== 'event' || name !== 'Products Searched') return state
  const { query } = body.properties ?? {}
  const text = typeof query === 'string' ? query.trim().toLowerCase().slice(0, searchLimit) : ''
  return text === '' ? state : mergeSearched(state, { text: text.toWellFormed(), at, position })
}

/** The newer of two. */
export function mergeSearched(
  a: Searched | undefined,
  b: Searched | undefined,
): Searched | undefined {
  if (!a || !b) return a ?? b
  return b.at > a.at || (b.at === a.at && b.position > a.position) ? b : a
}

/** `search.last` and `search.last_at`; nothing for who never searched. */
export function searchFacts(state: Searched | undefined): JsonObject {
  return state ? { last: state.text, last_at: isoTime(state.at) } : {}
}
