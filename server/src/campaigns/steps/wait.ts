import { z } from 'zod'
import { dayMs, minuteMs } from '../../lib/duration.ts'
import { StepId } from './step-id.ts'
import type { StepKind } from './step-kind.ts'

/** The longest wait of one step, minutes. */
export const longestWaitMinutes = (400 * dayMs) / minuteMs

/** Waits `minutes` from the person's arrival, anew after each of the flow's restart events. */
export const WaitStep = z.strictObject({
  kind: z.literal('wait'),
  id: StepId,
  minutes: z.number().min(0).max(longestWaitMinutes),
})
export type WaitStep = z.infer<typeof WaitStep>

export const wait: StepKind<WaitStep> = {
  checked: false,
  enter: (step, { now }) => ({ kind: 'wait', until: dueAt(step, now) }),
  timeUp: () => ({ kind: 'next' }),
  restarted: (step, { now }) => ({ kind: 'wait', until: dueAt(step, now) }),
}

function dueAt(step: WaitStep, now: number): number {
  return now + Math.round(step.minutes * minuteMs)
}
