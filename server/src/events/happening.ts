import type { Ids } from '../customers/identity.ts'
import type { TraitSet } from '../customers/trait-change.ts'
import type { CustomerId, Position } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'

/**
 * Everything that reaches the log is a happening. `kind` says how it is treated, `name` what it is called in segments
 * and timelines (Segment's e-commerce spec v2 names for events: `Product Added`).
 *
 * - event     something a person did: track, page (`Page Viewed`), screen (`Screen Viewed`)
 * - identify  traits or contacts of a person changed (`Identified`)
 * - alias     two ids are one person (`Aliased`); body.previousId
 * - group     the person belongs to a company or list (`Grouped`)
 * - consent   body is consent/consent.ts ConsentChange (`Consent Changed`)
 * - product   the catalogue changed (`Product Updated`); belongs to nobody
 * - derived   made by the line itself (`Visit Started`, `Visit Ended`, `Entered Segment`, `Left Segment`,
 *             `Customer Merged`, `Coupon Redeemed`, `Coupon Returned`, `Coupon Expiring`,
 *             `Message Queued`, `Message Refused`, `Message Held Out`, `Step Done`); ids.customer is set
 * - receipt   what happened to a message (`Message Sent`, `Message Delivered`, `Message Clicked`, `Message Bounced`,
 *             `Message Complained`, `Message Unconfirmed`); ids.customer is set; body.properties.message_id
 * - edit      a change made in the dashboard or by the API (`Customer Edited`, `Campaign Started` ...)
 */
export type HappeningKind =
  | 'event'
  | 'identify'
  | 'alias'
  | 'group'
  | 'consent'
  | 'product'
  | 'derived'
  | 'receipt'
  | 'edit'

export type Happening = {
  readonly kind: HappeningKind
  readonly name: string
  /** When it happened, UTC ms, clock skew corrected. */
  readonly at: number
  /** When it was accepted, UTC ms. */
  readonly receivedAt: number
  /** Dedupe key within the shop for 30 days. */
  readonly messageId: string
  readonly ids: Ids
  readonly body: Body
  readonly importId?: string
}

export type Body = {
  /** Event properties (Segment spec v2 keys). Contacts have been taken out. */
  readonly properties?: JsonObject
  /** Traits set by this happening. null removes a trait. Contacts have been taken out. */
  readonly traits?: JsonObject
  /** The one path of the traits that a step of a campaign set; `traits` says what it came to as far as was known then. */
  readonly traitSet?: TraitSet
  /** What of Segment's context is kept: page, campaign, userAgent, locale, library. No IP address. */
  readonly context?: JsonObject
  readonly previousId?: string
  readonly groupId?: string
  /** How long a chain of derived happenings this one ends; over 10 the line cuts it. */
  readonly chain?: number
  /** True when it came with a public browser key: what it says about money, stock or consent is a claim. */
  readonly browser?: boolean
  /** True when it came from one of the shop's own networks: the address itself is not kept. */
  readonly office?: boolean
  /** True when `at` lay in the future and was set to the time of receipt. */
  readonly atCorrected?: boolean
}

/** A happening with its place: in the log, in time, and with the person it belongs to (0: nobody). */
export type Placed = Happening & {
  readonly position: Position
  readonly processedAt: number
  readonly customer: CustomerId
}
