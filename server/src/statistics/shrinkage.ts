import { incompleteBeta, logGamma } from './distributions.ts'
import type { Estimate } from './intervals.ts'
import { type Family, type LikelyPrior, likelyPriors } from './likely-priors.ts'

/** Of so many, so many reached the goal; fractions are allowed. */
export type Tried = { readonly people: number; readonly reached: number }

/** So many events in so much exposure. */
export type Happened = { readonly exposure: number; readonly events: number }

/** What the groups say of how they differ; `learntFrom` of them taught it, 0: none was large enough. */
export type Learnt = {
  readonly learntFrom: number
  readonly priors: readonly LikelyPrior[]
}

/** Groups with fewer people say too little about how groups differ. */
const leastPeople = 5
/** More groups than the largest so many add nothing. */
const mostGroups = 1_000
/** How many people an unlearnt prior is worth. */
const fallbackWorth = 20

/**
 * How the true rates of groups are spread: Beta distributions with a likely mean and worth (the beta-binomial distribution of
 * Griffiths 1973, Maximum likelihood estimation for the beta-binomial distribution, Biometrics 29, 637-648), each with how likely it
 * is. One or two groups say little of how they differ, which widens their intervals. Without any the rate of the whole, worth 20
 * people. `power`: see `likelyPriors`.
 */
export function betaPrior(groups: readonly Tried[], whole: Tried, power?: number): Learnt {
  const used = taught(groups, ({ people }) => people)
  if (used.length === 0)
    return unlearnt(whole.people > 0 ? within(whole.reached / whole.people) : 0.5)
  const family: Family = {
    likelihood: (place, worth) => {
      const center = logistic(place)
      return betaBinomial(used, { alpha: center * worth, beta: (1 - center) * worth })
    },
    start: (worth) => {
      // Quasi-likelihood: a group says as much as its people do who are alike (Williams 1982, Applied Statistics 31, 144-148).
      let [people, reached] = [1, 0.5]
      for (const group of used) {
        const own = (1 + worth) / (group.people + worth)
        people += own * group.people
        reached += own * group.reached
      }
      const mean = within(reached / people)
      return { mean, variance: (mean * (1 - mean)) / people }
    },
    placeOf: (mean) => Math.log(mean / (1 - mean)),
    meanOf: (place) => within(logistic(place)),
    slope: (mean) => mean * (1 - mean),
    bend: (mean) => mean * (1 - mean) * (1 - 2 * mean),
  }
  return { learntFrom: used.length, priors: likelyPriors(family, power) }
}

const unlearnt = (mean: number): Learnt => ({
  learntFrom: 0,
  priors: [{ mean, variance: 0, worth: fallbackWorth, weight: 1 }],
})

const logistic = (place: number) => 1 / (1 + Math.exp(-place))

/** The one prior in the middle of the likely ones: their mean, and their worth by its logarithm. */
export function middlePrior({ priors }: Learnt): { readonly mean: number; readonly worth: number } {
  const sum = (of: (prior: LikelyPrior) => number) =>
    priors.reduce((all, prior) => all + prior.weight * of(prior), 0)
  return { mean: sum(({ mean }) => mean), worth: Math.exp(sum(({ worth }) => Math.log(worth))) }
}

/** Log likelihood of counts of groups, without the binomial coefficients. */
export function betaBinomial(
  groups: readonly Tried[],
  { alpha, beta }: { readonly alpha: number; readonly beta: number },
): number {
  const whole = logGamma(alpha + beta) - logGamma(alpha) - logGamma(beta)
  return groups.reduce(
    (sum, { people, reached }) =>
      sum +
      whole +
      logGamma(reached + alpha) +
      logGamma(people - reached + beta) -
      logGamma(people + alpha + beta),
    0,
  )
}

/**
 * How the true counts a unit of exposure are spread: Gamma distributions with a likely mean and worth in units (the gamma-Poisson
 * distribution, as Gaver and O'Muircheartaigh 1987, Robust empirical Bayes analyses of event rates, Technometrics 29, 1-15).
 * Without any group the count of the whole, worth 20 units of exposure.
 */
export function gammaPrior(groups: readonly Happened[], whole: Happened, power?: number): Learnt {
  const used = taught(groups, ({ exposure }) => exposure, leastExposure)
  if (used.length === 0)
    return unlearnt(whole.exposure > 0 ? Math.max(1e-6, whole.events / whole.exposure) : 1)
  const family: Family = {
    likelihood: (place, worth) =>
      gammaPoisson(used, { shape: Math.exp(place) * worth, rate: worth }),
    start: (worth) => {
      let [exposure, events] = [0, 0.5]
      for (const group of used) {
        const own = worth / (group.exposure + worth)
        exposure += own * group.exposure
        events += own * group.events
      }
      return { mean: events / exposure, variance: events / exposure ** 2 }
    },
    placeOf: Math.log,
    meanOf: Math.exp,
    slope: (mean) => mean,
    bend: (mean) => mean,
  }
  return { learntFrom: used.length, priors: likelyPriors(family, power) }
}

/** Groups with less exposure than this, in units, are left out. */
const leastExposure = 1

/** Log likelihood of counts of groups, without what the prior does not move. */
export function gammaPoisson(
  groups: readonly Happened[],
  { shape, rate }: { readonly shape: number; readonly rate: number },
): number {
  return groups.reduce(
    (sum, { exposure, events }) =>
      sum +
      logGamma(events + shape) -
      logGamma(shape) +
      shape * Math.log(rate / (rate + exposure)) -
      events * Math.log(rate + exposure),
    0,
  )
}

/** The largest groups that say enough. */
function taught<Group>(
  groups: readonly Group[],
  size: (group: Group) => number,
  least = leastPeople,
): readonly Group[] {
  return groups
    .filter((group) => size(group) >= least)
    .toSorted((a, b) => size(b) - size(a))
    .slice(0, mostGroups)
}

const within = (rate: number) => Math.min(1 - 1e-6, Math.max(1e-6, rate))

/**
 * A group's rate drawn towards the others' by as much as its size leaves open: mean and equal-tailed interval of the posterior
 * (Efron and Morris 1975, Data analysis using Stein's estimator, JASA 70, 311-319, for the idea). It is a mixture of Betas over
 * the likely priors, taken as the Beta with its mean and variance (Morris 1983, Parametric empirical Bayes inference, JASA 78,
 * 47-55, for why: an interval from the likeliest prior alone covers too little).
 */
export function shrunkRate(
  { people, reached }: Tried,
  { priors }: Learnt,
  confidence = 0.95,
): Estimate {
  let value = 0
  let square = 0
  for (const { mean: center, variance, worth, weight } of priors) {
    const size = people + worth
    const mean = (reached + center * worth) / size
    const moved = (worth / size) ** 2 * variance
    value += weight * mean
    square += weight * ((mean * (1 - mean) - moved) / (size + 1) + moved + mean * mean)
  }
  const size = (value * (1 - value)) / Math.max(1e-12, square - value * value) - 1
  const [a, b] = [value * size, (1 - value) * size]
  const tail = (1 - confidence) / 2
  return { value, low: betaQuantile(tail, a, b), high: betaQuantile(1 - tail, a, b) }
}

/** A group's events a unit of exposure, drawn towards the others': the mean of the posterior over the likely priors. */
export function shrunkCount({ exposure, events }: Happened, { priors }: Learnt): number {
  return priors.reduce(
    (sum, { mean, worth, weight }) => sum + (weight * (events + mean * worth)) / (exposure + worth),
    0,
  )
}

/** Quantile of the beta distribution, within 1e-9. */
export function betaQuantile(probability: number, a: number, b: number): number {
  const mean = a / (a + b)
  const spread = 12 * Math.sqrt((mean * (1 - mean)) / (a + b + 1))
  const at = (x: number) => incompleteBeta(x, a, b)
  let low = Math.max(0, mean - spread)
  let high = Math.min(1, mean + spread)
  if (at(low) > probability) low = 0
  if (at(high) < probability) high = 1
  while (high - low > 1e-9) {
    const middle = (low + high) / 2
    if (at(middle) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}
