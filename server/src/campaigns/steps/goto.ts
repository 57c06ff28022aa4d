import { z } from 'zod'
import { StepId } from './step-id.ts'
import type { StepKind } from './step-kind.ts'

/** Goes on at another step of the flow; a loop must pass a wait. */
export const GotoStep = z.strictObject({ kind: z.literal('goto'), id: StepId, to: StepId })
export type GotoStep = z.infer<typeof GotoStep>

export const goto: StepKind<GotoStep> = {
  checked: false,
  enter: (step) => ({ kind: 'goto', step: step.to }),
}
