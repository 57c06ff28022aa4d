import type { ConsentState } from '../consent/consent.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { localTime, startOfLocalDay } from '../lib/zone.ts'
import type { MessageChannel, Precedence, Purpose } from './intent.ts'
import type { DecisionReason } from './reasons.ts'
import type { SendingSettings } from './sending.ts'

/** A message of the same person that was queued or handed over; what caps and precedence look at. */
export type Earlier = {
  /** UTC ms: when it was handed over, or will be at the earliest. */
  readonly at: number
  readonly purpose: Purpose
  readonly precedence: Precedence | null
  /** Still queued: it gives way to a weightier one. */
  readonly waiting: boolean
}

/** Everything the one door looks at, gathered beforehand. The rule itself reads nothing. */
export type Facts = {
  readonly channel: MessageChannel
  readonly purpose: Purpose
  readonly precedence: Precedence
  /** UTC ms: the turn's processed_at, or the clock of the sender. */
  readonly now: number
  /** The shop's zone; the night is the recipient's, and the law's is Korea's. */
  readonly timeZone: string
  readonly settings: SendingSettings
  readonly channelReady: boolean
  readonly hasContact: boolean
  readonly erased: boolean
  readonly suppressed: 'opted_out' | 'hard_bounce' | 'complaint' | 'admin' | null
  /** Undefined: the channel has no row, so it allows nothing. */
  readonly consent: ConsentState | undefined
  readonly earlier: readonly Earlier[]
  readonly products: 'fine' | 'not_sellable' | 'out_of_stock'
  /** Null until a campaign carries a coupon. */
  readonly couponAvailable: boolean | null
  readonly drawn: 'fine' | 'content_missing' | 'render_failed' | 'sender_incomplete'
  readonly arm: 'treatment' | 'holdout'
  readonly notBefore: number | null
}

export type Verdict =
  | { readonly kind: 'send' }
  | { readonly kind: 'held'; readonly reason: 'night' | 'not_yet'; readonly until: number }
  | { readonly kind: 'refused'; readonly reason: DecisionReason }
  | { readonly kind: 'would_send'; readonly reason: 'held_out' }

type Refused = Extract<Verdict, { kind: 'refused' }>

const nightStartHour = 21
const nightEndHour = 8

/**
 * The one door (design law 5): suppression, consent, night, frequency, precedence, sellable and in stock, coupon,
 * rendered text, hold-out. The first that objects names the reason. A held-out person has passed all the others.
 * The night only delays, so the rest is looked at first and both arms are counted at the same instant.
 */
export function decide(facts: Facts): Verdict {
  const refused =
    permission(facts) ??
    frequency(facts) ??
    precedence(facts) ??
    (facts.products === 'fine' ? undefined : refuse(facts.products)) ??
    (facts.couponAvailable === false ? refuse('coupon_gone') : undefined) ??
    (facts.drawn === 'fine' ? undefined : refuse(facts.drawn))
  if (refused) return refused
  if (facts.arm === 'holdout') return { kind: 'would_send', reason: 'held_out' }
  return waiting(facts) ?? { kind: 'send' }
}

/** What is looked at again in the transaction that leases a message: law and limits, not the experiment. */
export function decideAgain(facts: Facts, due: { readonly notBefore: number }): Verdict {
  const refused = permission(facts) ?? frequency(facts)
  if (refused) return refused
  if (facts.purpose === 'advertising' && facts.now > due.notBefore + staleAfterMs) {
    return refuse('too_late')
  }
  return waiting(facts) ?? { kind: 'send' }
}

/** An advertisement that could not be handed over for so long is not sent any more. */
export const staleAfterMs = dayMs

function refuse(reason: DecisionReason): Refused {
  return { kind: 'refused', reason }
}

function permission(facts: Facts): Refused | undefined {
  if (facts.erased) return refuse('erased')
  if (!facts.channelReady) return refuse('channel_off')
  if (!facts.hasContact) return refuse('no_contact')
  if (facts.suppressed === 'hard_bounce') return refuse('hard_bounced')
  if (facts.suppressed === 'complaint') return refuse('complained')
  if (facts.suppressed === 'admin') return refuse('suppressed')
  if (facts.purpose === 'informational') return undefined
  if (facts.suppressed === 'opted_out') return refuse('opted_out')
  if (!facts.consent?.adDay) return refuse('no_consent')
  if (facts.settings.needsPersonalDataConsent && !facts.consent.personalDataMarketing) {
    return refuse('no_personal_data_consent')
  }
  return undefined
}

/** Advertisements in the half-open windows (now - 24 h, now] and (now - 7 d, now], over all channels. */
function frequency(facts: Facts): Refused | undefined {
  if (facts.purpose === 'informational') return undefined
  const counted = facts.earlier.filter(
    (one) => one.purpose === 'advertising' && !(one.waiting && givesWay(one, facts)),
  )
  const within = (windowMs: number) => counted.filter((one) => one.at > facts.now - windowMs).length
  if (within(dayMs) >= facts.settings.adsPerDay) return refuse('frequency_day')
  if (within(7 * dayMs) >= facts.settings.adsPerWeek) return refuse('frequency_week')
  return undefined
}

function precedence(facts: Facts): Refused | undefined {
  if (facts.purpose === 'informational') return undefined
  const since = facts.now - facts.settings.precedenceHours * hourMs
  const outweighed = facts.earlier.some(
    (one) =>
      one.at > since &&
      one.precedence?.class === facts.precedence.class &&
      one.precedence.weight > facts.precedence.weight,
  )
  return outweighed ? refuse('outweighed') : undefined
}

/** Whether a waiting message must give way to the one being decided. */
export function givesWay(
  waitingOne: Pick<Earlier, 'precedence'>,
  to: { readonly precedence: Precedence },
): boolean {
  return (
    waitingOne.precedence !== null &&
    waitingOne.precedence.class === to.precedence.class &&
    waitingOne.precedence.weight < to.precedence.weight
  )
}

function waiting(facts: Facts): Verdict | undefined {
  const from = Math.max(facts.now, facts.notBefore ?? 0)
  const morning = morningAfter(from, facts)
  if (morning !== undefined) return { kind: 'held', reason: 'night', until: morning }
  return from > facts.now ? { kind: 'held', reason: 'not_yet', until: from } : undefined
}

/**
 * The next 08:00 when `at` falls in the night and the person did not agree to messages then; undefined otherwise.
 * Article 50 (3): 21:00 to 08:00, e-mail exempt; 08:00:00 is allowed, 21:00:00 is not.
 */
function morningAfter(at: number, facts: Facts): number | undefined {
  if (facts.purpose === 'informational' || facts.channel === 'email') return undefined
  if (facts.consent?.adNight) return undefined
  const today = startOfLocalDay(at, facts.timeZone)
  const timeOfDay = localTime(at, facts.timeZone) - localTime(today, facts.timeZone)
  const startsAt = nightStartHour * hourMs - facts.settings.nightMarginMinutes * minuteMs
  if (timeOfDay >= nightEndHour * hourMs && timeOfDay < startsAt) return undefined
  const midnight =
    timeOfDay >= startsAt ? startOfLocalDay(today + 36 * hourMs, facts.timeZone) : today
  return midnight + nightEndHour * hourMs
}
