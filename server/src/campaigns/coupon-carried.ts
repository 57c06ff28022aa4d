import { couponWord } from '../messages/coupon-words.ts'
import type { MessageContent } from '../messages/message-content.ts'
import type { Flow } from './campaign.ts'
import { stepsOf } from './flow-map.ts'
import type { MessageStep } from './steps/message.ts'

/**
 * Whether a coupon goes with this content of a message step: one of its own pool, or the one that a step of the flow gives, where
 * the words speak of it (ask.ts couponFor).
 */
export function carriesCoupon(
  flow: Pick<Flow, 'steps'>,
  step: Pick<MessageStep, 'coupon'>,
  content: MessageContent,
): boolean {
  if (step.coupon !== undefined) return true
  return stepsOf(flow).some(({ kind }) => kind === 'coupon') && couponWord(content) !== 'none'
}
