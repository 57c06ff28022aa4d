import { normalQuantile } from './distributions.ts'
import type { Estimate } from './intervals.ts'

/** Two groups of one comparison, and how many of each reached the goal. */
export type Pair = {
  readonly treatment: { readonly people: number; readonly reached: number }
  readonly holdout: { readonly people: number; readonly reached: number }
}

/** An estimate and its standard error. */
export type Measured = { readonly value: number; readonly error: number }

/**
 * Difference of two rates over several comparisons, each weighed by n1 n2 / (n1 + n2) (Cochran 1954, Some methods for
 * strengthening the common chi-square tests, Biometrics 10, 417-451), so that people are compared only within a comparison. Half
 * a person is added to each side of a rate for its variance, so that none is 0. Null without anybody in both groups.
 */
export function stratifiedDifference(pairs: readonly Pair[]): Measured | null {
  let [weights, sum, variance] = [0, 0, 0]
  for (const { treatment, holdout } of pairs) {
    const [n, m] = [treatment.people, holdout.people]
    if (n === 0 || m === 0) continue
    const weight = (n * m) / (n + m)
    weights += weight
    sum += weight * (treatment.reached / n - holdout.reached / m)
    variance += weight ** 2 * (spread(treatment) / n + spread(holdout) / m)
  }
  if (weights === 0) return null
  return { value: sum / weights, error: Math.sqrt(variance) / weights }
}

function spread({ people, reached }: Pair['treatment']): number {
  const rate = (reached + 0.5) / (people + 1)
  return rate * (1 - rate)
}

/**
 * Estimates of several groups drawn towards their common mean, the more the less is known of each: normal-normal empirical Bayes
 * (Efron and Morris 1975, JASA 70, 311-319) with the variance between groups of DerSimonian and Laird (1986, Controlled Clinical
 * Trials 7, 177-188). The interval carries the error of the common mean.
 */
export function partiallyPooled(
  groups: readonly Measured[],
  confidence = 0.95,
): readonly Estimate[] {
  const z = normalQuantile(0.5 + confidence / 2)
  const precise = groups.map(({ error }) => 1 / error ** 2)
  const all = precise.reduce((sum, one) => sum + one, 0)
  const fixed = groups.reduce((sum, { value }, at) => sum + value * (precise[at] ?? 0), 0) / all
  const heterogeneity = groups.reduce(
    (sum, { value }, at) => sum + (precise[at] ?? 0) * (value - fixed) ** 2,
    0,
  )
  const scale = all - precise.reduce((sum, one) => sum + one * one, 0) / all
  const between = scale > 0 ? Math.max(0, (heterogeneity - (groups.length - 1)) / scale) : 0
  const weights = groups.map(({ error }) => 1 / (error ** 2 + between))
  const total = weights.reduce((sum, one) => sum + one, 0)
  const mean = groups.reduce((sum, { value }, at) => sum + value * (weights[at] ?? 0), 0) / total
  return groups.map(({ value, error }) => {
    const own = groups.length === 1 ? 1 : between / (between + error ** 2)
    const middle = own * value + (1 - own) * mean
    const width = z * Math.sqrt(own * error ** 2 + (1 - own) ** 2 / total)
    return { value: middle, low: middle - width, high: middle + width }
  })
}
