import type { Rest } from '../../../server/src/messages/onsite/view.ts'
import type { CouponAnswer, FormAnswer } from '../../../server/src/onsite/answer.ts'

/** Where in a message something was done: a card and its place (from 1), or another part. */
export type Spot = { readonly card?: string; readonly position?: number; readonly part?: string }

/** What can be done with a message. */
export type Acts = {
  readonly now: () => number
  readonly clicked: (spot: Spot) => void
  /** An element that stands for a spot: whoever counts what was seen watches it. */
  readonly placed: (element: Element, spot: Spot) => void
  readonly closed: (how: 'closed' | 'refused' | Rest) => void
  readonly coupon: (part: string) => Promise<CouponAnswer | undefined>
  readonly submit: (
    part: string,
    values: { readonly [field: string]: string | readonly string[] },
    agreed: readonly string[],
  ) => Promise<FormAnswer | undefined>
}
