import { isJsonObject, type Json } from '../lib/json.ts'
import { type AnyLeafState, decodeAny, encodeAny, isEmptyState } from './any-leaf-state.ts'
import type { Register } from './register.ts'

/** What this room keeps of one person in customer_state: a working copy, changed in place during a turn. */
export type Remembered = {
  /** Nothing was known: every definition is still to be judged. */
  fresh: boolean
  /** The customer's version, member state and whether they are the shop's own when traits were last judged. */
  version: number
  member: boolean
  internal: boolean
  /** The revision of the person's facts that were last judged. */
  facts: number
  /** Ids of the segments the person is in. */
  readonly members: Set<number>
  /** Segment id to the time (UTC ms) at which time alone may change it. */
  readonly flips: Map<number, number>
  /** By HeldLeaf.id. */
  readonly leaves: Map<number, AnyLeafState>
  /** State is being read from history up to this log position; `leaves` hold what came after. */
  repair: number | undefined
  /** Everything up to this log position is in the state, or will be once repaired: never fold it again. */
  contained: number
  /** Judge everything at this time. */
  judgeAt: number | undefined
}

const format = 1

/** Reads the stored section; undefined and older formats start anew. */
export function readRemembered(section: Json | undefined): Remembered {
  const known = isJsonObject(section) && section.f === format ? section : {}
  const { v = [], m = [], d = {}, l = {} } = known
  const [version, flags = 0, facts] = v as readonly number[]
  return {
    fresh: known.f !== format,
    version: version ?? -1,
    member: (flags & 1) === 1,
    internal: (flags & 2) === 2,
    facts: facts ?? 0,
    members: new Set(m as readonly number[]),
    flips: new Map(Object.entries(d as Record<string, number>).map(([id, at]) => [Number(id), at])),
    leaves: new Map(
      Object.entries(l as Record<string, Json>).map(([id, leaf]) => [Number(id), decodeAny(leaf)]),
    ),
    repair: typeof known.r === 'number' ? known.r : undefined,
    contained: typeof known.p === 'number' ? known.p : 0,
    judgeAt: typeof known.j === 'number' ? known.j : undefined,
  }
}

/** The section to store; what no definition asks for any more is left out. */
export function writeRemembered(one: Remembered, register: Register): Json {
  const members = [...one.members].filter((id) => register.segments.has(id))
  const flips = [...one.flips].filter(([id]) => register.segments.has(id))
  const leaves = [...one.leaves].filter(
    ([id, state]) => register.leaves.has(id) && !isEmptyState(state),
  )
  return {
    f: format,
    v: [
      one.version,
      (one.member ? 1 : 0) + (one.internal ? 2 : 0),
      ...(one.facts === 0 ? [] : [one.facts]),
    ],
    ...(members.length > 0 ? { m: members } : {}),
    ...(flips.length > 0 ? { d: Object.fromEntries(flips) } : {}),
    ...(leaves.length > 0
      ? { l: Object.fromEntries(leaves.map(([id, state]) => [id, encodeAny(state)])) }
      : {}),
    ...(one.repair === undefined ? {} : { r: one.repair }),
    ...(one.contained === 0 ? {} : { p: one.contained }),
    ...(one.judgeAt === undefined ? {} : { j: one.judgeAt }),
  }
}
