import type { Group } from '../experiments/lift.ts'
import { hourMs } from '../lib/duration.ts'

/** One decision of a campaign as the comparison sees it. */
export type Decided = {
  readonly customer: number
  readonly arm: 'treatment' | 'holdout'
  /** It was sent, or would have been: the person belongs to the comparison from here on. */
  readonly wouldSend: boolean
  /** UTC ms */
  readonly at: number
}

/** One person of the comparison: counted from the first would-send, sent or not (intent-to-send). */
export type Outcome = {
  readonly customer: number
  readonly arm: 'treatment' | 'holdout'
  readonly decidedAt: number
  /** Orders in `(decidedAt, decidedAt + window]`. */
  readonly orders: number
  /** Their value, ten-thousandths of the currency unit. */
  readonly value: number
}

/** Who is compared with whom, and what they ordered in the goal's window. */
export function outcomesOf(
  decisions: readonly Decided[],
  orders: readonly { readonly customer: number; readonly at: number; readonly value: number }[],
  windowHours: number,
): readonly Outcome[] {
  const first = new Map<number, Decided>()
  for (const one of decisions) {
    const known = first.get(one.customer)
    if (one.wouldSend && (!known || one.at < known.at)) first.set(one.customer, one)
  }
  const ordersOf = Map.groupBy(orders, (order) => order.customer)
  return [...first.values()].map(({ customer, arm, at }) => {
    const counted = (ordersOf.get(customer) ?? []).filter(
      (order) => order.at > at && order.at <= at + windowHours * hourMs,
    )
    const value = counted.reduce((sum, order) => sum + order.value, 0)
    return { customer, arm, decidedAt: at, orders: counted.length, value }
  })
}

/** The two groups of `liftOf` (experiments/lift.ts). */
export function groupsOf(outcomes: readonly Outcome[]): {
  readonly treatment: Group
  readonly holdout: Group
} {
  const groupOf = (arm: Outcome['arm']): Group => {
    const mine = outcomes.filter((one) => one.arm === arm)
    const revenues = mine.map((one) => one.value / 10_000)
    return {
      people: mine.length,
      reached: mine.filter((one) => one.orders > 0).length,
      revenue: revenues.reduce((sum, one) => sum + one, 0),
      revenueSquares: revenues.reduce((sum, one) => sum + one * one, 0),
    }
  }
  return { treatment: groupOf('treatment'), holdout: groupOf('holdout') }
}
