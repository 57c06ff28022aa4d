import type { Facts } from '../facts.ts'

/** What a step decides about the person standing on it. */
export type Move =
  /** On to the following step at once. */
  | { readonly kind: 'next' }
  /** Stay here until the time (UTC ms). */
  | { readonly kind: 'wait'; readonly until: number }
  /** Ask the one door for this step's message and stay here until it has answered. */
  | { readonly kind: 'send' }
  /** Stay here; something else will move the person. */
  | { readonly kind: 'stay' }
  | { readonly kind: 'end'; readonly reason: EndReason }

/** Why an enrolment is over; texts for people are in reasons.ts. */
export type EndReason =
  | 'completed'
  | 'exit_step'
  | 'ordered'
  | 'exit_event'
  | 'cart_empty'
  | 'nothing_sellable'
  | 'merged'
  | 'campaign_stopped'
  | 'erased'
  | 'too_many_steps'

/** A step's surroundings: what is known of the person, and `now` (UTC ms). */
export type Moment = {
  readonly facts: Facts
  readonly now: number
}

/** What a kind of step does. One file a kind; steps/table.ts lists them. */
export type StepKind<S> = {
  /** Does the flow check its conditions before the step begins? Steps that reach out to the person do. */
  readonly checked: boolean
  /** The person arrives at the step. */
  readonly enter: (step: S, moment: Moment) => Move
  /** The step's timer ran out. */
  readonly timeUp: (step: S, moment: Moment) => Move
  /** An event that restarts waits happened; undefined: this step does not mind. */
  readonly restarted: (step: S, moment: Moment) => Move | undefined
  /** The one door answered for the message this step asked for. */
  readonly answered: (step: S, moment: Moment) => Move
}
