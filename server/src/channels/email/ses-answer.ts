import type { FailureCause, Handover } from '../carrier.ts'

/** What is known of a SendEmail call that failed. */
export type SesFailure = {
  /** The exception's name, such as MessageRejected. */
  readonly name: string
  readonly message: string
  /** HTTP status of the answer; undefined when there was none. */
  readonly status: number | undefined
  /** The request certainly never reached SES. */
  readonly unsent: boolean
  /** UTC ms of the hand-over. */
  readonly at: number
}

/** A full day's quota is asked for again after so long, a full second's after a moment. */
const dayQuotaRestMs = 3_600_000
const rateRestMs = 2_000

/**
 * What a failed call means (Amazon SES API v2, SendEmail, "Errors"). SES knows no idempotency key and cannot be asked about
 * a call, so one without an answer stays ambiguous.
 */
export function sesHandover(failure: SesFailure): Handover {
  const { name, message, status, at } = failure
  const detail = `${name}: ${message}`.slice(0, 500)
  if (failure.unsent) return { kind: 'temporary', detail }
  if (/Throttl|TooManyRequests|LimitExceeded/.test(name) || status === 429) {
    const rest = /daily/i.test(message) ? dayQuotaRestMs : rateRestMs
    return { kind: 'temporary', detail, retryAt: at + rest }
  }
  if (status === undefined || status >= 500) return { kind: 'ambiguous', detail }
  switch (name) {
    case 'MessageRejected':
    case 'MailFromDomainNotVerifiedException':
    case 'BadRequestException':
      return { kind: 'permanent', detail, cause: causeOf(name, message) }
    default:
      // Keys, permissions, a paused account: they get mended, and the mail can go then.
      return { kind: 'temporary', detail }
  }
}

function causeOf(name: string, message: string): FailureCause {
  if (name === 'MailFromDomainNotVerifiedException' || /not verified/i.test(message))
    return 'sender_unregistered'
  return 'other'
}
