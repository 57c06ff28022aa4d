import type { Trigger } from './trigger.ts'

/**
 * What a campaign is judged by, in the goal's window: shares of people (sign_up, revisit, purchase; completion is purchase
 * after a cart), orders a person, or amounts a person.
 */
export const goalMetrics = [
  'sign_up',
  'revisit',
  'purchase',
  'completion',
  'orders',
  'revenue',
  'profit',
] as const
export type GoalMetric = (typeof goalMetrics)[number]

/** What the campaign is judged by: what its goal says, else what its goal's event and its beginning suggest. */
export function metricOf({
  goal,
  trigger,
}: {
  readonly goal: { readonly event: string; readonly metric?: GoalMetric | undefined }
  readonly trigger: Trigger
}): GoalMetric {
  if (goal.metric) return goal.metric
  if (goal.event === 'Signed Up') return 'sign_up'
  return startsWithCart(trigger) ? 'completion' : 'purchase'
}

const cartEvents = ['Product Added', 'Cart Viewed', 'Checkout Started', 'Payment Info Entered']

/** People enter the campaign with a cart, so that who orders completes a purchase. */
export function startsWithCart(trigger: Trigger): boolean {
  return trigger.kind === 'event' && cartEvents.includes(trigger.event)
}
