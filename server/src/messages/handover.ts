import type { FailureCause, Handover, ReportedCause } from '../channels/carrier.ts'
import type { ConsentChannel } from '../consent/consent.ts'
import { hourMs, minuteMs } from '../lib/duration.ts'
import { hash32 } from '../lib/random.ts'
import type { ProviderSign } from './breaker.ts'
import type { Suppression } from './outbox.ts'
import type { DecisionReason } from './reasons.ts'

const firstWaitMs = minuteMs
const waitFactor = 3
const longestWaitMs = 4 * hourMs
/** Tries before a message has failed; about 14 hours after the first. */
const mostTries = 9
/** The account is looked at again by one message at a time (breaker.ts); this only keeps that one from being tried at once. */
const balanceLookMs = minuteMs

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
  /** All sending was stopped before it left: it waits as if nobody had touched it. */
  | { readonly kind: 'halted'; readonly detail: string }

/** What a handover makes of a message. `at`: when it was taken, or when to try again (UTC ms). */
export type Fate = {
  readonly state: 'sent' | 'queued' | 'failed' | 'unconfirmed'
  readonly reason: DecisionReason
  readonly at: number
}

/**
 * `number` counts from 1 and includes the try just made; `seed` spreads the retries of messages that failed together. An
 * ambiguous handover is never tried again by itself.
 */
export function fateOf(
  handover: Attempt,
  attempt: { readonly number: number; readonly now: number; readonly seed: string },
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
    case 'halted':
      return { state: 'queued', reason: 'halted', at }
    case 'ambiguous':
      return { state: 'unconfirmed', reason: 'unconfirmed', at }
    case 'no_balance':
      return { state: 'queued', reason: 'no_balance', at: at + balanceLookMs }
    case 'temporary': {
      if (attempt.number >= mostTries)
        return { state: 'failed', reason: 'provider_unavailable', at }
      const own = at + retryWaitMs(attempt)
      return { state: 'queued', reason: 'queued', at: Math.max(own, handover.retryAt ?? 0) }
    }
  }
}

/** Exponential: 1, 3, 9, 27, 81 minutes, then 4 hours; up to a quarter less, by the seed, so that not all come at once. */
export function retryWaitMs(attempt: { readonly number: number; readonly seed: string }): number {
  const whole = Math.min(firstWaitMs * waitFactor ** (attempt.number - 1), longestWaitMs)
  const spread = hash32(`${attempt.seed}:${attempt.number}`) / 4_294_967_296
  return Math.round(whole * (1 - spread / 4))
}

/** What an answer says of the provider itself; undefined when it was not asked. */
export function signOf(handover: Attempt): ProviderSign | undefined {
  switch (handover.kind) {
    case 'accepted':
    case 'permanent':
      return { kind: 'works' }
    case 'temporary':
      return { kind: 'fails', retryAt: handover.retryAt }
    case 'ambiguous':
      return { kind: 'fails' }
    case 'no_balance':
      return { kind: 'no_balance' }
    case 'undrawable':
    case 'halted':
      return undefined
  }
}

/** What the toll-free number stands under: whoever calls it refuses advertising by all of these. */
export const tollFreeChannels = ['sms', 'kakao'] as const

/** The channels that an address is closed for when one of them tells so. */
export function closedTogether(
  channel: ConsentChannel,
  reason: Suppression,
): readonly ConsentChannel[] {
  const isTollFree = tollFreeChannels.some((one) => one === channel)
  return reason === 'opted_out' && isTollFree ? tollFreeChannels : [channel]
}

/** What a provider's refusal says of the address itself. */
export function closedBy(cause: ReportedCause): Exclude<Suppression, 'admin'> | undefined {
  switch (cause) {
    case 'no_address':
      return 'hard_bounce'
    case 'opted_out':
      return 'opted_out'
    case 'complaint':
      return 'complaint'
    case 'not_on_kakao':
    case 'template_mismatch':
    case 'sender_unregistered':
    case 'outside_window':
    case 'spam_filtered':
    case 'unreachable':
    case 'no_balance':
    case 'other':
      return undefined
  }
}
