import { normalProbability, normalQuantile } from './distributions.ts'
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

/** What is thought of the deviation between groups before anything was seen: the one, in typical errors, that so large a share is under. */
export type DeviationPrior = (share: number) => number

/**
 * A share of the variance that people's chance makes, told from that of five typical errors, whose square root is as likely here as
 * there: Strawderman (1971, Annals of Mathematical Statistics 42, 385-388), of whose regions Berger (1980, Annals of Statistics 8,
 * 716-761) shows that they hold the truth as often as they say wherever it lies.
 */
const robust: DeviationPrior = (share) => 5 * Math.sqrt(1 / (1 - share) ** 2 - 1)

/** Deviations between groups that are looked at. */
const deviations = 64
/** Halvings until an end of an interval is found: to a millionth of where it is looked for. */
const halvings = 20

/**
 * Estimates of several groups drawn towards their common mean, the more the less is known of each: the normal model of Bayesian
 * Data Analysis (3rd ed., 5.4), with a flat prior of the common mean and one of the deviation between groups in typical errors
 * (Higgins and Thompson 2002, Statistics in Medicine 21, 1539-1558). Both are integrated over, the deviation on a grid, so that the
 * interval carries that few groups hardly tell how far they lie apart.
 */
export function partiallyPooled(
  groups: readonly Measured[],
  confidence = 0.95,
  prior = robust,
): readonly Estimate[] {
  const [alone] = groups
  if (groups.length === 1 && alone) {
    const width = normalQuantile(0.5 + confidence / 2) * alone.error
    return [{ value: alone.value, low: alone.value - width, high: alone.value + width }]
  }
  const likely = likelyDistances(groups, prior)
  return groups.map((group) => {
    const parts = likely.map((one) => partOf(group, one))
    const value = parts.reduce((sum, { weight, mean }) => sum + weight * mean, 0)
    const tail = (1 - confidence) / 2
    return { value, low: quantileOf(parts, tail), high: quantileOf(parts, 1 - tail) }
  })
}

/** Groups that lie `between` apart (a deviation), what their mean is then (with the inverse of its variance), and how likely that is. */
type Distance = {
  readonly between: number
  readonly mean: number
  readonly precision: number
  readonly weight: number
}

function likelyDistances(groups: readonly Measured[], prior: DeviationPrior): readonly Distance[] {
  const scale = typicalError(groups)
  const all = Array.from({ length: deviations }, (_, at) => {
    // Steps that are even in the root of the prior's share, so that the small deviations of many groups alike are told apart.
    const root = (at + 0.5) / deviations
    const between = scale * prior(root ** 2)
    const weights = groups.map(({ error }) => 1 / (error ** 2 + between ** 2))
    const precision = weights.reduce((sum, one) => sum + one, 0)
    const mean =
      groups.reduce((sum, { value }, i) => sum + value * (weights[i] ?? 0), 0) / precision
    const log = groups.reduce(
      (sum, { value }, i) => {
        const weight = weights[i] ?? 0
        return sum + (Math.log(weight) - weight * (value - mean) ** 2) / 2
      },
      Math.log(root) - Math.log(precision) / 2,
    )
    return { between, mean, precision, log }
  })
  const top = Math.max(...all.map(({ log }) => log))
  const total = all.reduce((sum, { log }) => sum + Math.exp(log - top), 0)
  return all.map(({ log, ...one }) => ({ ...one, weight: Math.exp(log - top) / total }))
}

function typicalError(groups: readonly Measured[]): number {
  const precise = groups.map(({ error }) => 1 / error ** 2)
  const all = precise.reduce((sum, one) => sum + one, 0)
  const squares = precise.reduce((sum, one) => sum + one * one, 0)
  return Math.sqrt(((groups.length - 1) * all) / (all * all - squares))
}

type Part = { readonly weight: number; readonly mean: number; readonly deviation: number }

/** Where the truth of a group lies if the groups lie so far apart. */
function partOf({ value, error }: Measured, distance: Distance): Part {
  const own = distance.between ** 2 / (distance.between ** 2 + error ** 2)
  return {
    weight: distance.weight,
    mean: own * value + (1 - own) * distance.mean,
    deviation: Math.sqrt(own * error ** 2 + (1 - own) ** 2 / distance.precision),
  }
}

function quantileOf(parts: readonly Part[], probability: number): number {
  // The mixture's quantile lies between the smallest and the largest of its parts'.
  const z = normalQuantile(probability)
  const ends = parts.map(({ mean, deviation }) => mean + z * deviation)
  let [low, high] = [Math.min(...ends), Math.max(...ends)]
  for (let round = 0; round < halvings; round++) {
    const middle = (low + high) / 2
    const below = parts.reduce(
      (sum, { weight, mean, deviation }) =>
        sum + weight * normalProbability((middle - mean) / deviation),
      0,
    )
    if (below < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}
