import { z } from 'zod'
import { StepId } from './step-id.ts'
import type { StepKind } from './step-kind.ts'

/** Ends the flow for the person. */
export const ExitStep = z.strictObject({ kind: z.literal('exit'), id: StepId })
export type ExitStep = z.infer<typeof ExitStep>

export const exit: StepKind<ExitStep> = {
  checked: false,
  enter: () => ({ kind: 'end', reason: 'exit_step' }),
}
