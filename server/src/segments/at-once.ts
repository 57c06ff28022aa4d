import type { Placed } from '../events/happening.ts'
import type { Json, JsonObject } from '../lib/json.ts'
import { type Case, takeHappening, takeTime } from './judge-person.ts'
import type { Register } from './register.ts'
import { readRemembered } from './remembered.ts'

/**
 * Which segments a person is in at `now` (UTC ms), with happenings that the line has not reached yet folded over what it
 * remembers. Reads and writes nothing: for whoever cannot wait for the line.
 */
export function membersAtOnce(
  register: Register,
  person: {
    readonly customer: number
    readonly member: boolean
    readonly internal: boolean
    readonly version: number
    readonly traits: JsonObject
    readonly facts: { readonly facts: JsonObject | undefined; readonly revision: number }
    /** The section of customer_state that segments keep; undefined of somebody new. */
    readonly section: Json | undefined
  },
  { happenings, now }: { readonly happenings: readonly Placed[]; readonly now: number },
): ReadonlySet<number> {
  const { section, facts, ...subject } = person
  const one: Case = {
    subject: { ...subject, facts: { of: () => facts.facts, revision: () => facts.revision } },
    remembered: readRemembered(section),
    register,
    flat: undefined,
    flatFacts: undefined,
  }
  takeTime(one, now)
  for (const happening of happenings) takeHappening(one, happening, now)
  return one.remembered.members
}
