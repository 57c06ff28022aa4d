import { z } from 'zod'
import type { Placed } from '../../events/happening.ts'
import { minuteMs } from '../../lib/duration.ts'
import { MessageContent } from '../../messages/message-content.ts'
import type { Answer } from './act.ts'
import { StepId } from './step-id.ts'
import type { Moment, Move, StepKind } from './step-kind.ts'

/** Most contents of one channel chain beside the first. */
const fallbacksLimit = 4

/** Id of the compiled content; set when the campaign is published, ignored in drafts. */
const contentId = z.string().max(200).optional()

/**
 * Asks the one door to send one message. The flow goes on when the door has answered, whatever it answered. With
 * `fallbacks` the message is a chain of channels: when one does not reach the person the next is tried, until the first
 * that does.
 */
export const MessageStep = z.strictObject({
  kind: z.literal('message'),
  id: StepId,
  content: MessageContent,
  /** Where `{{ cart.url }}` leads: an address, or a path of the shop. */
  cartUrl: z
    .string()
    .trim()
    .max(1_000)
    .refine((url) => /^(https?:\/\/|\/)/i.test(url), 'an http(s) address or a path such as /cart')
    .default('/cart'),
  /** What the night would delay waits for the morning, or is dropped: a reminder of today's last hours is no use then. */
  onNight: z.enum(['hold', 'drop']).optional(),
  contentId,
  /** Pool of the coupon that goes with the message: issued when it leaves, never without it. */
  coupon: z.number().int().positive().optional(),
  fallbacks: z
    .array(z.strictObject({ content: MessageContent, contentId }))
    .max(fallbacksLimit)
    .optional(),
  /** How long a handed-over message may stay without a delivery report before the chain calls it delivered. */
  deliveryMinutes: z
    .number()
    .min(1)
    .max(24 * 60)
    .default(30),
})
export type MessageStep = z.infer<typeof MessageStep>

/** The contents of the chain in their order. */
export function chainOf(step: MessageStep): readonly Pick<MessageStep, 'content' | 'contentId'>[] {
  return [step, ...(step.fallbacks ?? [])]
}

export const message: StepKind<MessageStep> = {
  checked: true,
  enter: (_, moment) => ask(moment, 0),
  timeUp: (step, moment) => {
    const { link } = moment.enrolment.notes
    // The time for a delivery report is over, or the campaign was paused when the message was due.
    if (link?.step === step.id && link.asked) return { kind: 'next' }
    return ask(moment, link?.step === step.id ? link.index : 0)
  },
  heard: (step, moment, happening) => heard(step, moment, happening),
  answered: (step, moment, answer) => answered(step, moment, answer),
}

/** While the campaign is paused nothing asks the door: the step is tried again at once on resuming. */
function ask({ enrolment, facts, now }: Moment, index: number): Move {
  const asked = !facts.paused
  const notes = { ...enrolment.notes, link: { step: enrolment.step, index, asked } }
  return asked
    ? { kind: 'ask', act: { kind: 'send', link: index }, notes }
    : { kind: 'wait', until: now, notes }
}

function answered(step: MessageStep, moment: Moment, answer: Answer): Move {
  const { now, enrolment } = moment
  const next = nextLink(step, moment)
  if (next === undefined || answer.outcome === 'held_out') return { kind: 'next' }
  if (answer.outcome === 'refused')
    return isOfChannel(answer.reason) ? ask(moment, next) : { kind: 'next' }
  const { notes } = enrolment
  const link = notes.link &&
    answer.message !== undefined && { ...notes.link, message: answer.message }
  return {
    kind: 'wait',
    until: Math.max(now, answer.until ?? now) + step.deliveryMinutes * minuteMs,
    notes: link ? { ...notes, link } : notes,
  }
}

/** The index of the content after the one last asked for. */
function nextLink(step: MessageStep, { enrolment }: Moment): number | undefined {
  const index = (enrolment.notes.link?.index ?? 0) + 1
  return index < chainOf(step).length ? index : undefined
}

function heard(step: MessageStep, moment: Moment, happening: Placed): Move | undefined {
  const { link } = moment.enrolment.notes
  const { properties = {} } = happening.body
  if (happening.kind !== 'receipt' || link?.step !== step.id) return undefined
  if (link.message === undefined || properties.message_id !== link.message) return undefined
  const next = nextLink(step, moment)
  if (next === undefined) return undefined
  switch (happening.name) {
    case 'Message Delivered':
    // Whether it went out cannot be known: a second channel might be a second message.
    case 'Message Unconfirmed':
      return { kind: 'next' }
    case 'Message Sent':
      return { kind: 'wait', until: moment.now + step.deliveryMinutes * minuteMs }
    case 'Message Failed':
    case 'Message Bounced':
      return ask(moment, next)
    case 'Message Refused':
      return isOfChannel(String(properties.reason)) ? ask(moment, next) : { kind: 'next' }
    default:
      return undefined
  }
}

const reasonsOfChannel: ReadonlySet<string> = new Set([
  'channel_off',
  'no_contact',
  'hard_bounced',
  'complained',
  'suppressed',
  'opted_out',
  'no_consent',
  'render_failed',
  'content_missing',
])

/** Does the refusal speak of this channel only, so that another may be tried? Caps and the night speak of the person. */
function isOfChannel(reason: string): boolean {
  return reasonsOfChannel.has(reason)
}
