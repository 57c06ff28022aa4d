import type { Json } from '../../lib/json.ts'

/** What a step has done outside the flow, by the room that can; each is answered by a happening. */
export type Act =
  /** Ask the one door for the step's message; `link` counts the contents of its channel chain from 0. */
  | { readonly kind: 'send'; readonly link: number }
  | { readonly kind: 'coupon'; readonly pool: number }
  | { readonly kind: 'trait'; readonly trait: string; readonly value: Json }
  | { readonly kind: 'list'; readonly list: number; readonly does: 'add' | 'remove' }

/** What came of an act. */
export type Answer = {
  readonly outcome: 'queued' | 'refused' | 'held_out' | 'done'
  /** Why it was refused; '' otherwise. */
  readonly reason: string
  /** A queued message does not leave before this time (UTC ms): the night. */
  readonly until: number | undefined
  /** The coupon that was issued. */
  readonly coupon: number | undefined
  /** The message that was queued, by which its receipts name it. */
  readonly message: number | undefined
}
