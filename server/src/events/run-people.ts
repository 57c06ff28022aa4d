import type { CustomerId } from '../lib/brand.ts'
import type { Person, RoomTurn } from './turn.ts'

/** A room of the turn under its name. */
export type OpenRoom<Tx> = { readonly name: string; readonly room: RoomTurn<Tx> }

/** What became of one person in one turn. */
export type PersonOutcome =
  | { readonly kind: 'done'; readonly customer: CustomerId; readonly nextDue: number }
  | {
      readonly kind: 'set-aside'
      readonly customer: CustomerId
      readonly room: string
      readonly error: string
    }

/** How many due times one person may have fired in one turn; the rest waits for the next. */
const firesPerTurnLimit = 1_000
/** How often a person may be fired for one and the same instant: waits of nothing may follow each other. */
const firesAtOnceLimit = 50

/**
 * Step e of the line for one person: what is due first, earliest first over all rooms, then the happenings in order of
 * position. Rules that throw set the person aside: every room forgets what this turn did for them.
 */
export function runPerson<Tx>(
  rooms: readonly OpenRoom<Tx>[],
  person: Person,
  now: number,
): PersonOutcome {
  const customer = person.customer.id
  let at = 'due'
  try {
    let last = -Infinity
    let again = 0
    for (let fires = 0; fires < firesPerTurnLimit; fires++) {
      const due = earliest(rooms, customer)
      if (due > now) break
      again = due === last ? again + 1 : 0
      last = due
      // A room that stays due at the same instant would never let the line go on.
      if (again > firesAtOnceLimit)
        throw new Error(`still due at ${due} after firing ${again} times`)
      for (const { name, room } of rooms) {
        if (room.nextDue(customer) > due) continue
        at = name
        room.fire(customer, due)
      }
    }
    for (const happening of person.happenings) {
      for (const { name, room } of rooms) {
        at = name
        room.apply(happening)
      }
    }
    at = 'due'
    return { kind: 'done', customer, nextDue: earliest(rooms, customer) }
  } catch (error) {
    for (const { room } of rooms) room.discard(customer)
    return { kind: 'set-aside', customer, room: at, error: describeError(error) }
  }
}

function earliest<Tx>(rooms: readonly OpenRoom<Tx>[], customer: CustomerId): number {
  let due = Infinity
  for (const { room } of rooms) due = Math.min(due, room.nextDue(customer))
  return due
}

/** What is kept of an error for the people who look after the shop; bounded. */
export function describeError(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return text.replaceAll('\0', '').slice(0, 2_000)
}
