import { z } from 'zod'
import { dayMs, minuteMs } from '../../lib/duration.ts'
import type { StepKind } from './step-kind.ts'

/** The longest wait of one step, minutes. */
export const longestWaitMinutes = (90 * dayMs) / minuteMs

/** Waits `minutes` from the person's arrival, anew after each of the flow's restart events. */
export const WaitStep = z.strictObject({
  kind: z.literal('wait'),
  id: z.number().int().min(1).max(10_000),
  minutes: z.number().min(0).max(longestWaitMinutes),
})
export type WaitStep = z.infer<typeof WaitStep>

export const wait: StepKind<WaitStep> = {
  checked: false,
  enter: (step, { now }) => ({ kind: 'wait', until: dueAt(step, now) }),
  timeUp: () => ({ kind: 'next' }),
  restarted: (step, { now }) => ({ kind: 'wait', until: dueAt(step, now) }),
  answered: () => ({ kind: 'stay' }),
}

function dueAt(step: WaitStep, now: number): number {
  return now + Math.round(step.minutes * minuteMs)
}
