import type { FailureCause, Handover } from '../channels/carrier.ts'
import { minuteMs } from '../lib/duration.ts'
import type { DecisionReason } from './reasons.ts'

/** Waits before another try when a provider could not take a message, minutes; after the last it has failed. */
const retryMinutes = [1, 2, 5, 10, 30, 60, 120, 240] as const

/** A message the shop's account had no money for is decided anew this often, until it is too late for it. */
const balanceLookMinutes = 30

/** What a provider's refusal is called in decisions and messages. */
export const failureReasons = {
  no_address: 'hard_bounced',
  opted_out: 'opted_out_at_provider',
  complaint: 'complained',
  not_on_kakao: 'not_on_kakao',
  template_mismatch: 'template_mismatch',
  sender_unregistered: 'sender_unregistered',
  outside_window: 'outside_window',
  spam_filtered: 'spam_filtered',
  unreachable: 'unreachable',
  other: 'provider_refused',
} as const satisfies Record<FailureCause, DecisionReason>

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
        reason: failureReasons[handover.cause],
        at,
      }
    case 'undrawable':
      return { state: 'failed', reason: handover.reason, at }
    case 'ambiguous':
      return { state: 'unconfirmed', reason: 'unconfirmed', at }
    case 'no_balance':
      return { state: 'queued', reason: 'no_balance', at: at + balanceLookMinutes * minuteMs }
    case 'temporary': {
      const wait = retryMinutes[attempt.number - 1]
      if (wait === undefined) return { state: 'failed', reason: 'provider_unavailable', at }
      const own = at + wait * minuteMs
      return { state: 'queued', reason: 'queued', at: Math.max(own, handover.retryAt ?? 0) }
    }
  }
}
