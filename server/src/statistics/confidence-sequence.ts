/**
 * Confidence sequences: intervals that hold at every look together, so that a number may be read every day and stopped at
 * any. Robbins' normal mixture in the notation of Howard, Ramdas, McAuliffe and Sekhon (2021), Time-uniform,
 * nonparametric, nonasymptotic confidence sequences, Annals of Statistics 49, 1055-1080; used for means of unknown
 * variance as in Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024), Time-uniform central limit theory and asymptotic
 * confidence sequences, Annals of Statistics 52, 2613-2640.
 */

import { logGamma } from './distributions.ts'

/**
 * The precision of the mixture that makes the sequence narrowest near `time`; `alpha` is what may go wrong, in all looks
 * together.
 */
export function mixturePrecision(time: number, alpha: number): number {
  const surprise = -2 * Math.log(alpha)
  return time / (surprise + Math.log1p(surprise))
}

/** Logarithm of the mixture martingale at `sum`, a sum of variance `time`: above -log(alpha) at any look is a rejection. */
export function logMixture(sum: number, time: number, precision: number): number {
  return 0.5 * Math.log(precision / (time + precision)) + sum ** 2 / (2 * (time + precision))
}

/** What a sum of variance `time` stays within at all times together, except with probability `alpha`. */
export function mixtureBound(time: number, precision: number, alpha: number): number {
  return Math.sqrt((time + precision) * (Math.log1p(time / precision) - 2 * Math.log(alpha)))
}

/**
 * Time is counted in people shared out evenly: `4 n p (1 - p)` of n people of whom a share p is held out. All comparisons
 * are narrowest at so many, a quarter of what +30 % of a base of 5 % takes: a sequence tuned too late is far too wide for
 * a small shop, one tuned too early costs a large one little.
 */
const tunedAt = 2_000

/** The mixture that comparisons of two groups use; it depends on nothing that is seen. */
export function comparisonPrecision(alpha: number): number {
  return mixturePrecision(tunedAt, alpha)
}

/** How many standard errors a comparison keeps to either side at this time, at all times together. */
export function widthAt(time: number, alpha: number): number {
  return mixtureBound(time, comparisonPrecision(alpha), alpha) / Math.sqrt(time)
}

/**
 * What a share of `people` of whom `reached` did it keeps within at all times together, 0 to 1: the likelihood ratio of the mixture of
 * all shares (Robbins 1970, evenly mixed) against one share stays below 1 / alpha, except with probability `alpha`, at the true one.
 */
export function rateSequence(
  { people, reached }: { readonly people: number; readonly reached: number },
  alpha = 0.05,
): { readonly low: number; readonly high: number } {
  const left = people - reached
  const mixed = logGamma(reached + 1) + logGamma(left + 1) - logGamma(people + 2)
  const isInside = (share: number) => {
    const one = reached === 0 ? 0 : reached * Math.log(share)
    const other = left === 0 ? 0 : left * Math.log1p(-share)
    return mixed - one - other < -Math.log(alpha)
  }
  const rate = people === 0 ? 0.5 : reached / people
  return { low: edge(isInside, rate, 0), high: edge(isInside, rate, 1) }
}

/** Where `isInside`, true at `inner`, ends on the way to `outer`. */
function edge(isInside: (at: number) => boolean, inner: number, outer: number): number {
  let [within, without] = [inner, outer]
  if (within === without) return outer
  for (let step = 0; step < 50; step++) {
    const middle = (within + without) / 2
    if (isInside(middle)) within = middle
    else without = middle
  }
  return within
}

/** A p-value that holds at every look together (Johari, Pekelis and Walsh 2015), of a difference of so many standard errors. */
export function alwaysValidP(deviations: number, time: number, alpha = 0.05): number {
  const log = logMixture(deviations * Math.sqrt(time), time, comparisonPrecision(alpha))
  return Math.min(1, Math.exp(-log))
}
