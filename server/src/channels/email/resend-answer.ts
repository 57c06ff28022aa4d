import { z } from 'zod'
import { hourMs, secondMs } from '../../lib/duration.ts'
import { handoverOfStatus } from '../call-answer.ts'
import type { FailureCause, Handover } from '../carrier.ts'

/** An answer of Resend's API. */
export type ResendAnswer = {
  readonly status: number
  readonly body: string
  /** The `retry-after` header: seconds, when it is told. */
  readonly retryAfter: string | null
}

const Failure = z.object({
  name: z.string().max(200).default(''),
  message: z.string().default(''),
})

const Batch = z.object({
  data: z.array(z.object({ id: z.string().min(1).max(200) })),
  errors: z.array(z.object({ index: z.number().int().min(0), message: z.string() })).default([]),
})

/**
 * What an answer to a batch says of each of its mails, in their order (https://resend.com/docs/api-reference/errors). In
 * the permissive mode refused mails are listed by index and the ids are those of the others.
 */
export function batchHandovers(
  answer: ResendAnswer,
  mails: { readonly count: number; readonly now: number },
): readonly Handover[] {
  const { count, now } = mails
  const all = (handover: Handover) => Array.from({ length: count }, () => handover)
  if (answer.status < 200 || answer.status >= 300) return all(refusalOf(answer, now))
  const parsed = Batch.safeParse(jsonOf(answer.body))
  const wrong = new Map(parsed.data?.errors.map(({ index, message }) => [index, message]))
  if (!parsed.success || parsed.data.data.length + wrong.size !== count) {
    return all({
      kind: 'ambiguous',
      detail: 'Resend took the call and answered something unknown.',
    })
  }
  const ids = parsed.data.data.values()
  return Array.from({ length: count }, (_, at): Handover => {
    const message = wrong.get(at)
    if (message !== undefined)
      return { kind: 'permanent', detail: shortened(message), cause: causeOf('', message) }
    return { kind: 'accepted', providerId: ids.next().value?.id ?? '' }
  })
}

function refusalOf(answer: ResendAnswer, now: number): Handover {
  const { name, message } = failureOf(answer.body)
  const detail = shortened(`${answer.status} ${name}: ${message}`)
  switch (name) {
    // The same key with the same mails is being worked on: whether it will be taken is not known yet.
    case 'concurrent_idempotent_requests':
      return { kind: 'ambiguous', detail }
    // The key was used with other mails: ours has not gone, and a key of the next try is another one.
    case 'invalid_idempotent_request':
      return { kind: 'temporary', detail }
    case 'monthly_quota_exceeded':
      return { kind: 'no_balance', detail }
    case 'daily_quota_exceeded':
      return { kind: 'temporary', detail, retryAt: now + hourMs }
  }
  const cause = causeOf(name, message)
  if (cause !== 'other') return { kind: 'permanent', detail, cause }
  const { status, retryAfter } = answer
  return handoverOfStatus({ status, retryAfter, words: `${name}: ${message}`, now })
}

/** Whether the same call with the same key may be made again at once, and after how long (ms). */
export function askAgainAfter(answer: ResendAnswer): number | undefined {
  const { name } = failureOf(answer.body)
  if (name === 'concurrent_idempotent_requests' || answer.status >= 500) return secondMs
  if (answer.status !== 429 || /quota/.test(name)) return undefined
  const seconds = Number(answer.retryAfter ?? '1')
  return seconds >= 0 && seconds <= 5 ? Math.max(seconds * secondMs, 250) : undefined
}

function failureOf(body: string): z.infer<typeof Failure> {
  return Failure.safeParse(jsonOf(body)).data ?? { name: '', message: '' }
}

function causeOf(name: string, message: string): FailureCause {
  if (name === 'invalid_from_address' || /`from`|domain is not verified/i.test(message))
    return 'sender_unregistered'
  return /invalid `to`/i.test(message) ? 'no_address' : 'other'
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const shortened = (text: string) => text.slice(0, 500)
