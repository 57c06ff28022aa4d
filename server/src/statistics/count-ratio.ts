import type { Interval } from './intervals.ts'

/** People who reached a goal in two groups that were shared out at random; `share` is the hold-out's, 0 to 1 exclusive. */
export type ReachedCounts = {
  readonly share: number
  readonly treatment: number
  readonly holdout: number
}

/** Standard deviation of the mixture over the logarithm of the ratio: most messages do less than double what they are for. */
const spread = 0.5
const reach = 3
const atoms = Array.from({ length: 121 }, (_, at) => {
  const log = (at / 60 - 1) * reach
  return { log, ratio: Math.exp(log), weight: Math.exp(-((log / spread) ** 2) / 2) }
})
const logWhole = Math.log(atoms.reduce((sum, { weight }) => sum + weight, 0))
/** Beyond these no ratio is looked for. */
const logLimit = 12

/**
 * Exact at every look and at any number of people: whoever reaches a goal was held out with a probability that the share
 * and the true ratio of the rates alone decide, so the groups of those who reached it are coin tosses (Lindon and Malek
 * 2022, Anytime-valid inference for multinomial count data, NeurIPS 35). The martingale is their likelihood mixed over a
 * grid of ratios against the likelihood of one; its logarithm above -log(alpha) rejects that one.
 */
export function logEvidence(counts: readonly ReachedCounts[], logRatio = 0): number {
  return mixed(counts) - logLikelihood(counts, logRatio)
}

/** The ratio of the rates (treatment over hold-out) with an interval that holds at every look; null without counts. */
export function ratioOfCounts(counts: readonly ReachedCounts[], alpha: number): Interval | null {
  const holdout = counts.reduce((sum, one) => sum + one.holdout, 0)
  const treatment = counts.reduce((sum, one) => sum + one.treatment, 0)
  if (holdout === 0 || treatment === 0) return null
  const top = mixed(counts)
  const isOut = (log: number) => top - logLikelihood(counts, log) > -Math.log(alpha)
  const best = between(-logLimit, logLimit, (log) => slope(counts, log) < 0)
  return {
    low: Math.exp(between(-logLimit, best, (log) => !isOut(log))),
    high: Math.exp(between(best, logLimit, isOut)),
  }
}

function mixed(counts: readonly ReachedCounts[]): number {
  const likelihoods = atoms.map(({ log, ratio }) => logLikelihood(counts, log, ratio))
  const top = Math.max(...likelihoods)
  const sum = atoms.reduce(
    (all, { weight }, at) => all + weight * Math.exp((likelihoods[at] ?? 0) - top),
    0,
  )
  return top + Math.log(sum) - logWhole
}

/** Of the groups of those who reached the goal; who was held out had the probability `heldShare`. */
function logLikelihood(
  counts: readonly ReachedCounts[],
  logRatio: number,
  ratio = Math.exp(logRatio),
): number {
  let sum = 0
  for (const { share, treatment, holdout } of counts)
    sum +=
      holdout * Math.log(share) +
      treatment * (Math.log1p(-share) + logRatio) -
      (holdout + treatment) * Math.log(share + (1 - share) * ratio)
  return sum
}

function slope(counts: readonly ReachedCounts[], logRatio: number): number {
  return counts.reduce((sum, { share, treatment, holdout }) => {
    const held = heldShare(share, logRatio)
    return sum + treatment * held - holdout * (1 - held)
  }, 0)
}

/** How probable it is that somebody who reached the goal was held out. */
function heldShare(share: number, logRatio: number): number {
  return share / (share + (1 - share) * Math.exp(logRatio))
}

/** Where something that is false first turns true, by bisection. */
function between(from: number, to: number, isTrue: (value: number) => boolean): number {
  let [low, high] = [from, to]
  for (let round = 0; round < 44; round++) {
    const middle = (low + high) / 2
    if (isTrue(middle)) high = middle
    else low = middle
  }
  return (low + high) / 2
}
