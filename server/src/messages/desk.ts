import { relationAllows, tradingBasisOf } from '../consent/trading.ts'
import { armOf } from '../experiments/arm.ts'
import { isHeldOutOfShop, type ShopPart, shopExperiment } from '../experiments/shop-wide.ts'
import type { CustomerId } from '../lib/brand.ts'
import { epochMonth } from '../lib/duration.ts'
import { isUnder14 } from './age.ts'
import { couponFacts, takenCoupon } from './carried.ts'
import { decide, type Facts, givesWay, type Verdict } from './decide.ts'
import { dataOf } from './decision-data.ts'
import { type Drawing, drawnOnce } from './drawn-once.ts'
import type { MessageIntent, MessageOutcome } from './intent.ts'
import type { Kept } from './kept.ts'
import { fallen, keptOfShown } from './onsite/shown-already.ts'
import {
  asEarlier,
  type DecisionRow,
  type EarlierRow,
  type Ending,
  type Gathered,
  longestDelayMs,
  type NewMessage,
  seedOf,
} from './outbox.ts'
import { sendingSettings } from './sending.ts'
import type { Standing } from './standing.ts'

/** Everything one batch of intents is decided with. */
export type Desk = Drawing & {
  readonly gathered: Gathered
  readonly standing: Standing
  readonly arms: ReadonlyMap<string, 'treatment' | 'holdout'>
  readonly decided: ReadonlySet<string>
  /** Messages decided earlier in this batch, by person. */
  readonly fresh: Map<CustomerId, EarlierRow[]>
}

/** One intent decided, with everything that is to be written for it. */
export type Decided = {
  readonly intent: MessageIntent
  readonly outcome: MessageOutcome
  /** Undefined when the cause had been decided before: nothing is written. */
  readonly decision: DecisionRow | undefined
  readonly message: NewMessage | undefined
  readonly outweighs: readonly Ending[]
}

/** Decides one intent; remembers what it queued, so that the next of the same person sees it. */
export function decideOne(
  desk: Desk,
  intent: MessageIntent,
  ids: { readonly decision: number; readonly message: number },
): Decided {
  const { causeKey, customer } = intent
  if (desk.decided.has(causeKey)) {
    const outcome = { causeKey, customer, kind: 'decided_before', reason: 'queued' } as const
    return { intent, outcome, decision: undefined, message: undefined, outweighs: [] }
  }
  const { facts, kept, earlier } = factsOf(desk, intent)
  const verdict = intent.shown ? fallen(intent.shown) : decide(facts)
  const goes = verdict.kind === 'send' || verdict.kind === 'held'
  const contact = desk.gathered.contact(customer, intent.channel)
  const message =
    goes && contact && (kept || intent.shown)
      ? messageOf({
          desk,
          intent,
          ids,
          verdict,
          kept: kept ?? keptOfShown(intent, desk.turn.now),
          contactHash: contact.hash,
        })
      : undefined
  // What goes to the shop's own server or stands on its page fills nobody's day.
  if (message && message.channel !== 'webhook' && message.channel !== 'onsite') {
    const mine = desk.fresh.get(customer) ?? []
    mine.push(asRow(message))
    desk.fresh.set(customer, mine)
  }
  return {
    intent,
    decision: decisionOf({ desk, intent, ids, verdict, arm: facts.arm }),
    message,
    outweighs: message ? lighterWaiting(earlier, intent, message.id) : [],
    outcome: {
      causeKey,
      customer,
      kind: outcomeKind(verdict),
      reason: reasonOf(verdict),
      ...(message ? { message: message.id } : {}),
    },
  }
}

function factsOf(
  desk: Desk,
  intent: MessageIntent,
): {
  readonly facts: Facts
  readonly kept: Kept | undefined
  readonly earlier: readonly EarlierRow[]
} {
  const { turn, shop, gathered, standing } = desk
  const { customer, channel } = intent
  const person = turn.people.get(customer)?.customer
  const notBefore =
    intent.notBefore === undefined ? null : Math.min(intent.notBefore, turn.now + longestDelayMs)
  const drawn = drawnOnce(desk, intent, Math.max(turn.now, notBefore ?? 0))
  const earlier = [...gathered.earlier(customer), ...(desk.fresh.get(customer) ?? [])]
  const consent = gathered.consent(customer, channel)
  const basis = tradingBasisOf(gathered.relation(customer), { consent, purpose: intent.purpose })
  return {
    kept: drawn.kept && (basis ? { ...drawn.kept, basis } : drawn.kept),
    earlier,
    facts: {
      channel,
      purpose: intent.purpose,
      precedence: intent.precedence,
      now: turn.now,
      settings: sendingSettings(shop.settings.sending),
      locked: standing.locked(channel),
      channelReady: true,
      hasContact: gathered.contact(customer, channel) !== undefined,
      erased: person === undefined,
      suppressed: gathered.contact(customer, channel)?.suppressed ?? null,
      under14: person !== undefined && isUnder14(person.traits, turn.now),
      consent,
      tradingRelation: relationAllows(gathered.relation(customer), consent),
      earlier: earlier.map(asEarlier),
      products: gathered.products(intent.products),
      ...couponFacts(desk.coupons, intent),
      drawn: drawn.state,
      arm: armFor(desk, intent),
      shopArm: shopPartOf(desk, intent)?.heldOut ? 'holdout' : 'treatment',
      notBefore,
      onNight: intent.onNight ?? 'hold',
      hours: intent.hours && { of: intent.hours, zone: shop.timeZone },
      seed: seedOf(shop.id, customer),
      budgetSpent: standing.budgetSpent(channel),
    },
  }
}

function armFor(desk: Desk, intent: MessageIntent): Facts['arm'] {
  if (intent.shown) return intent.shown.arm
  // Without a share nobody is held out, whatever was recorded while there was one.
  if (intent.experiment === null || intent.experiment.holdoutShare === 0) return 'treatment'
  const { name, holdoutShare } = intent.experiment
  const assignmentKey = desk.turn.people.get(intent.customer)?.customer.assignmentKey ?? ''
  return (
    desk.arms.get(`${intent.customer}:${name}`) ??
    armOf({ experiment: name, assignmentKey, holdoutShare })
  )
}

/** The person's part in the hold-out of the whole shop; undefined where there is none, and for whatever is no campaign's advertising. */
export function shopPartOf(
  desk: Pick<Desk, 'turn' | 'shop' | 'arms'>,
  { customer, experiment, purpose, shown }: MessageIntent,
): ShopPart | undefined {
  if (experiment === null || purpose !== 'advertising') return undefined
  if (shown) return shown.shop
  const share = sendingSettings(desk.shop.settings.sending).shopHoldout
  if (share === 0) return undefined
  const assignmentKey = desk.turn.people.get(customer)?.customer.assignmentKey ?? ''
  const recorded = desk.arms.get(`${customer}:${shopExperiment}`)
  return { share, heldOut: isHeldOutOfShop({ share, recorded, assignmentKey }) }
}

type Entry = {
  readonly desk: Desk
  readonly intent: MessageIntent
  readonly ids: { readonly decision: number; readonly message: number }
  readonly verdict: Verdict
}

function decisionOf(entry: Entry & { readonly arm: 'treatment' | 'holdout' }): DecisionRow {
  const { intent, ids, verdict, desk } = entry
  const goes = verdict.kind === 'send' || verdict.kind === 'held'
  return {
    id: ids.decision,
    month: epochMonth(desk.turn.now),
    causeKey: intent.causeKey,
    campaign: intent.campaign,
    version: intent.version,
    step: intent.step,
    enrolment: intent.enrolment,
    customer: intent.customer,
    channel: intent.channel,
    purpose: intent.purpose,
    arm: isOfShop(verdict) ? 'holdout' : entry.arm,
    // The campaign's own comparison is of those it would have messaged.
    wouldSend: verdict.kind !== 'refused' && !isOfShop(verdict),
    outcome: verdict.kind === 'send' ? (intent.shown ? 'sent' : 'queued') : verdict.kind,
    reason: intent.shown && verdict.kind === 'send' ? 'sent' : reasonOf(verdict),
    at: desk.turn.now,
    until: verdict.kind === 'held' ? verdict.until : null,
    message: goes ? ids.message : null,
    data: dataOf(intent, verdict),
  }
}

function isOfShop(verdict: Verdict): boolean {
  return verdict.kind === 'would_send' && verdict.reason === 'shop_held_out'
}

function messageOf(
  entry: Entry & { readonly kept: Kept; readonly contactHash: string },
): NewMessage {
  const { intent, ids, verdict, desk } = entry
  return {
    id: ids.message,
    causeKey: intent.causeKey,
    customer: intent.customer,
    campaign: intent.campaign,
    version: intent.version,
    step: intent.step,
    enrolment: intent.enrolment,
    notice: intent.notice ?? null,
    decision: ids.decision,
    month: epochMonth(desk.turn.now),
    channel: intent.channel,
    purpose: intent.purpose,
    notBefore: verdict.kind === 'held' ? verdict.until : desk.turn.now,
    coupon: takenCoupon(desk.coupons, intent, ids.message),
    sentAt: intent.shown ? (intent.because?.at ?? desk.turn.now) : null,
    onNight: intent.onNight ?? 'hold',
    contentId: intent.content,
    kept: JSON.stringify(entry.kept),
    contactHash: entry.contactHash,
    precedenceClass: intent.precedence.class,
    precedenceWeight: intent.precedence.weight,
    createdAt: desk.turn.now,
  }
}

function asRow(message: NewMessage): EarlierRow {
  return {
    id: message.id,
    customer: message.customer,
    state: 'queued',
    purpose: message.purpose,
    precedence_class: message.precedenceClass,
    precedence_weight: message.precedenceWeight,
    at: message.notBefore,
    decision: message.decision,
    decision_month: message.month,
  }
}

function lighterWaiting(
  earlier: readonly EarlierRow[],
  intent: MessageIntent,
  by: number,
): readonly Ending[] {
  // What goes to the shop's own server or stands on its page takes nobody's place.
  if (intent.channel === 'webhook' || intent.channel === 'onsite') return []
  return earlier
    .filter((row) => row.state === 'queued' && givesWay(asEarlier(row), intent))
    .map((row) => ({
      message: row.id,
      decision: row.decision,
      month: row.decision_month,
      reason: 'outweighed',
      data: JSON.stringify({ messages: [by] }),
    }))
}

function outcomeKind(verdict: Verdict): MessageOutcome['kind'] {
  switch (verdict.kind) {
    case 'send':
      return 'queued'
    case 'would_send':
      return 'held_out'
    case 'held':
    case 'refused':
      return verdict.kind
  }
}

function reasonOf(verdict: Verdict): string {
  return verdict.kind === 'send' ? 'queued' : verdict.reason
}
