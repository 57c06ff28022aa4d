import type { Cart } from '../facts/cart.ts'

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
}
