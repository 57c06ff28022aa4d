import type { Verdict } from './decide.ts'
import type { MessageIntent } from './intent.ts'

/** Products named as what decided. */
const namedLimit = 3

/** What decided it, as JSON to be kept with the decision; null where the reason says everything. */
export function dataOf(
  intent: Pick<MessageIntent, 'coupon' | 'products' | 'experiment'>,
  verdict: Verdict,
): string | null {
  if (verdict.kind === 'would_send')
    return intent.experiment && verdict.reason === 'held_out'
      ? JSON.stringify({ share: intent.experiment.holdoutShare })
      : null
  if (verdict.kind !== 'refused') return null
  switch (verdict.reason) {
    case 'coupon_gone':
    case 'coupon_had':
    case 'coupon_not_first':
      return intent.coupon && 'pool' in intent.coupon
        ? JSON.stringify({ coupon: intent.coupon.pool })
        : null
    case 'not_sellable':
    case 'out_of_stock':
      return JSON.stringify({ products: intent.products.slice(0, namedLimit) })
    default:
      return verdict.by ? JSON.stringify(verdict.by) : null
  }
}
