import type { Happening } from '../events/happening.ts'
import type { Enrolment } from './enrolment.ts'
import type { Act } from './steps/act.ts'

/** One enrolment as a turn works on it. */
export type Way = {
  /** Its row; undefined when it began in this turn. */
  readonly id: number | undefined
  readonly enrolment: Enrolment
  /** As it was loaded; undefined when it began in this turn. */
  readonly before: Enrolment | undefined
  /** What the flow asks for outside itself, and the happening that led to it. */
  readonly ask: Ask | undefined
}

export type Ask = {
  readonly step: number
  readonly visit: number
  readonly act: Act
  readonly because: Happening | undefined
}

/** Does the way still want what it asked for? An order later in the same turn calls it off. */
export function asks<W extends Way>(way: W): way is W & { readonly ask: Ask } {
  return (
    way.ask !== undefined &&
    way.enrolment.state === 'active' &&
    way.enrolment.awaiting &&
    way.enrolment.visit === way.ask.visit
  )
}

/** The same, where it is a message. */
export function sends<W extends Way>(
  way: W,
): way is W & { readonly ask: Ask & { readonly act: Extract<Act, { kind: 'send' }> } } {
  return asks(way) && way.ask.act.kind === 'send'
}
