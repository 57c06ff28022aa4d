import { z } from 'zod'
import { minuteMs } from '../../lib/duration.ts'
import { seen, Watch } from '../watch.ts'
import { StepId, type StepRef } from './step-id.ts'
import type { StepKind } from './step-kind.ts'
import { longestWaitMinutes } from './wait.ts'

/**
 * Waits for an event, or for the person to enter or leave a segment, at most `minutes`: then `happened` or `timedOut` is
 * walked. A person who is where the segment waits for is through at once.
 */
export const waitForShape = {
  kind: z.literal('wait_for'),
  id: StepId,
  watch: Watch,
  minutes: z.number().min(1).max(longestWaitMinutes),
} as const

export type WaitForStep = {
  readonly kind: 'wait_for'
  readonly id: number
  readonly watch: Watch
  readonly minutes: number
  readonly happened: readonly StepRef[]
  readonly timedOut: readonly StepRef[]
}

export const waitFor: StepKind<WaitForStep> = {
  checked: false,
  enter: (step, { facts, now }) => {
    const { watch } = step
    const isThere =
      watch.kind === 'segment' && facts.isMember(watch.segment) === (watch.on === 'entered')
    if (isThere) return { kind: 'into', steps: step.happened }
    return { kind: 'wait', until: now + Math.round(step.minutes * minuteMs) }
  },
  timeUp: (step) => ({ kind: 'into', steps: step.timedOut }),
  heard: (step, _, happening) =>
    seen(step.watch, happening) ? { kind: 'into', steps: step.happened } : undefined,
}
