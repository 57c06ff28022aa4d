import type { Happening } from '../events/happening.ts'
import type { ShopPart } from '../experiments/shop-wide.ts'
import type { CampaignId, CustomerId, ShopId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import type { SendingHours } from './sending-hours.ts'

export const messageChannels = ['email', 'sms', 'kakao', 'web_push', 'webhook', 'onsite'] as const
export type MessageChannel = (typeof messageChannels)[number]

/** Channels whose messages somebody carries; what stands on a page waits until its person comes by. */
export const carriedChannels = [
  'email',
  'sms',
  'kakao',
  'web_push',
  'webhook',
] as const satisfies readonly MessageChannel[]
export type CarriedChannel = (typeof carriedChannels)[number]

/** advertising needs consent, label and opt-out; informational needs one of the listed reasons (message.ts). */
export type Purpose = 'advertising' | 'informational'

/** What becomes of a message that the night would delay: it waits for the morning and is decided anew, or it is dropped. */
export type OnNight = 'hold' | 'drop'

/**
 * Within one class a message of greater weight takes a person for 24 hours; lighter ones are refused or, when still
 * queued, give way. Different classes do not see each other.
 */
export type Precedence = {
  readonly class: string
  readonly weight: number
}

/**
 * What a person is told whatever the campaigns do: the result of what they said, that a consent stands two years on, and
 * the question whether it was they who agreed on the page behind a link.
 */
export const notices = ['consent_result', 'consent_reconfirm', 'consent_confirm'] as const
export type Notice = (typeof notices)[number]

/** What is asked of the one door: "this person should get this content now". Decided by decide.ts. */
export type MessageIntent = {
  /** The campaign that asks, its published version, step and enrolment; null for a notice, which no campaign asked for. */
  readonly campaign: CampaignId | null
  readonly version: number | null
  readonly step: number | null
  readonly enrolment: number | null
  readonly notice?: Notice
  /** enrolment:step:visit; the same cause is decided once, whatever is replayed. */
  readonly causeKey: string
  readonly customer: CustomerId
  readonly channel: MessageChannel
  readonly purpose: Purpose
  readonly precedence: Precedence
  /** Null: nobody is held out of a notice. */
  readonly experiment: {
    /** `campaign:7` */
    readonly name: string
    /** 0 to 1; 0 means no hold-out. */
    readonly holdoutShare: number
  } | null
  /** Id that `messages.publish` gave for the compiled content; immutable. */
  readonly content: string
  /**
   * What the template sees beside customer, shop and link: `{ cart: { items: [{ product_id, name, price, quantity, url,
   * image_url }], total, url } }`. Amounts in currency units, times in UTC ms. Kept with the message until it is erased.
   */
  readonly context: JsonObject
  /**
   * The coupon that goes with it: one of a pool, reserved when the message is queued and issued when it is handed over; or one that
   * the person has already, which is only shown. What the template sees as `coupon` comes from it.
   */
  readonly coupon?: { readonly pool: number } | { readonly issued: number }
  /** Products the message speaks of: when every one is sold out or not sellable the message is refused. */
  readonly products: readonly string[]
  /** Not handed over before this time, UTC ms. */
  readonly notBefore?: number
  /** `hold` when absent. */
  readonly onNight?: OnNight
  /** It waits for these hours by the shop's clocks; at any hour when absent. */
  readonly hours?: SendingHours
  /** The happening that led here; its chain length is passed on to `Message Queued` and the like. */
  readonly because?: Happening
  /** On a page it was shown, or would have been, while the page waited: the decision has fallen and is recorded as it is. */
  readonly shown?: {
    readonly arm: 'treatment' | 'holdout'
    /** The hold-out's share then; as the experiment says when absent. */
    readonly share?: number | undefined
    /** Absent: nobody was held out of all advertising then. */
    readonly shop?: ShopPart | undefined
  }
}

/** What became of an intent, in the order the intents were given. */
export type MessageOutcome = {
  readonly causeKey: string
  readonly customer: CustomerId
  readonly kind: 'queued' | 'held' | 'refused' | 'held_out' | 'decided_before'
  /** One of decisionReasons (reasons.ts). */
  readonly reason: string
  /** Outbox id when queued or held. */
  readonly message?: number
}

/** A message about to be handed over, as the campaign sees it in its recheck. */
export type ClaimedMessage = {
  readonly id: number
  readonly customer: CustomerId
  readonly campaign: CampaignId | null
  readonly version: number | null
  readonly step: number | null
  readonly enrolment: number | null
  readonly causeKey: string
  readonly createdAt: number
  /** Why it has waited so far, as the outbox says; null when it comes for the first time. */
  readonly reason: string | null
  readonly context: JsonObject
}

/** The campaign's last word in the transaction that leases the message: the goal is reached, the cart is empty ... */
export type Recheck =
  | {
      readonly kind: 'ok'
      /** It speaks of goods in a cart: the shop's platform is asked whether they still lie there. */
      readonly asksCart?: boolean
    }
  /** The campaign is paused: the message stays queued and is looked at again at `until` (UTC ms). */
  | { readonly kind: 'held'; readonly until: number }
  /** Its campaign has sent as much as it may in an hour: the message has a place at `until` (UTC ms). */
  | { readonly kind: 'paced'; readonly until: number }
  | {
      readonly kind: 'refused'
      readonly reason: 'goal_reached' | 'campaign_stopped' | 'condition_no_longer' | 'not_sellable'
    }

/** Asked for a whole batch at once, under the people's row locks; answers in the order asked. */
export type RecheckAll<Tx> = (
  tx: Tx,
  shop: ShopId,
  messages: readonly ClaimedMessage[],
) => Promise<readonly Recheck[]>
