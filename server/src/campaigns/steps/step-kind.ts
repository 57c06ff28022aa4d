import type { Placed } from '../../events/happening.ts'
import type { EndReason } from '../end-reason.ts'
import type { Enrolment, Notes } from '../enrolment.ts'
import type { Facts } from '../facts.ts'
import type { Act, Answer } from './act.ts'
import type { StepRef } from './step-id.ts'

/** What a step decides about the person standing on it. `notes` replaces what the enrolment keeps, where it is given. */
export type Move = { readonly notes?: Notes } & (
  | /** On to the following step at once. */ { readonly kind: 'next' }
  /** Into one of the step's own paths; the step after it follows when the path is walked. */
  | { readonly kind: 'into'; readonly steps: readonly StepRef[] }
  /** To the step with this id. */
  | { readonly kind: 'goto'; readonly step: number }
  /** Stay here until the time (UTC ms), or until something heard moves the person. */
  | { readonly kind: 'wait'; readonly until: number }
  /** Do something outside the flow and stay here until the answer comes. */
  | { readonly kind: 'ask'; readonly act: Act }
  /** Stay here; something else will move the person. */
  | { readonly kind: 'stay' }
  | { readonly kind: 'end'; readonly reason: EndReason }
)

/** A step's surroundings: the person's way so far, what is known of them, and `now` (UTC ms). */
export type Moment = {
  readonly enrolment: Enrolment
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
  readonly timeUp?: (step: S, moment: Moment) => Move
  /** An event that restarts waits happened; undefined: this step does not mind. */
  readonly restarted?: (step: S, moment: Moment) => Move
  /** Anything of the person happened while they stand here; undefined: this step does not mind. */
  readonly heard?: (step: S, moment: Moment, happening: Placed) => Move | undefined
  /** What the step asked for was answered. */
  readonly answered?: (step: S, moment: Moment, answer: Answer) => Move
}
