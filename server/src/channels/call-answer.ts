import type { z } from 'zod'
import { hourMs, secondMs } from '../lib/duration.ts'
import type { Handover } from './carrier.ts'
import type { Halve } from './gather.driver.ts'

/** An answer's body read as JSON of this shape; undefined when it is none. */
export function bodyAs<S extends z.ZodType>(schema: S, body: string): z.infer<S> | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(body))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

/**
 * What a refusal of a whole call means for each message in it. One that was refused alone is refused; those there was no call
 * left for wait, for the fault may be another's, and an address is never closed for its neighbour's. What is wrong with
 * the sender is wrong for all.
 */
export function refusedTogether(
  refusal: Extract<Handover, { kind: 'permanent' }>,
): Halve<Handover> {
  const { cause, detail } = refusal
  const restOr: Handover =
    cause === 'sender_unregistered' ? refusal : { kind: 'temporary', detail: `together: ${detail}` }
  return { halveOr: refusal, restOr }
}

/** Longest wait a server may ask for. */
const longestWaitMs = hourMs

// The request was understood to be one for another day or another key: it was not acted upon, and the shop can mend it.
const mendable: ReadonlySet<number> = new Set([401, 403, 404, 407, 408, 421, 423, 425])

/**
 * What an HTTP answer that is no success says of the messages in its request. Of 500, 502 and 504 nobody knows whether the
 * server had begun; 503 and 429 refuse the work (RFC 9110).
 */
export function handoverOfStatus(answer: {
  readonly status: number
  /** The header Retry-After, seconds or a date. */
  readonly retryAfter: string | null
  readonly words: string
  /** UTC ms */
  readonly now: number
}): Handover {
  const detail = `${answer.status} ${answer.words}`.trim().slice(0, 500)
  if (answer.status === 429 || answer.status === 503) {
    const waitMs = waitOf(answer.retryAfter, answer.now)
    return waitMs === undefined
      ? { kind: 'temporary', detail }
      : { kind: 'temporary', detail, retryAt: answer.now + waitMs }
  }
  if (answer.status === 402) return { kind: 'no_balance', detail }
  if (mendable.has(answer.status)) return { kind: 'temporary', detail }
  if (answer.status >= 500) return { kind: 'ambiguous', detail }
  // Redirects are not followed: nothing was taken there.
  if (answer.status < 400) return { kind: 'temporary', detail }
  return { kind: 'permanent', cause: 'other', detail }
}

function waitOf(retryAfter: string | null, now: number): number | undefined {
  if (retryAfter === null || retryAfter.trim() === '') return undefined
  const seconds = Number(retryAfter)
  const waitMs = Number.isFinite(seconds) ? seconds * secondMs : Date.parse(retryAfter) - now
  return Number.isFinite(waitMs) ? Math.min(Math.max(waitMs, 0), longestWaitMs) : undefined
}
