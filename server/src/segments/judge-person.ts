import { type Flat, factPaths, flatten, traitPaths } from '../events/flatten.ts'
import type { Placed } from '../events/happening.ts'
import type { JsonObject } from '../lib/json.ts'
import { combineAny, foldAny, leafStateOf, sequenceStateOf } from './any-leaf-state.ts'
import { evaluate, type View } from './evaluate.ts'
import { factsOf } from './filter.ts'
import { emptyLeaf } from './leaf-state.ts'
import type { AnyLeaf } from './leaves.ts'
import type { PersonFacts } from './person-facts.ts'
import { type HeldSegment, isBuilt, isReady, type Register } from './register.ts'
import type { Remembered } from './remembered.ts'

/** The person as definitions see one now. */
export type Subject = {
  readonly customer: number
  readonly member: boolean
  readonly internal: boolean
  readonly version: number
  readonly traits: JsonObject
  /** Facts as they are at this moment of the turn. */
  readonly facts: PersonFacts
}

/** A person entered or left a segment. */
export type Crossing = { readonly segment: HeldSegment; readonly entered: boolean }

/** One person's working copy during a turn. */
export type Case = {
  readonly subject: Subject
  readonly remembered: Remembered
  readonly register: Register
  flat: Flat | undefined
  flatFacts: { readonly revision: number; readonly flat: Flat } | undefined
}

/** Folds one happening into the leaves that name it and judges the definitions it touches. */
export function takeHappening(
  one: Case,
  happening: Placed,
  now: number,
): { readonly changed: boolean; readonly crossings: readonly Crossing[] } {
  const { remembered, register } = one
  const touched = new Set<HeldSegment>()
  let changed = false
  const watched = register.byEvent.get(happening.name)
  // Somebody set aside was healed from history; run again by hand, their happenings must not count twice.
  if (watched && happening.position > remembered.contained) {
    const facts = factsOf(happening)
    for (const { held, segments } of watched) {
      const before = remembered.leaves.get(held.id) ?? emptyLeaf
      const { name, at, position } = happening
      const after = foldAny(held.leaf, before, { name, at, position, facts, now })
      if (after === before) continue
      remembered.leaves.set(held.id, after)
      changed = true
      for (const segment of segments) touched.add(segment)
    }
  }
  if (remembered.repair !== undefined) return { changed, crossings: [] }
  for (const segment of unseen(one)) touched.add(segment)
  if (touched.size === 0) return { changed, crossings: [] }
  return { changed: true, crossings: judgeAll(one, touched, now) }
}

/** Judges what is due at `now`, or everything when that was asked for. */
export function takeTime(one: Case, now: number): readonly Crossing[] {
  const { remembered, register } = one
  const all = remembered.judgeAt !== undefined && remembered.judgeAt <= now
  if (all) remembered.judgeAt = undefined
  const due = [...remembered.flips].filter(([, at]) => at <= now).map(([id]) => id)
  for (const id of due) remembered.flips.delete(id)
  const segments = new Set([
    ...movedFacts(one),
    ...(all ? register.segments.values() : due.flatMap((id) => register.segments.get(id) ?? [])),
  ])
  if (
    due.some((id) =>
      register.segments.get(id)?.leaves.some(({ id: leaf }) => remembered.leaves.get(leaf)?.large),
    )
  )
    askHistory(remembered)
  return judgeAll(one, segments, now)
}

/** The earliest time the person must be looked at again, UTC ms; Infinity for never. */
export function nextTime({ repair, judgeAt, flips }: Remembered): number {
  if (repair !== undefined) return Infinity
  let at = judgeAt ?? Infinity
  for (const flip of flips.values()) if (flip < at) at = flip
  return at
}

/** Judges the definitions that are ready for this person; changes membership and next flips. */
export function judgeAll(
  one: Case,
  segments: Iterable<HeldSegment>,
  now: number,
): readonly Crossing[] {
  const { subject, remembered, register } = one
  if (remembered.repair !== undefined) return []
  const crossings: Crossing[] = []
  const kept = (leaf: AnyLeaf) => {
    const held = register.leafByKey.get(leaf.key)
    return (held && remembered.leaves.get(held.id)) ?? emptyLeaf
  }
  const view: View = {
    customer: subject.customer,
    member: subject.member,
    internal: subject.internal,
    traits: () => (one.flat ??= flatten(subject.traits, traitPaths)),
    facts: () => factsNow(one),
    leaf: (leaf) => leafStateOf(kept(leaf)),
    sequence: (leaf) => sequenceStateOf(kept(leaf)),
  }
  for (const segment of segments) {
    if (!isReady(segment, subject.customer)) continue
    const { value, nextFlipAt } = evaluate(segment.definition, view, now)
    const flipAt = keepsEarlier(one, segment, now) ?? nextFlipAt
    if (flipAt === Infinity) remembered.flips.delete(segment.id)
    else remembered.flips.set(segment.id, Math.min(flipAt, nextFlipAt))
    if (value === remembered.members.has(segment.id)) continue
    if (value) remembered.members.add(segment.id)
    else remembered.members.delete(segment.id)
    crossings.push({ segment, entered: value })
  }
  return crossings
}

/** Nothing the line kept answers for this person: start anew, and let history say what came before. */
export function askHistory(remembered: Remembered): void {
  remembered.leaves.clear()
  remembered.flips.clear()
  // The position is known when the turn is closed.
  remembered.repair = Number.MAX_SAFE_INTEGER
}

/** Everything kept of `from` becomes `to`'s, who is judged anew. */
export function mergeRemembered(
  register: Register,
  from: { readonly customer: number; readonly remembered: Remembered },
  to: { readonly customer: number; readonly remembered: Remembered; readonly now: number },
): void {
  const kept = to.remembered
  for (const id of from.remembered.members) kept.members.add(id)
  kept.contained = Math.max(kept.contained, from.remembered.contained)
  kept.fresh = true
  const apart = [...register.leaves.values()].some(
    (held) => isBuilt(held, from.customer) !== isBuilt(held, to.customer),
  )
  if (apart || from.remembered.repair !== undefined || kept.repair !== undefined) {
    askHistory(kept)
    return
  }
  for (const [id, state] of from.remembered.leaves) {
    const held = register.leaves.get(id)
    if (!held) continue
    kept.leaves.set(id, combineAny(held.leaf, [kept.leaves.get(id) ?? emptyLeaf, state], to.now))
  }
}

/** Whether definitions ask for facts and the person's changed since they were judged. */
export function factsMoved({ subject, remembered, register }: Case): boolean {
  return register.askingFacts.length > 0 && remembered.facts !== subject.facts.revision()
}

/** Definitions to judge because the person's facts changed. */
function movedFacts(one: Case): readonly HeldSegment[] {
  if (!factsMoved(one)) return []
  one.remembered.facts = one.subject.facts.revision()
  return one.register.askingFacts
}

/** Definitions to judge because the person is new here or changed since: all, or those that ask about the person. */
function unseen(one: Case): Iterable<HeldSegment> {
  const { subject, remembered, register } = one
  const { version, member, internal } = subject
  const moved = movedFacts(one)
  if (remembered.internal !== internal) remembered.fresh = true
  if (!remembered.fresh && remembered.version === version && remembered.member === member)
    return moved
  const segments = remembered.fresh ? register.segments.values() : [...register.asking, ...moved]
  remembered.fresh = false
  remembered.version = version
  remembered.member = member
  remembered.internal = internal
  return segments
}

function factsNow(one: Case): Flat {
  const { facts } = one.subject
  const revision = facts.revision()
  if (one.flatFacts?.revision !== revision)
    one.flatFacts = { revision, flat: flatten(facts.of() ?? {}, factPaths) }
  return one.flatFacts.flat
}

// A person with more times than the line keeps is asked from history once a minute, however often they act meanwhile.
function keepsEarlier({ remembered }: Case, segment: HeldSegment, now: number): number | undefined {
  const earlier = remembered.flips.get(segment.id)
  if (earlier === undefined || earlier <= now) return undefined
  return segment.leaves.some(({ id }) => remembered.leaves.get(id)?.large) ? earlier : undefined
}
