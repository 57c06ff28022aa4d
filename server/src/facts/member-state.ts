import type { Placed } from '../events/happening.ts'
import { isoTime } from '../events/mirror.ts'
import { parseTime } from '../events/time-text.ts'
import type { Json, JsonObject } from '../lib/json.ts'

type Status = 'active' | 'dormant' | 'withdrawn'

/** What is known of a person's membership beside that they are a member. */
export type Membership = {
  /** When they joined, UTC ms; `told` when the shop said it, which counts before the event. */
  readonly joined: { readonly at: number; readonly told: boolean } | null
  /** The newest word on it by (time, position). */
  readonly status: {
    readonly is: Status
    readonly at: number
    readonly position: number
  } | null
}

const unknown: Membership = { joined: null, status: null }

/** Traits in which shops tell the join date; `created_at` and `createdAt` are Segment's reserved names. */
const joinTraits = ['joined_at', 'created_at', 'createdAt'] as const

/**
 * Takes `Signed Up`, `Signed In`, `Account Deleted` (Segment's B2B spec) and the traits `joined_at` and `member_state`
 * (`active`, `dormant`, `withdrawn`). Withdrawal and dormancy are the shop's own word: a page's claim counts nothing.
 */
export function foldMembership(
  state: Membership | undefined,
  happening: Placed,
): Membership | undefined {
  const { kind, name, at, body } = happening
  if (kind === 'identify' || kind === 'edit')
    return body.traits ? withTraits(state, happening) : state
  if (kind !== 'event') return state
  switch (name) {
    case 'Signed Up':
      return joined(withStatus(state, happening, 'active'), { at, told: false })
    case 'Signed In':
      return withStatus(state, happening, 'active')
    case 'Account Deleted':
      return body.browser ? state : withStatus(state, happening, 'withdrawn')
    default:
      return state
  }
}

/** The shop's word before an event's, the earlier of two; the newer status. */
export function mergeMemberships(
  a: Membership | undefined,
  b: Membership | undefined,
): Membership | undefined {
  if (!a || !b) return a ?? b
  const met = b.joined ? joined(a, b.joined) : a
  if (!b.status) return met
  const { is, at, position } = b.status
  return withStatus(met, { at, position }, is)
}

/** `member.state` and `member.joined_at`; `isMember` is what the customer's row says. */
export function memberFacts(state: Membership | undefined, isMember: boolean): JsonObject {
  const status = state?.status?.is ?? 'active'
  return {
    state: status !== 'active' ? status : isMember ? 'member' : 'anonymous',
    ...(state?.joined ? { joined_at: isoTime(state.joined.at) } : {}),
  }
}

function withTraits(
  state: Membership | undefined,
  { at, position, body }: Placed,
): Membership | undefined {
  const { traits = {}, browser } = body
  let after = state
  for (const key of joinTraits) {
    const told = timeOf(traits[key])
    if (told === undefined) continue
    after = joined(after ?? unknown, { at: told, told: browser !== true })
    break
  }
  const is = statusOf(traits.member_state)
  return is && !browser ? withStatus(after, { at, position }, is) : after
}

function withStatus(
  state: Membership | undefined,
  { at, position }: { readonly at: number; readonly position: number },
  is: Status,
): Membership {
  const { joined, status } = state ?? unknown
  const newer = !status || at > status.at || (at === status.at && position > status.position)
  return newer ? { joined, status: { is, at, position } } : (state ?? unknown)
}

function joined(
  state: Membership,
  word: { readonly at: number; readonly told: boolean },
): Membership {
  const known = state.joined
  const better = !known || (word.told === known.told ? word.at < known.at : word.told)
  return better ? { ...state, joined: word } : state
}

function statusOf(value: Json | undefined): Status | undefined {
  return value === 'active' || value === 'dormant' || value === 'withdrawn' ? value : undefined
}

function timeOf(value: Json | undefined): number | undefined {
  return typeof value === 'string' ? parseTime(value) : undefined
}
