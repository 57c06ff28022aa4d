import { z } from 'zod'
import type { StepKind } from './step-kind.ts'

/** Ends the flow for the person. */
export const ExitStep = z.strictObject({
  kind: z.literal('exit'),
  id: z.number().int().min(1).max(10_000),
})
export type ExitStep = z.infer<typeof ExitStep>

export const exit: StepKind<ExitStep> = {
  checked: false,
  enter: () => ({ kind: 'end', reason: 'exit_step' }),
  timeUp: () => ({ kind: 'end', reason: 'exit_step' }),
  restarted: () => undefined,
  answered: () => ({ kind: 'stay' }),
}
