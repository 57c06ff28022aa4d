import type { ConsentState } from '../consent/consent.ts'
import { dayMs, hourMs } from '../lib/duration.ts'
import type { MessageChannel, OnNight, Precedence, Purpose } from './intent.ts'
import { type Night, nightAt } from './night.ts'
import type { DecisionReason } from './reasons.ts'
import type { SendingSettings } from './sending.ts'
import { hoursBegin, type SendingHours } from './sending-hours.ts'

/** A message of the same person that was queued or handed over; what caps and precedence look at. */
export type Earlier = {
  /** UTC ms: when it was handed over, or will be at the earliest. */
  readonly at: number
  readonly purpose: Purpose
  readonly precedence: Precedence | null
  /** Still queued: it gives way to a weightier one. */
  readonly waiting: boolean
  /** Its id, so that it can be named where it decides. */
  readonly message?: number
}

/** Everything the one door looks at, gathered beforehand. The rule itself reads nothing. */
export type Facts = {
  readonly channel: MessageChannel
  readonly purpose: Purpose
  readonly precedence: Precedence
  /** UTC ms: the turn's processed_at, or the clock of the sender. */
  readonly now: number
  readonly settings: SendingSettings
  /** The channel has a provider of the shop's own, and what must be settled before a first send is not (consent/first-send.ts). */
  readonly locked: boolean
  readonly channelReady: boolean
  readonly hasContact: boolean
  readonly erased: boolean
  readonly suppressed: 'opted_out' | 'hard_bounce' | 'complaint' | 'admin' | null
  /** The birth date that is known says so; who told none counts as grown up. */
  readonly under14: boolean
  /** Undefined: the channel has no row, so it allows nothing. */
  readonly consent: ConsentState | undefined
  /** A transaction of the last 6 months stands in for prior consent (consent/trading.ts); only where the shop said so. */
  readonly tradingRelation: boolean
  readonly earlier: readonly Earlier[]
  readonly products: 'fine' | 'not_sellable' | 'out_of_stock'
  /** Null: it carries none. */
  readonly couponAvailable: boolean | null
  /** The person has had as many of it as the pool gives one person. */
  readonly couponHad?: boolean
  /** It is for a first order, and the person has ordered. */
  readonly couponNotFirst?: boolean
  readonly drawn:
    | 'fine'
    | 'content_missing'
    | 'render_failed'
    | 'sender_incomplete'
    | 'too_few_recommendations'
  readonly arm: 'treatment' | 'holdout'
  /** The arm of the experiment that all advertising shares (experiments/shop-wide.ts); absent: there is none. */
  readonly shopArm?: 'treatment' | 'holdout'
  readonly notBefore: number | null
  /** Whether what the night would delay is held to the morning or dropped. */
  readonly onNight: OnNight
  /** The hours in which its campaign sends, and whose clocks say them; none: at any hour. */
  readonly hours?: { readonly of: SendingHours; readonly zone: string } | undefined
  /** Spreads the mornings: one text a person and shop. */
  readonly seed: string
  /** What the month's paid messages may cost is spent. */
  readonly budgetSpent: boolean
}

export type Verdict =
  | { readonly kind: 'send' }
  | {
      readonly kind: 'held'
      readonly reason: Night['reason'] | 'quiet_hours' | 'not_yet'
      readonly until: number
    }
  | { readonly kind: 'refused'; readonly reason: DecisionReason; readonly by?: DecidedBy }
  | { readonly kind: 'would_send'; readonly reason: 'held_out' | 'shop_held_out' }

/** The earlier messages that filled a limit, newest first, and the limit; or the one that weighs more. */
type DecidedBy = { readonly messages: readonly number[]; readonly limit?: number }

type Refused = Extract<Verdict, { kind: 'refused' }>

/**
 * The one door (design law 5): first-send lock, suppression, age, consent, night, frequency, budget, precedence, sellable and in
 * stock, coupon, rendered text, hold-out. The first that objects names the reason. A held-out person has passed all the
 * others. A night that only delays comes last, so that both arms are counted at the same instant.
 */
export function decide(facts: Facts): Verdict {
  const refused =
    permission(facts) ??
    droppedAtNight(facts) ??
    neverFree(facts) ??
    frequency(facts) ??
    budget(facts) ??
    precedence(facts) ??
    (facts.products === 'fine' ? undefined : refuse(facts.products)) ??
    coupon(facts) ??
    (facts.drawn === 'fine' ? undefined : refuse(facts.drawn))
  if (refused) return refused
  // Who gets no advertising at all is no part of this campaign's comparison, in neither arm.
  if (facts.shopArm === 'holdout') return { kind: 'would_send', reason: 'shop_held_out' }
  if (facts.arm === 'holdout') return { kind: 'would_send', reason: 'held_out' }
  return waiting(facts) ?? { kind: 'send' }
}

/** When a message was decided and when it was to leave (UTC ms): what is put off is to leave later, but was decided no later. */
export type Decided = { readonly createdAt: number; readonly dueAt: number }

/** What is looked at again in the transaction that leases a message: law and limits, not the experiment. */
export function decideAgain(facts: Facts, { createdAt, dueAt }: Decided): Verdict {
  const refused =
    permission(facts) ??
    droppedAtNight(facts) ??
    neverFree(facts) ??
    frequency(facts) ??
    budget(facts)
  if (refused) return refused
  if (facts.now > dueAt + staleAfterMs[facts.purpose]) return refuse('too_late')
  if (facts.now > createdAt + oldestMs) return refuse('too_old')
  return waiting(facts) ?? { kind: 'send' }
}

/**
 * Pauses, hours and hourly rates put messages off as often as they like; what was decided so long ago was decided about somebody
 * else: the cart, the price and the coupon were looked at then. Two weeks are what caps remember, and twice the longest hours.
 */
const oldestMs = 14 * dayMs

/** What could not be handed over for so long is not sent any more. */
export const staleAfterMs = {
  advertising: dayMs,
  informational: 7 * dayMs,
} as const satisfies Record<Purpose, number>

function refuse(reason: DecisionReason): Refused {
  return { kind: 'refused', reason }
}

function permission(facts: Facts): Refused | undefined {
  if (facts.erased) return refuse('erased')
  // What goes to the shop's own server reaches no person; whoever opens the shop's page came by themselves.
  if (facts.channel === 'webhook' || facts.channel === 'onsite') return undefined
  if (facts.locked) return refuse('first_send_locked')
  if (!facts.channelReady) return refuse('channel_off')
  if (!facts.hasContact) return refuse('no_contact')
  if (facts.suppressed === 'hard_bounce') return refuse('hard_bounced')
  if (facts.suppressed === 'complaint') return refuse('complained')
  if (facts.suppressed === 'admin') return refuse('suppressed')
  if (facts.purpose === 'informational') return undefined
  if (facts.suppressed === 'opted_out') return refuse('opted_out')
  if (facts.under14) return refuse('under_14')
  if (!facts.consent?.adDay && !facts.tradingRelation) return refuse('no_consent')
  if (facts.settings.needsPersonalDataConsent && !facts.consent?.personalDataMarketing) {
    return refuse('no_personal_data_consent')
  }
  return undefined
}

/** Whether caps and budgets, which spare people and money, have anything to do with it. */
function isCapped({ purpose, channel }: Facts): boolean {
  return purpose === 'advertising' && channel !== 'webhook' && channel !== 'onsite'
}

function budget(facts: Facts): Refused | undefined {
  return facts.budgetSpent && isCapped(facts) ? refuse('budget_spent') : undefined
}

/** The coupon is only looked at here; it is taken for what goes, and issued at the hand-over. */
function coupon({ couponAvailable, couponHad, couponNotFirst }: Facts): Refused | undefined {
  if (couponAvailable !== false) return undefined
  if (couponNotFirst) return refuse('coupon_not_first')
  return refuse(couponHad ? 'coupon_had' : 'coupon_gone')
}

/** Advertisements in the half-open windows (now - 24 h, now] and (now - 7 d, now], over all channels. */
function frequency(facts: Facts): Refused | undefined {
  if (!isCapped(facts)) return undefined
  const counted = facts.earlier.filter(
    (one) => one.purpose === 'advertising' && !(one.waiting && givesWay(one, facts)),
  )
  const within = (windowMs: number) => counted.filter((one) => one.at > facts.now - windowMs)
  const { adsPerDay, adsPerWeek } = facts.settings
  const today = within(dayMs)
  if (today.length >= adsPerDay) return { ...refuse('frequency_day'), ...by(today, adsPerDay) }
  const week = within(7 * dayMs)
  if (week.length >= adsPerWeek) return { ...refuse('frequency_week'), ...by(week, adsPerWeek) }
  return undefined
}

function precedence(facts: Facts): Refused | undefined {
  if (!isCapped(facts)) return undefined
  const since = facts.now - facts.settings.precedenceHours * hourMs
  const weightier = facts.earlier.filter(
    (one) =>
      one.at > since &&
      one.precedence?.class === facts.precedence.class &&
      one.precedence.weight > facts.precedence.weight,
  )
  return weightier.length > 0 ? { ...refuse('outweighed'), ...by(weightier) } : undefined
}

/** Messages named as what decided. */
const namedLimit = 3

function by(earlier: readonly Earlier[], limit?: number): { readonly by?: DecidedBy } {
  const messages = earlier
    .toSorted((a, b) => b.at - a.at || (b.message ?? 0) - (a.message ?? 0))
    .flatMap(({ message }) => message ?? [])
    .slice(0, namedLimit)
  if (messages.length === 0) return {}
  return { by: { messages, ...(limit === undefined ? {} : { limit }) } }
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

function droppedAtNight(facts: Facts): Refused | undefined {
  return facts.onNight === 'drop' && nightOf(facts) ? refuse('night_dropped') : undefined
}

/** Put off so often, a message has been through every weekday twice. */
const putOffLimit = 16

/** Hours that lie wholly in the night that binds the message: each would put it off to the other for ever. */
function neverFree(facts: Facts): Refused | undefined {
  let next = waiting(facts)
  for (let puts = 0; facts.hours && next?.kind === 'held' && puts < putOffLimit; puts++)
    next = waiting({ ...facts, now: next.until, notBefore: null })
  return facts.hours && next ? refuse('hours_at_night') : undefined
}

function waiting(facts: Facts): Verdict | undefined {
  const night = nightOf(facts)
  if (night) return { kind: 'held', ...night }
  const from = startOf(facts)
  const { hours } = facts
  const until = hours && hoursBegin(from, hours.of, hours.zone)
  if (until !== undefined) return { kind: 'held', reason: 'quiet_hours', until }
  return from > facts.now ? { kind: 'held', reason: 'not_yet', until: from } : undefined
}

function startOf({ now, notBefore }: Facts): number {
  return Math.max(now, notBefore ?? 0)
}

function nightOf(facts: Facts): Night | undefined {
  const { channel, purpose, consent, settings, seed } = facts
  return nightAt(startOf(facts), {
    channel,
    purpose,
    consent,
    seed,
    marginMinutes: settings.nightMarginMinutes,
    spreadMinutes: settings.morningSpreadMinutes,
  })
}
