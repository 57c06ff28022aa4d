import type { Condition, Definition } from './definition.ts'
import { type AnyLeaf, eventsOf } from './leaves.ts'

/** How far a definition or a leaf is built: whole, or for customers up to `builtTo` and after `maxCustomer`. */
export type Progress = {
  readonly complete: boolean
  readonly builtTo: number
  readonly maxCustomer: number
}

/** A leaf with its place in what the line remembers. */
export type HeldLeaf = Progress & {
  /** Its name in customer_state. */
  readonly id: number
  readonly leaf: AnyLeaf
  /** The line has kept it since this log position. */
  readonly position: number
}

/** A definition the line works for. */
export type HeldSegment = Progress & {
  readonly id: number
  readonly name: string
  readonly version: number
  readonly definition: Definition
  readonly leaves: readonly HeldLeaf[]
}

/** All definitions of a shop, by what wakes them. */
export type Register = {
  readonly segments: ReadonlyMap<number, HeldSegment>
  readonly leaves: ReadonlyMap<number, HeldLeaf>
  readonly leafByKey: ReadonlyMap<string, HeldLeaf>
  /** Leaves that count happenings of a name, with the definitions that use them. */
  readonly byEvent: ReadonlyMap<string, readonly Watched[]>
  /** Definitions that ask about traits or membership of the shop. */
  readonly asking: readonly HeldSegment[]
  /** Definitions that ask about the person's facts. */
  readonly askingFacts: readonly HeldSegment[]
  /** Some leaf is not complete yet for everybody. */
  readonly building: boolean
}
export type Watched = { readonly held: HeldLeaf; readonly segments: readonly HeldSegment[] }

/** Puts the definitions of a shop in order. */
export function registerOf(
  segments: readonly HeldSegment[],
  leaves: readonly HeldLeaf[],
): Register {
  const byEvent = new Map<string, Watched[]>()
  for (const held of leaves) {
    const users = segments.filter((one) => one.leaves.some(({ id }) => id === held.id))
    for (const event of eventsOf(held.leaf)) {
      const watched = byEvent.get(event) ?? []
      watched.push({ held, segments: users })
      byEvent.set(event, watched)
    }
  }
  return {
    segments: new Map(segments.map((one) => [one.id, one])),
    leaves: new Map(leaves.map((one) => [one.id, one])),
    leafByKey: new Map(leaves.map((one) => [one.leaf.key, one])),
    byEvent,
    asking: segments.filter((one) => asks(one.definition.where, ['trait', 'member'])),
    askingFacts: segments.filter((one) => asks(one.definition.where, ['fact'])),
    building: leaves.some((one) => !one.complete),
  }
}

/** Whether it is complete for this customer. */
export function isBuilt({ complete, builtTo, maxCustomer }: Progress, customer: number): boolean {
  return complete || customer <= builtTo || customer > maxCustomer
}

/** Whether the definition can be judged for this customer. */
export function isReady(segment: HeldSegment, customer: number): boolean {
  return isBuilt(segment, customer) && segment.leaves.every((held) => isBuilt(held, customer))
}

/** Whether some condition of the definition is of these kinds. */
function asks(condition: Condition, kinds: readonly Condition['kind'][]): boolean {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.some((one) => asks(one, kinds))
    case 'not':
      return asks(condition.of, kinds)
    default:
      return kinds.includes(condition.kind)
  }
}
