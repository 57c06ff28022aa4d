import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import type { OnNight } from '../../../server/src/messages/intent.ts'
import type { MessageContent } from '../../../server/src/messages/message-content.ts'

export type WaitUnit = 'minutes' | 'hours' | 'days'
const minutesIn = { minutes: 1, hours: 60, days: 1_440 } as const

/** A wait in the largest unit that says it whole: 120 minutes -> 2 hours. */
export function saidWait(minutes: number): { readonly amount: number; readonly unit: WaitUnit } {
  if (minutes >= 1_440 && minutes % 1_440 === 0) return { amount: minutes / 1_440, unit: 'days' }
  if (minutes >= 60 && minutes % 60 === 0) return { amount: minutes / 60, unit: 'hours' }
  return { amount: minutes, unit: 'minutes' }
}

/** Back to minutes, within a wait's limit of 90 days. */
export function waitMinutes(amount: number, unit: WaitUnit): number {
  return Math.min(Math.max(0, amount * minutesIn[unit]), 90 * 1_440)
}

/** The flow with one wait changed. */
export function withWait(flow: Flow, id: number, minutes: number): Flow {
  return {
    ...flow,
    steps: flow.steps.map((step) =>
      step.kind === 'wait' && step.id === id ? { ...step, minutes } : step,
    ),
  }
}

/** The flow with what becomes of one message at night changed. */
export function withOnNight(flow: Flow, id: number, onNight: OnNight): Flow {
  return {
    ...flow,
    steps: flow.steps.map((step) =>
      step.kind === 'message' && step.id === id ? { ...step, onNight } : step,
    ),
  }
}

/** The flow with one message's content changed. */
export function withContent(flow: Flow, id: number, content: MessageContent): Flow {
  return {
    ...flow,
    steps: flow.steps.map((step) =>
      step.kind === 'message' && step.id === id ? { ...step, content } : step,
    ),
  }
}
