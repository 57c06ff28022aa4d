import type { Sums } from '../statistics/sums.ts'

/** Where people of a comparison stand: their arm, the share it was drawn under, and the day of their decision. */
export type Place = {
  readonly arm: 'treatment' | 'holdout'
  /** The hold-out's share; null: it was not recorded then. */
  readonly share: number | null
  /** They met both arms after a merge. */
  readonly mixed: boolean
  /** Their window is over. */
  readonly over: boolean
  /** 0: before the first bound; n: from the n-th bound on. */
  readonly bucket: number
}

/** Orders of the people of one place. Amounts in currency units; `revenue` is capped, `paid` is not. */
export type SpendingSums = Place & {
  readonly campaign: number
  /** They bought something in the 90 days before the decision. */
  readonly boughtBefore: boolean
  readonly people: number
  readonly buyers: number
  readonly refunders: number
  readonly orders: number
  readonly ordersSquares: number
  readonly ordersBefore: number
  readonly paid: number
  readonly revenue: number
  readonly revenueSquares: number
  readonly revenueBefore: number
  readonly before: number
  readonly beforeSquares: number
}

/** What is left after costs, of the people of one place, beside what must not get worse. */
export type CostSums = Place &
  Sums & { readonly optedOut: number; readonly complained: number; readonly sending: number }

/** One person of a comparison; `at` is when the (would-)send was decided, UTC ms. */
export type Person = Place & { readonly customer: number; readonly at: number }
