import type { TradingRelation } from '../consent/trading.ts'
import type { CustomerId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import type { Earlier, Facts } from './decide.ts'
import type { MessageChannel, OnNight, Purpose } from './intent.ts'

/** A campaign may ask to wait this long at most; also how far back a message that still counts can have been made. */
export const longestDelayMs = 7 * dayMs

/** Why an address is closed. */
export type Suppression = 'opted_out' | 'hard_bounce' | 'complaint' | 'admin'

/** An address of a person and whether it is closed. */
export type ContactFact = {
  readonly customer: number
  readonly channel: MessageChannel
  /** base64url of the keyed hash. */
  readonly hash: string
  readonly sealed: string
  readonly masked: string
  readonly suppressed: Suppression | null
}

/** A message queued or handed over, as it is stored. */
export type EarlierRow = {
  readonly id: number
  readonly customer: number
  readonly state: 'queued' | 'sending' | 'sent' | 'unconfirmed'
  readonly purpose: Purpose
  readonly precedence_class: string | null
  readonly precedence_weight: number | null
  /** When it was handed over, or will be at the earliest. */
  readonly at: number
  readonly decision: number | null
  readonly decision_month: number | null
}

/** A decision as it is written. */
export type DecisionRow = {
  readonly id: number
  readonly month: number
  readonly causeKey: string
  readonly campaign: number | null
  readonly version: number | null
  readonly step: number | null
  readonly enrolment: number | null
  readonly customer: number
  readonly channel: MessageChannel
  readonly purpose: Purpose
  readonly arm: 'treatment' | 'holdout'
  readonly wouldSend: boolean
  readonly outcome: string
  readonly reason: string
  readonly at: number
  readonly until: number | null
  readonly message: number | null
  /** What decided it, for its sentence (JSON); null: nothing beside the reason. */
  readonly data: string | null
}

/** A message as it is queued. */
export type NewMessage = {
  readonly id: number
  readonly causeKey: string
  readonly customer: number
  readonly campaign: number | null
  readonly version: number | null
  readonly step: number | null
  readonly enrolment: number | null
  readonly notice: string | null
  readonly decision: number
  readonly month: number
  readonly channel: MessageChannel
  readonly purpose: Purpose
  readonly notBefore: number
  /** The coupon that goes with it. */
  readonly coupon: number | null
  readonly onNight: OnNight
  readonly contentId: string
  /** JSON of kept.ts Kept. */
  readonly kept: string
  /** base64url */
  readonly contactHash: string
  readonly precedenceClass: string
  readonly precedenceWeight: number
  readonly createdAt: number
  /** When a page showed it, before it was written down; null: it waits. */
  readonly sentAt: number | null
}

/** How a message that waited ends, and the decision to be told. */
export type Ending = {
  readonly message: number
  readonly decision: number | null
  readonly month: number | null
  readonly reason: string
  /** What decided it (JSON); what is there already stays unless given. */
  readonly data?: string | null
}

/** The facts of many people in one statement a table, for the rule to be asked person by person. */
export type Gathered = {
  readonly contact: (customer: CustomerId, channel: MessageChannel) => ContactFact | undefined
  readonly consent: (customer: CustomerId, channel: MessageChannel) => Facts['consent']
  /** What the person's newest order makes at the time asked about, where the shop relies on it. */
  readonly relation: (customer: CustomerId) => TradingRelation | undefined
  readonly earlier: (customer: CustomerId) => readonly EarlierRow[]
  readonly products: (ids: readonly string[]) => Facts['products']
}

/** A stored message as the rule sees an earlier one. */
export function asEarlier(row: EarlierRow): Earlier {
  return {
    at: row.at,
    purpose: row.purpose,
    precedence:
      row.precedence_class === null
        ? null
        : { class: row.precedence_class, weight: row.precedence_weight ?? 0 },
    waiting: row.state === 'queued',
    message: row.id,
  }
}

/** The text that spreads the mornings: the same for a person in every batch and process. */
export function seedOf(shop: number, customer: number): string {
  return `${shop}:${customer}`
}
