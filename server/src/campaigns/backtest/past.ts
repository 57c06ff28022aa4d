import type { ConsentChannel, ConsentState } from '../../consent/consent.ts'
import { type LedgerEntry, projectConsents } from '../../consent/project.ts'
import { changeTraits } from '../../customers/traits.ts'
import type { Placed } from '../../events/happening.ts'
import type { Arm } from '../../experiments/arm.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { MessageChannel } from '../../messages/intent.ts'
import type { Suppression } from '../../messages/outbox.ts'
import type { SentElsewhere, SimulatedPerson, SimulatedReach } from '../simulate-door.ts'

/**
 * What history knows of one person: who they are today and everybody who was merged into them. `moment` (UTC ms) is when
 * something came into force: when the line processed it, or, of imported history, which had no such time, when it happened.
 */
export type Past = {
  /** Who they are today. */
  readonly survivor: number
  readonly people: readonly {
    readonly customer: number
    readonly assignmentKey: string
    readonly createdAt: number
  }[]
  /** Named happenings, in any order. */
  readonly happenings: readonly Moved[]
  readonly merges: readonly { readonly from: number; readonly to: number; readonly at: number }[]
  readonly crossings: readonly Crossing[]
  readonly traits: readonly TraitsChange[]
  readonly consents: readonly Word[]
  /** Addresses as they are today. */
  readonly contacts: ReadonlyMap<MessageChannel, Address>
  /** Segments they are in today. */
  readonly memberOf: ReadonlySet<number>
  readonly elsewhere: readonly SentElsewhere[]
  /** Arms recorded before the period, by experiment. */
  readonly arms: ReadonlyMap<string, Arm>
}

export type Moved = { readonly moment: number; readonly happening: Placed }
export type Crossing = {
  readonly customer: number
  readonly segment: number
  readonly at: number
  readonly entered: boolean
}
export type TraitsChange = {
  readonly customer: number
  readonly moment: number
  readonly change: JsonObject
}
export type Word = LedgerEntry & {
  readonly customer: number
  readonly channel: ConsentChannel
  readonly moment: number
}
export type Address = {
  readonly suppressed: { readonly why: Suppression; readonly since: number } | null
}

/** Was the person in the segment at this time (UTC ms)? Known from when they entered and left; without either, from today. */
export function memberThen(
  past: Pick<Past, 'survivor' | 'crossings' | 'memberOf'>,
  asked: { readonly customer: number; readonly segment: number; readonly at: number },
): boolean {
  const { customer, segment, at } = asked
  let last: Crossing | undefined
  let next: Crossing | undefined
  for (const one of past.crossings) {
    if (one.segment !== segment || one.customer !== customer) continue
    if (one.at <= at) {
      if (!last || one.at >= last.at) last = one
    } else if (!next || one.at < next.at) next = one
  }
  if (last) return last.entered
  if (next) return !next.entered
  return customer === past.survivor && past.memberOf.has(segment)
}

/** Who somebody had become by a moment (UTC ms). */
function whoThen(past: Pick<Past, 'merges'>, customer: number, moment: number): number {
  const merge = past.merges.find((one) => one.from === customer && one.at <= moment)
  return merge ? whoThen(past, merge.to, moment) : customer
}

/** The facts of one person as they were at a moment (UTC ms), changes of that very moment included; traits apart. */
export function factsThen(
  past: Past,
  asked: {
    readonly customer: number
    readonly moment: number
    readonly channels: readonly MessageChannel[]
  },
): SimulatedPerson {
  const { customer, moment, channels } = asked
  const person = past.people.find((one) => one.customer === customer)
  return {
    assignmentKey: person?.assignmentKey ?? '',
    ...nothing,
    channels: Object.fromEntries(
      channels.map((channel) => [channel, reachThen(past, { customer, moment, channel })]),
    ),
  }
}

const nothing: SimulatedReach = { hasContact: false, consent: undefined }

function reachThen(
  past: Past,
  asked: {
    readonly customer: number
    readonly moment: number
    readonly channel: MessageChannel
  },
): SimulatedReach {
  const { customer, moment, channel } = asked
  // Whoever was merged away was a visitor without an address; it came with the person they turned out to be.
  const address = customer === past.survivor ? past.contacts.get(channel) : undefined
  if (!address) return nothing
  const said = past.consents.filter(
    (one) =>
      one.channel === channel &&
      one.moment <= moment &&
      whoThen(past, one.customer, moment) === customer,
  )
  const consent = said.length > 0 ? projectConsents(said) : undefined
  return { hasContact: true, consent, suppressed: closedThen(address, consent, moment) }
}

/**
 * Why the address was closed then. An opt-out is undone by a newer consent, so those of the past are read from what was said;
 * what was closed for another reason stays closed.
 */
function closedThen(
  { suppressed }: Address,
  consent: ConsentState | undefined,
  moment: number,
): Suppression | null {
  const known = suppressed && suppressed.since <= moment ? suppressed.why : null
  if (known !== null && known !== 'opted_out') return known
  if (!consent) return known
  return !consent.adDay && consent.refusedAt !== null ? 'opted_out' : null
}

/** The traits of a person as they were right before a moment (UTC ms). */
export function traitsBefore(past: Past, customer: number, moment: number): JsonObject {
  let traits: JsonObject = {}
  for (const one of past.traits)
    if (one.moment < moment && whoThen(past, one.customer, moment) === customer)
      traits = changeTraits(traits, one.change)
  return traits
}

/** When (UTC ms) consents and closed addresses changed within `(from, to)`, and whose. */
export function factChanges(
  past: Past,
  { from, to }: { readonly from: number; readonly to: number },
): readonly { readonly customer: number; readonly moment: number }[] {
  const closed = [...past.contacts.values()].flatMap(({ suppressed }) =>
    suppressed ? [{ customer: past.survivor, moment: suppressed.since }] : [],
  )
  return [...past.consents, ...closed].flatMap(({ customer, moment }) =>
    moment > from && moment < to ? [{ customer, moment }] : [],
  )
}
