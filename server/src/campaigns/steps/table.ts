import { z } from 'zod'
import { ExitStep, exit } from './exit.ts'
import { MessageStep, message } from './message.ts'
import type { StepKind } from './step-kind.ts'
import { WaitStep, wait } from './wait.ts'

/** A step of a flow. `id` is unique in the flow and kept over edits; decisions and timers name it. */
export const Step = z.discriminatedUnion('kind', [WaitStep, MessageStep, ExitStep])
export type Step = z.infer<typeof Step>

/** Every kind of step. A new kind is one file and one line here. */
export const stepKinds = { wait, message, exit } satisfies {
  readonly [K in Step['kind']]: StepKind<Extract<Step, { kind: K }>>
}

/** The kind of a step, to be called with that very step. */
export function kindOf(step: Step): StepKind<Step> {
  // The table pairs each kind with its own steps, which the compiler cannot follow through the lookup.
  return stepKinds[step.kind] as StepKind<Step>
}
