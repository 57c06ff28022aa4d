import { z } from 'zod'
import type { EndReason } from './end-reason.ts'
import type { Facts } from './facts.ts'
import { SegmentRef } from './trigger.ts'

const Named = z.enum(['cart_not_empty', 'cart_sellable', 'no_order_since_entry'])

/**
 * What must still be true for a message to make sense: looked at when a wait is over, when the message is asked for,
 * and right before it is handed over. Beside those with a name: to be in a segment, or not to be.
 */
export const Condition = z.union([
  Named,
  z.strictObject({ kind: z.literal('segment'), segment: SegmentRef, is: z.boolean() }),
])
export type Condition = z.infer<typeof Condition>

type Check = {
  readonly failed: EndReason
  readonly holds: (facts: Facts, since: number) => boolean
}

const checks = {
  cart_not_empty: {
    failed: 'cart_empty',
    holds: ({ cart }) => cart !== undefined && cart.lines.length > 0,
  },
  cart_sellable: {
    failed: 'nothing_sellable',
    holds: ({ cart, sellable }) => cart?.lines.some((line) => sellable(line.productId)) ?? false,
  },
  no_order_since_entry: {
    failed: 'ordered',
    holds: ({ lastOrderAt }, since) => lastOrderAt === null || lastOrderAt < since,
  },
} satisfies { readonly [C in z.infer<typeof Named>]: Check }

/** The first condition that no longer holds, as the reason to end; `since` is the event time (UTC ms) of the entry. */
export function failedCondition(
  conditions: readonly Condition[],
  facts: Facts,
  since: number,
): EndReason | undefined {
  for (const condition of conditions) {
    if (typeof condition === 'string') {
      const { failed, holds } = checks[condition]
      if (!holds(facts, since)) return failed
    } else if (facts.isMember(condition.segment) !== condition.is) return 'condition_no_longer'
  }
  return undefined
}
