import type { Verdict } from '../decide.ts'
import type { MessageIntent } from '../intent.ts'
import { Kept } from '../kept.ts'

/** What a page decided while it waited: shown, or held out at the same instant. */
export function fallen({ arm, shop }: NonNullable<MessageIntent['shown']>): Verdict {
  if (shop?.heldOut) return { kind: 'would_send', reason: 'shop_held_out' }
  return arm === 'holdout' ? { kind: 'would_send', reason: 'held_out' } : { kind: 'send' }
}

/** What is kept of a message that was shown and cannot be drawn any more. */
export function keptOfShown({ context }: MessageIntent, at: number): Kept {
  return { ...Kept.parse({}), context, at }
}
