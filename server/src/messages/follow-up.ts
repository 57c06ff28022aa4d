import { dayMs, hourMs, minuteMs, secondMs } from '../lib/duration.ts'

/** When, after a hand-over that nobody saw the end of, the provider is asked for it. */
const lookUpsMs = [20 * secondMs, 2 * minuteMs, 15 * minuteMs, hourMs, 6 * hourMs] as const

/** When, after a message was accepted, the provider is asked whether it arrived. */
const reportsMs = [
  minuteMs,
  2 * minuteMs,
  5 * minuteMs,
  15 * minuteMs,
  hourMs,
  3 * hourMs,
  8 * hourMs,
  dayMs,
  2 * dayMs,
  3 * dayMs,
] as const

/** When to look for an unclear hand-over next (UTC ms); null when it was long enough in vain. */
export function nextLookUp(handedAt: number, now: number): number | null {
  return nextOf(lookUpsMs, handedAt, now)
}

/** When to ask next whether an accepted message arrived (UTC ms); null after three days. */
export function nextReport(sentAt: number, now: number): number | null {
  return nextOf(reportsMs, sentAt, now)
}

function nextOf(offsets: readonly number[], from: number, now: number): number | null {
  const next = offsets.find((offset) => from + offset > now)
  return next === undefined ? null : from + next
}

/** What is known of a message when a report about it comes. */
export type ReportedOn = {
  readonly state: string
  readonly deliveredAt: number | null
}

/** What a report makes of its message: nothing, when that would take back something more final. */
export type ReportEffect = 'delivered' | 'failed' | 'complained' | 'again' | 'nothing'

/**
 * Reports come late, repeated and in any order. Delivered ends it, but for an address that turns out to be none (mail
 * returned later) and for a complaint, which only what arrived can have. What there was no money for waits and is decided
 * anew, as if the provider had said so at once.
 */
export function effectOf(
  message: ReportedOn,
  report: { readonly kind: 'delivered' | 'failed'; readonly cause: string },
): ReportEffect {
  if (message.state !== 'sent') return 'nothing'
  if (report.kind === 'delivered') return message.deliveredAt === null ? 'delivered' : 'nothing'
  if (report.cause === 'no_balance') return message.deliveredAt === null ? 'again' : 'nothing'
  if (report.cause === 'complaint') return 'complained'
  if (message.deliveredAt === null || report.cause === 'no_address') return 'failed'
  return 'nothing'
}
