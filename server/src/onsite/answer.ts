import type { OnsiteView } from '../messages/onsite/view.ts'

/** A moment to wait for; the page asks again with `fired` when it comes. Filters of events stay on the server. */
export type Watch = {
  readonly campaign: number
  readonly when: readonly (
    | { readonly kind: 'now' | 'exit' }
    | { readonly kind: 'seconds' | 'inactive'; readonly seconds: number }
    | { readonly kind: 'scroll'; readonly percent: number }
    | { readonly kind: 'event'; readonly event: string }
  )[]
}

/** A message to show now. */
export type Shown = {
  readonly campaign: number
  /** Given back with a press on the coupon or a form that was filled in. */
  readonly token: string
  readonly view: OnsiteView
  /** Goes into every `Promotion Viewed`, `Promotion Clicked` and `Promotion Dismissed` of it as it is. */
  readonly properties: {
    readonly campaign_id: number
    /** The step of the flow. */
    readonly creative: string
    readonly order: string
    readonly order_seed: string
  }
  /** A draft somebody looks at by its link: nothing of it is told, remembered or silenced. */
  readonly preview?: true
}

export type OnsiteAnswer = {
  readonly watch: readonly Watch[]
  /** At most one popup, and what covers nothing. */
  readonly show: readonly Shown[]
  /** Nothing can be due on any page for so long: do not ask meanwhile. */
  readonly quietSeconds: number
}

/** What a press on the coupon gave. */
export type CouponAnswer =
  | {
      readonly kind: 'issued'
      readonly code: string
      /** `5,000원 할인, 11월 30일까지` */
      readonly words: string
      readonly expiresAt: number | null
      readonly url: string | null
    }
  | { readonly kind: 'refused'; readonly message: string }

/** What became of a form. */
export type FormAnswer =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly field: string; readonly message: string }
