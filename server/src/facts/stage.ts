import type { Placed } from '../events/happening.ts'
import { isoTime } from '../events/mirror.ts'
import type { JsonObject } from '../lib/json.ts'

/** The steps beyond a visit, in order; an order makes the person `bought`. */
const steps = ['searched', 'considered', 'checkout'] as const

/**
 * Which happening takes a person how far (domain: the journey's stages S2, S3, S4). What is not listed is a visit.
 */
const stepOf: ReadonlyMap<string, number> = new Map([
  ['Products Searched', 0],
  ['Product Viewed', 1],
  ['Product Added', 1],
  ['Product Added to Wishlist', 1],
  ['Wishlist Product Added to Cart', 1],
  ['Cart Viewed', 1],
  ['Checkout Started', 2],
  ['Checkout Step Viewed', 2],
  ['Checkout Step Completed', 2],
  ['Payment Info Entered', 2],
])

/** The five stages in order; a person is in exactly one of them. */
export const stages = ['visited', ...steps, 'bought'] as const
/** Where a person stands on the way to an order. */
export type Stage = (typeof stages)[number]

/** The stage that a happening takes its person to, before their next order; undefined for a mere visit. */
export const stageEvents: readonly (readonly [event: string, stage: Stage])[] = [...stepOf].flatMap(
  ([event, step]) => {
    const stage = steps[step]
    return stage ? [[event, stage] as const] : []
  },
)

/** Times of one step that are kept: the first one since the last order and the newest. */
const timesLimit = 20

/** When the person was first seen, and at which times each step was taken; UTC ms, ascending. */
export type Journey = {
  readonly seenAt: number
  readonly taken: readonly [readonly number[], readonly number[], readonly number[]]
}

/** Notes a step; `lastOrderAt` (UTC ms, null for none) says which times still matter. */
export function foldJourney(
  state: Journey | undefined,
  { kind, name, at }: Placed,
  lastOrderAt: number | null,
): Journey | undefined {
  if (kind !== 'event') return state
  const seenAt = Math.min(state?.seenAt ?? at, at)
  const step = stepOf.get(name)
  if (step === undefined)
    return state?.seenAt === seenAt ? state : { taken: [[], [], []], ...state, seenAt }
  const [a, b, c] = state?.taken ?? [[], [], []]
  const note = (times: readonly number[], index: number) =>
    index === step ? withTime(times, at, lastOrderAt) : times
  return { seenAt, taken: [note(a, 0), note(b, 1), note(c, 2)] }
}

/** Everything either of them did. */
export function mergeJourneys(
  a: Journey | undefined,
  b: Journey | undefined,
  lastOrderAt: number | null,
): Journey | undefined {
  if (!a || !b) return a ?? b
  const both = (step: 0 | 1 | 2) =>
    bounded(
      [...a.taken[step], ...b.taken[step]].sort((x, y) => x - y),
      lastOrderAt,
    )
  return { seenAt: Math.min(a.seenAt, b.seenAt), taken: [both(0), both(1), both(2)] }
}

/**
 * `stage.now` and `stage.since`: the furthest step taken after the last order. Who took none since has `bought` when there
 * is an order and only `visited` when there is none. An order that is cancelled later is none.
 */
export function stageFacts(state: Journey | undefined, lastOrderAt: number | null): JsonObject {
  for (const step of [2, 1, 0] as const) {
    const since = state?.taken[step].find((at) => lastOrderAt === null || at > lastOrderAt)
    if (since !== undefined) return { now: steps[step], since: isoTime(since) }
  }
  if (lastOrderAt !== null) return { now: 'bought', since: isoTime(lastOrderAt) }
  return { now: 'visited', ...(state ? { since: isoTime(state.seenAt) } : {}) }
}

function withTime(
  times: readonly number[],
  at: number,
  lastOrderAt: number | null,
): readonly number[] {
  const place = times.findLastIndex((time) => time <= at) + 1
  return bounded(times.toSpliced(place, 0, at), lastOrderAt)
}

// What goes first is older than the last order; then what lies between the first since it and the newest.
function bounded(times: readonly number[], lastOrderAt: number | null): readonly number[] {
  const over = times.length - timesLimit
  if (over <= 0) return times
  const firstSince = times.findIndex((at) => lastOrderAt === null || at > lastOrderAt)
  const old = firstSince === -1 ? over : Math.min(over, firstSince)
  return times.slice(old).toSpliced(1, over - old)
}
