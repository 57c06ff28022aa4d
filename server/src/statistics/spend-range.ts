import type { BgNbd, Buying } from './bg-nbd.ts'
import { ordersAtLeast } from './bg-nbd-range.ts'
import { incompleteBeta } from './distributions.ts'
import type { GammaGamma, Spending } from './gamma-gamma.ts'

/** Numbers of orders less likely than this move no end. */
const hardly = 1e-4
/** Halvings until an end is found: to a hundred-thousandth of where it is looked for. */
const halvings = 17

/**
 * Between which amounts such customers end eight times in ten within `ahead` days: the 10th and the 90th percentile of what BG/NBD
 * (their orders) and Gamma-Gamma (what each brings) say together. Of n orders the sum is Gamma(p n, nu) with nu as Gamma(q + p x,
 * v + x mean), so sum / (sum + v + x mean) is Beta(p n, q + p x): exact, also where the amounts have no mean.
 */
export function spendRange(
  { orders, spend }: { readonly orders: BgNbd; readonly spend: GammaGamma },
  buying: Pick<Buying, 'repeats' | 'recency' | 'age'>,
  { spent, ahead }: { readonly spent: Pick<Spending, 'repeats' | 'mean'>; readonly ahead: number },
): { readonly low: number; readonly high: number } {
  const atLeast = ordersAtLeast(orders, buying, ahead)
  const chances = atLeast.map((one, at) => ({ n: at + 1, chance: one - (atLeast[at + 1] ?? 0) }))
  const likely = chances.filter(({ chance }) => chance > hardly)
  const known = spend.v + spent.repeats * spent.mean
  const shape = spend.q + spend.p * spent.repeats
  /** P(sum <= amount), the amount as its share of itself and what is known. */
  const below = (share: number) =>
    likely.reduce(
      (sum, { n, chance }) => sum + chance * incompleteBeta(share, spend.p * n, shape),
      1 - (atLeast[0] ?? 0),
    )
  const amountAt = (probability: number) => {
    if (below(0) >= probability) return 0
    let [low, high] = [0, 1]
    for (let round = 0; round < halvings; round++) {
      const middle = (low + high) / 2
      if (below(middle) < probability) low = middle
      else high = middle
    }
    const share = (low + high) / 2
    return (known * share) / (1 - share)
  }
  return { low: amountAt(0.1), high: amountAt(0.9) }
}
