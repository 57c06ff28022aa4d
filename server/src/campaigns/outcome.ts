import { hourMs } from '../lib/duration.ts'
import { addSums, noSums, type Stratum } from '../statistics/sums.ts'

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

/** The two groups with sums of a value of each person; `share` is the hold-out's. */
export function stratumOf(
  outcomes: readonly Outcome[],
  { share, value }: { readonly share: number; readonly value: (one: Outcome) => number },
): Stratum {
  const sums = (arm: Outcome['arm']) =>
    outcomes
      .filter((one) => one.arm === arm)
      .map(value)
      .map((y) => ({ ...noSums, people: 1, nonzero: y === 0 ? 0 : 1, y, yy: y * y }))
      .reduce(addSums, noSums)
  return { share, treatment: sums('treatment'), holdout: sums('holdout') }
}
