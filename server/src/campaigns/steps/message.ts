import { z } from 'zod'
import { MessageContent } from '../../messages/message-content.ts'
import type { StepKind } from './step-kind.ts'

/** Asks the one door to send one message. The flow goes on when the door has answered, whatever it answered. */
export const MessageStep = z.strictObject({
  kind: z.literal('message'),
  id: z.number().int().min(1).max(10_000),
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
  /** Id of the compiled content; set when the campaign is published, ignored in drafts. */
  contentId: z.string().max(200).optional(),
})
export type MessageStep = z.infer<typeof MessageStep>

export const message: StepKind<MessageStep> = {
  checked: true,
  // While the campaign is paused nothing asks the door: the step is tried again at once on resuming.
  enter: (_, { facts, now }) => (facts.paused ? { kind: 'wait', until: now } : { kind: 'send' }),
  timeUp: (_, { facts, now }) => (facts.paused ? { kind: 'wait', until: now } : { kind: 'send' }),
  restarted: () => undefined,
  answered: () => ({ kind: 'next' }),
}
