import type { Placed } from '../events/happening.ts'
import { isoTime } from '../events/mirror.ts'
import type { JsonObject } from '../lib/json.ts'

const parts = ['source', 'medium', 'campaign', 'referrer', 'landing'] as const

/** Where one visit came from (events/origin.ts), with its time (UTC ms) and position. */
export type Touch = {
  readonly at: number
  readonly position: number
  readonly told: { readonly [Part in (typeof parts)[number]]?: string }
}

/** The first and the newest visit that told where it came from. */
export type Inflow = { readonly first: Touch; readonly last: Touch }

/** Takes the origin of a visit that began; a visit without one, such as a server's event, is no touch. */
export function foldInflow(
  state: Inflow | undefined,
  { kind, name, at, position, body }: Placed,
): Inflow | undefined {
  if (kind !== 'derived' || name !== 'Visit Started') return state
  const told: { [Part in (typeof parts)[number]]?: string } = {}
  for (const part of parts) {
    const value = body.properties?.[part]
    if (typeof value === 'string') told[part] = value
  }
  if (told.source === undefined) return state
  const touch = { at, position, told }
  return mergeInflow(state, { first: touch, last: touch })
}

/** The first of both and the last of both; ties go by position. */
export function mergeInflow(a: Inflow | undefined, b: Inflow | undefined): Inflow | undefined {
  if (!a || !b) return a ?? b
  return {
    first: before(b.first, a.first) ? b.first : a.first,
    last: before(a.last, b.last) ? b.last : a.last,
  }
}

function before(a: Touch, b: Touch): boolean {
  return a.at < b.at || (a.at === b.at && a.position < b.position)
}

/** `inflow.first` and `inflow.last`; nothing for who was never seen arriving. */
export function inflowFacts(state: Inflow | undefined): JsonObject {
  return state ? { first: touchFacts(state.first), last: touchFacts(state.last) } : {}
}

function touchFacts({ told, at }: Touch): JsonObject {
  return { ...told, at: isoTime(at) }
}
