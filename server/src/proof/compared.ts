import { Flow } from '../campaigns/campaign.ts'
import { type GoalMetric, metricOf, startsWithCart } from '../campaigns/goal-metric.ts'
import { hourMs } from '../lib/duration.ts'
import { type FirstProducts, firstProductsOf } from './first-orders.ts'

/** A campaign as it is compared: everyone from their first (would-)send on, for as long as the goal's window is. */
export type Compared = {
  readonly campaign: number
  readonly windowMs: number
  readonly metric: GoalMetric
  /** People enter it with a cart: who buys completes a purchase. */
  readonly isOfCarts: boolean
  /** It recommends first products: what people's first orders were, and whether a second one followed, is told too. */
  readonly firstProducts?: FirstProducts
}

/** What is compared of a campaign by this flow (JSON). */
export function comparedBy(campaign: number, flow: string): Compared {
  const read = Flow.parse(JSON.parse(flow))
  const firstProducts = firstProductsOf(read)
  return {
    campaign,
    windowMs: read.goal.windowHours * hourMs,
    metric: metricOf(read),
    isOfCarts: startsWithCart(read.trigger),
    ...(firstProducts ? { firstProducts } : {}),
  }
}
