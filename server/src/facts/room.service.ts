import type { Tx } from '../database/connection.store.ts'
import type { Placed } from '../events/happening.ts'
import type { FactColumns } from '../events/mirror.ts'
import type { LineRoom, RoomTurn, Turn } from '../events/turn.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { Json, JsonObject } from '../lib/json.ts'
import { type Desk, openDesk, type Working } from './desk.service.ts'
import { forget } from './facts.store.ts'
import { columnsOf, factsDue, factsIn, factsSection, readKnown } from './person.ts'
import { closeDesk } from './save.service.ts'
import type { Sources } from './sources.service.ts'

/** The facts of the people of a turn, as they are in the middle of it. */
export type TurnFacts = {
  /** Nested by the dots of the catalogue's paths; undefined for people of another turn. */
  readonly of: (customer: CustomerId) => JsonObject | undefined
  /** The same as the mirror holds them. */
  readonly columns: (customer: CustomerId) => FactColumns | undefined
  /** Another number each time a fact changed. */
  readonly revision: (customer: CustomerId) => number
  /** When they last changed in this turn, UTC ms, if they did. */
  readonly changedAt: (customer: CustomerId) => number | undefined
  /** Whose facts this turn changed. */
  readonly changed: () => readonly CustomerId[]
}

/**
 * What the shop knows of each person beyond traits, kept on the line: it stands before segments, so that whoever asks for facts
 * during a turn is told how they are at that very happening or instant.
 */
export function factsRoom(needs: Sources) {
  const desks = new WeakMap<Turn, Desk>()

  async function open(tx: Tx, turn: Turn): Promise<RoomTurn<Tx>> {
    const desk = await openDesk(tx, needs, turn)
    desks.set(turn, desk)
    return {
      nextDue: (customer) => factsDue(desk.person(customer).known),
      fire: (customer, now) => desk.person(customer).fire(now),
      apply: (happening: Placed) => desk.person(happening.customer).apply(happening),
      discard: desk.discard,
      close: (closing) => closeDesk(closing, desk),
    }
  }

  function inTurn(turn: Turn): TurnFacts {
    const person = (customer: CustomerId): Working | undefined =>
      turn.people.has(customer) ? desks.get(turn)?.person(customer) : undefined
    return {
      // A turn that went without its rooms left the facts as they were stored.
      of: (customer) =>
        person(customer)?.facts() ?? factsIn(turn.people.get(customer)?.section(factsSection)),
      columns: (customer) => {
        const one = turn.people.get(customer)
        return one && columnsOf(person(customer)?.judged() ?? readKnown(one.section(factsSection)))
      },
      revision: (customer) => person(customer)?.judged().revision ?? 0,
      changedAt: (customer) => person(customer)?.changedAt(),
      changed: () => desks.get(turn)?.changed() ?? [],
    }
  }

  return {
    room: { name: factsSection, open } satisfies LineRoom<Tx>,
    inTurn,
    /** The facts in a stored section `facts`, outside of a turn: for backfills, pages and mails. */
    stored: (section: Json | undefined) => ({
      facts: factsIn(section),
      revision: readKnown(section).revision,
    }),
    erase: (tx: Tx, shop: ShopId, customers: readonly CustomerId[]) => forget(tx, shop, customers),
  }
}
export type FactsRoom = ReturnType<typeof factsRoom>
