import { z } from 'zod'
import { minuteMs } from '../../lib/duration.ts'
import { WebhookContent } from '../../messages/webhook/content.ts'
import { withAnswer } from '../kept-answers.ts'
import { StepId } from './step-id.ts'
import type { Moment, Move, StepKind } from './step-kind.ts'

/**
 * Calls the shop's server (signed, retried) and waits up to `answerMinutes` for its answer; a JSON answer is kept for the
 * branches and messages after it.
 */
export const WebhookStep = z.strictObject({
  kind: z.literal('webhook'),
  id: StepId,
  content: WebhookContent,
  /** Id of the compiled content; set when the campaign is published, ignored in drafts. */
  contentId: z.string().max(200).optional(),
  answerMinutes: z
    .number()
    .min(1)
    .max(24 * 60)
    .default(10),
})
export type WebhookStep = z.infer<typeof WebhookStep>

export const webhook: StepKind<WebhookStep> = {
  checked: false,
  enter: (_, moment) => call(moment),
  timeUp: (step, moment) =>
    moment.enrolment.notes.called?.step === step.id ? { kind: 'next' } : call(moment),
  answered: (step, { enrolment: { notes }, now }, { outcome, message }) =>
    outcome === 'queued'
      ? {
          kind: 'wait',
          until: now + step.answerMinutes * minuteMs,
          notes: { ...notes, called: { step: step.id, message: message ?? null } },
        }
      : { kind: 'next' },
  heard: (step, { enrolment: { notes } }, { kind, name, body: { properties = {} } }) => {
    const { called } = notes
    if (kind !== 'receipt' || called?.step !== step.id) return undefined
    if (called.message === null || properties.message_id !== called.message) return undefined
    if (!ends.has(name)) return undefined
    const { answer } = properties
    return answer === undefined
      ? { kind: 'next' }
      : { kind: 'next', notes: withAnswer(notes, { step: step.id, answer }) }
  },
}

/** What is told of a call when nothing more will come of it. */
const ends: ReadonlySet<string> = new Set([
  'Message Sent',
  'Message Failed',
  'Message Refused',
  'Message Unconfirmed',
])

/** While the campaign is paused nothing is called: the step is tried again at once on resuming. */
function call({ enrolment, facts, now }: Moment): Move {
  const { called: _, ...notes } = enrolment.notes
  return facts.paused
    ? { kind: 'wait', until: now, notes }
    : { kind: 'ask', act: { kind: 'send', link: 0 }, notes }
}
