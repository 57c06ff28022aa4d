import { minuteMs, secondMs } from '../lib/duration.ts'

/** Why a lane rests; both are what waiting messages show. */
export type RestReason = 'provider_paused' | 'no_balance'

/**
 * Whether a shop's channel may hand over. Closed: it may; after enough failures in a row it opens and rests; then one message
 * is tried, and what comes of it closes or opens it again.
 */
export type Breaker =
  | { readonly kind: 'closed'; readonly failures: number }
  | {
      readonly kind: 'open' | 'probing'
      readonly why: RestReason
      /** How often it opened without having worked in between. */
      readonly times: number
      /** UTC ms: open, when one message is tried; probing, when its answer is no longer waited for. */
      readonly until: number
    }

/** What a hand-over says of the provider, not of the message. */
export type ProviderSign =
  | { readonly kind: 'works' }
  /** `retryAt` (UTC ms) where the provider named a time. */
  | { readonly kind: 'fails'; readonly retryAt?: number | undefined }
  | { readonly kind: 'no_balance' }

export const closedBreaker: Breaker = { kind: 'closed', failures: 0 }

/** Failures in a row after which a provider counts as down. */
const failuresToOpen = 10
/** An answer that takes longer is not waited for: longer than the slowest call. */
const probeLimitMs = 5 * minuteMs

const rests = {
  provider_paused: { firstMs: 15 * secondMs, longestMs: 5 * minuteMs },
  no_balance: { firstMs: minuteMs, longestMs: 15 * minuteMs },
} as const satisfies Record<RestReason, { readonly firstMs: number; readonly longestMs: number }>

/** How many messages the lane may take now. */
export function allowance(breaker: Breaker, now: number): 'all' | 'one' | 'none' {
  if (breaker.kind === 'closed') return 'all'
  return now >= breaker.until ? 'one' : 'none'
}

/** The one message that an open lane may try is under way. */
export function probing(breaker: Breaker, now: number): Breaker {
  if (breaker.kind === 'closed') return breaker
  return { ...breaker, kind: 'probing', until: now + probeLimitMs }
}

/** The lane after an answer. Answers to messages that left before it opened only ever close it. */
export function heard(breaker: Breaker, sign: ProviderSign, now: number): Breaker {
  if (sign.kind === 'works') return closedBreaker
  if (breaker.kind === 'open') return breaker
  const times = breaker.kind === 'closed' ? 1 : breaker.times + 1
  if (sign.kind === 'no_balance') return resting('no_balance', times, now)
  const failures = breaker.kind === 'closed' ? breaker.failures + 1 : failuresToOpen
  if (failures < failuresToOpen) return { kind: 'closed', failures }
  const rest = resting('provider_paused', times, now)
  return { ...rest, until: Math.max(rest.until, sign.retryAt ?? 0) }
}

function resting(why: RestReason, times: number, now: number) {
  const { firstMs, longestMs } = rests[why]
  const until = now + Math.min(firstMs * 2 ** (times - 1), longestMs)
  return { kind: 'open', why, times, until } as const
}
