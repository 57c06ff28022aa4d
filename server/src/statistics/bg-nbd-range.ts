import { aliveProbability, type BgNbd, type Buying } from './bg-nbd.ts'

/** How one customer bought. */
type Bought = Pick<Buying, 'repeats' | 'recency' | 'age'>

/** So small a share of all is nobody. */
const nobody = 1e-9
const mostOrders = 2_000

/**
 * P(at least 1 order), P(at least 2), ... of one customer in the next `ahead` days: the distribution that BG/NBD (Fader, Hardie and
 * Lee 2005) gives one person. Of who lives, the rate is Gamma(r + x, alpha + T) and the chance to leave after an order Beta(a, b + x),
 * independent of each other; so at least n orders are at least n arrivals and n - 1 times staying.
 */
export function ordersAtLeast(model: BgNbd, buying: Bought, ahead: number): readonly number[] {
  const alive = aliveProbability(model, buying)
  return atLeastIfAlive(model, buying, { ahead, alive })
}

/**
 * Mean of the square of a customer's orders in the next `ahead` days, given that they have not left; it depends on repeats and age
 * alone. With it and the mean, a shop's customers together are as uncertain as their people are: the sum of single variances.
 */
export function squareIfAlive(
  model: BgNbd,
  buying: Pick<Buying, 'repeats' | 'age'>,
  ahead: number,
): number {
  return atLeastIfAlive(model, buying, { ahead, alive: 1 }).reduce(
    (sum, share, at) => sum + (2 * at + 1) * share,
    0,
  )
}

function atLeastIfAlive(
  { r, alpha, a, b }: BgNbd,
  { repeats: x, age }: Pick<Buying, 'repeats' | 'age'>,
  { ahead, alive }: { readonly ahead: number; readonly alive: number },
): readonly number[] {
  const share = ahead / (alpha + age + ahead)
  let here = Math.exp((r + x) * Math.log1p(-share))
  let arrivals = 1 - here
  let stays = alive
  const atLeast: number[] = []
  for (let n = 1; n <= mostOrders && stays * arrivals > nobody; n++) {
    atLeast.push(stays * arrivals)
    here *= ((r + x + n - 1) / n) * share
    arrivals = Math.max(0, arrivals - here)
    stays *= (b + x + n - 1) / (a + b + x + n - 1)
  }
  return atLeast
}

/** Between which numbers of orders such customers end eight times in ten: the 10th and the 90th percentile. */
export function ordersRange(
  model: BgNbd,
  buying: Bought,
  ahead: number,
): { readonly low: number; readonly high: number } {
  const atLeast = ordersAtLeast(model, buying, ahead)
  const below = (share: number) => atLeast.filter((one) => one > share).length
  return { low: below(0.9), high: below(0.1) }
}
