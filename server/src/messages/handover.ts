import type { Handover } from '../channels/email/mail.ts'
import { minuteMs } from '../lib/duration.ts'
import type { DecisionReason } from './reasons.ts'

/** Waits before another try when a provider could not take a message, minutes; after the last it has failed. */
const retryMinutes = [1, 2, 5, 10, 30, 60, 120, 240] as const

/** A handover, or a mail that could not even be drawn. */
export type Attempt =
  | Handover
  | {
      readonly kind: 'undrawable'
      readonly reason: 'content_missing' | 'render_failed'
      readonly detail: string
    }

/** What a handover makes of a message. `at`: when it was taken, or when to try again (UTC ms). */
export type Fate = {
  readonly state: 'sent' | 'queued' | 'failed' | 'unconfirmed'
  readonly reason: DecisionReason
  readonly at: number
}

/** `attempt` counts from 1 and includes the one just made. An ambiguous handover is never tried again by itself. */
export function fateOf(
  handover: Attempt,
  attempt: { readonly number: number; readonly now: number },
): Fate {
  const at = attempt.now
  switch (handover.kind) {
    case 'accepted':
      return { state: 'sent', reason: 'sent', at }
    case 'permanent':
      return {
        state: 'failed',
        reason: handover.bounced ? 'hard_bounced' : 'provider_refused',
        at,
      }
    case 'undrawable':
      return { state: 'failed', reason: handover.reason, at }
    case 'ambiguous':
      return { state: 'unconfirmed', reason: 'unconfirmed', at }
    case 'temporary': {
      const wait = retryMinutes[attempt.number - 1]
      if (wait === undefined) return { state: 'failed', reason: 'provider_unavailable', at }
      return { state: 'queued', reason: 'queued', at: at + wait * minuteMs }
    }
  }
}
