import { logGamma } from './distributions.ts'
import { summitOf } from './maximise.ts'

/**
 * What customers spent: `repeats` purchases of `mean` each on average; `people` of them alike. Where people with means close to
 * each other are taken together, `mean` is the mean of theirs and `logMean` the mean of the logarithms.
 */
export type Spending = {
  readonly people: number
  readonly repeats: number
  readonly mean: number
  readonly logMean: number
}

/**
 * What a purchase costs varies about each customer's own mean as Gamma(p, nu), and nu between customers as Gamma(q, v). v is in
 * the unit of money.
 */
export type GammaGamma = { readonly p: number; readonly q: number; readonly v: number }

export type GammaGammaFit = {
  readonly model: GammaGamma
  readonly logLikelihood: number
  /** Of the logarithms of (p, q, v); null where the data leave one of them open. */
  readonly covariance: readonly (readonly number[])[] | null
  readonly isSettled: boolean
}

/** The logarithms (p, q, v) as the model, and back: the fit and its covariance live there. */
export const gammaGammaOf = ([p = 0, q = 0, v = 0]: readonly number[]): GammaGamma => ({
  p: Math.exp(p),
  q: Math.exp(q),
  v: Math.exp(v),
})
export const logsOfGammaGamma = ({ p, q, v }: GammaGamma): readonly number[] =>
  [p, q, v].map(Math.log)

/** Log-likelihood of the Gamma-Gamma model (Fader and Hardie 2013, The Gamma-Gamma Model of Monetary Value, brucehardie.com/notes/025, eq. 1a). */
export function gammaGammaLogLikelihood(
  groups: readonly Spending[],
): (model: GammaGamma) => number {
  return ({ p, q, v }) => {
    const byRepeats = new Map<number, number>()
    const fixedOf = (x: number) => {
      const known = byRepeats.get(x)
      if (known !== undefined) return known
      const made =
        logGamma(p * x + q) - logGamma(p * x) - logGamma(q) + q * Math.log(v) + p * x * Math.log(x)
      byRepeats.set(x, made)
      return made
    }
    let sum = 0
    for (const { people, repeats: x, mean, logMean } of groups) {
      const spread = (p * x + q) * Math.log(x * mean + v)
      sum += people * (fixedOf(x) + (p * x - 1) * logMean - spread)
    }
    return sum
  }
}

/**
 * Maximum-likelihood estimates of the Gamma-Gamma model, from customers with repeats and a mean above 0. Where no maximum is
 * inside, the likeliest with logarithms of p and q normal about 0 with deviation 2.
 */
export function fitGammaGamma(groups: readonly Spending[]): GammaGammaFit {
  const likelihood = gammaGammaLogLikelihood(groups)
  const people = groups.reduce((sum, group) => sum + group.people, 0)
  const mean = groups.reduce((sum, group) => sum + group.people * group.mean, 0) / people
  const { at, ...found } = summitOf(
    (logs) => likelihood(gammaGammaOf(logs)),
    logsOfGammaGamma({ p: 4, q: 4, v: mean }),
    (logs) => [logs[0], logs[1]].reduce((sum: number, one = 0) => sum + (one / 2) ** 2, 0),
  )
  return { ...found, model: gammaGammaOf(at), logLikelihood: likelihood(gammaGammaOf(at)) }
}

/**
 * What one purchase of a customer is expected to bring (the note's eq. 5): the mean of all and their own, weighed by how
 * much is known. `mean` is read where there are repeats. With q <= 1 the mean of all is infinite, and so is this.
 */
export function expectedSpend(
  { p, q, v }: GammaGamma,
  { repeats: x, mean }: Pick<Spending, 'repeats' | 'mean'>,
): number {
  if (q <= 1) return Number.POSITIVE_INFINITY
  return (p * (v + x * mean)) / (p * x + q - 1)
}

/**
 * Mean of the square of what a customer's purchases bring on average, given what they brought: of p / nu with nu as Gamma(q + p x,
 * v + x mean). Infinite with p x + q <= 2, where amounts vary too much for an interval. A purchase varies about that average with a
 * variance of its square / p.
 */
export function expectedSpendSquare(
  { p, q, v }: GammaGamma,
  { repeats: x, mean }: Pick<Spending, 'repeats' | 'mean'>,
): number {
  const shape = p * x + q
  if (shape <= 2) return Number.POSITIVE_INFINITY
  return (p * (v + x * mean)) ** 2 / ((shape - 1) * (shape - 2))
}
