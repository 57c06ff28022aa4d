import type { Turn } from '../events/turn.ts'
import type { CustomerId } from '../lib/brand.ts'
import type { Json, JsonObject } from '../lib/json.ts'

/** One person's facts at a moment of a turn, or as they are stored. */
export type PersonFacts = {
  readonly of: () => JsonObject | undefined
  /** Another number each time the facts changed; 0 for nobody who has some. */
  readonly revision: () => number
}

/** Facts of the people of a turn, as they are in the middle of it. */
export type TurnFacts = {
  readonly of: (customer: CustomerId) => JsonObject | undefined
  readonly revision: (customer: CustomerId) => number
  /** When they last changed in this turn, UTC ms, if they did: what time alone changed is judged at that very instant. */
  readonly changedAt: (customer: CustomerId) => number | undefined
}

/** What segments ask of the room of facts, which stands before them on the line. */
export type FactsNeed = {
  readonly inTurn: (turn: Turn) => TurnFacts
  /** The facts in a section `facts` of customer_state, for people who are judged outside of a turn. */
  readonly stored: (section: Json | undefined) => {
    readonly facts: JsonObject | undefined
    readonly revision: number
  }
}

/** The section of customer_state in which the room of facts keeps them. */
export const factsSection = 'facts'

/** Where there is no room of facts nobody has any. */
export const noFacts: FactsNeed = {
  inTurn: () => ({ of: () => undefined, revision: () => 0, changedAt: () => undefined }),
  stored: () => ({ facts: undefined, revision: 0 }),
}
