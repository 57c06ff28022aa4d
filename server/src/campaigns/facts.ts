import type { Cart } from '../facts/cart.ts'
import type { JsonObject } from '../lib/json.ts'
import type { GoodsDays } from './goods-days.ts'

/** What the rules may know of one person at one moment. Gathered by the line, the senders or the simulation. */
export type Facts = {
  /** The cart the enrolment is about: one cart where the entry key is the cart, else all of them. */
  readonly cart: Cart | undefined
  /** Event time (UTC ms) of the newest order, null when there is none. */
  readonly lastOrderAt: number | null
  /** Is the product on sale and in stock? A product the catalogue does not know counts as sellable. */
  readonly sellable: (productId: string) => boolean
  /** The campaign is paused: nothing may leave. */
  readonly paused: boolean
  /** Is the person in the segment at this moment? */
  readonly isMember: (segment: number) => boolean
  readonly traits: JsonObject
  /** Given when the person was created, kept by the survivor of a merge: what every random draw is made from. */
  readonly assignmentKey: string
  /** The shop's time zone; `customer` is the person's own where a trait tells it. */
  readonly zones: { readonly shop: string; readonly customer: string | undefined }
  /** How a split that learns shares out people now: the arms' probabilities by id. Undefined: not learnt yet. */
  readonly sharesOf: (split: number) => ReadonlyMap<string, number> | undefined
  /** The arm a split gave this person in an earlier enrolment; it stays theirs. */
  readonly armBefore: (split: number) => string | undefined
  /** After how long goods are bought again, by the last daily count; undefined: not counted, or not asked for. */
  readonly goodsDays?: GoodsDays | undefined
}
