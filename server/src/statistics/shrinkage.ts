import { incompleteBeta, logGamma } from './distributions.ts'
import type { Estimate } from './intervals.ts'
import { maximise } from './maximise.ts'

/** Of so many, so many reached the goal; fractions are allowed. */
export type Tried = { readonly people: number; readonly reached: number }

/** So many events in so much exposure. */
export type Happened = { readonly exposure: number; readonly events: number }

/** A beta distribution of the groups' true rates; `learntFrom` groups taught it, 0: too few to learn from. */
export type BetaPrior = {
  readonly alpha: number
  readonly beta: number
  readonly learntFrom: number
  /** How many people it may be worth instead, each with how likely that is; they add up to 1. */
  readonly worths: readonly { readonly people: number; readonly weight: number }[]
}

/** A gamma distribution of the groups' true events a unit of exposure: its mean is shape / rate. */
export type GammaPrior = {
  readonly shape: number
  readonly rate: number
  readonly learntFrom: number
}

/** Groups with fewer people say too little about how groups differ. */
const leastPeople = 5
/** Fewer groups than this teach nothing about how groups differ, and more of the largest add nothing. */
const leastGroups = 5
const mostGroups = 1_000
/** How many people an unlearnt prior is worth. */
const fallbackWeight = 20
/** A prior is worth between one person and so many: beyond, the groups do not differ. */
const mostWeight = 100_000

/** Worths at which it is asked how likely they are: so many, evenly on a logarithmic scale. */
const worthSteps = 41

/**
 * How the true rates of groups are spread: the beta-binomial distribution fitted by maximum likelihood (Griffiths 1973, Maximum
 * likelihood estimation for the beta-binomial distribution, Biometrics 29, 637-648). With too few groups the rate of the
 * whole, worth 20 people.
 */
export function betaPrior(groups: readonly Tried[], whole: Tried): BetaPrior {
  const used = taught(groups, ({ people }) => people)
  const mean = whole.people > 0 ? within(whole.reached / whole.people) : 0.5
  if (used.length < leastGroups)
    return {
      ...{ alpha: mean * fallbackWeight, beta: (1 - mean) * fallbackWeight, learntFrom: 0 },
      worths: [{ people: fallbackWeight, weight: 1 }],
    }
  const model = ([logit = 0, logWeight = 0]: readonly number[]) => {
    const center = 1 / (1 + Math.exp(-logit))
    const weight = Math.min(mostWeight, Math.max(1, Math.exp(logWeight)))
    return { alpha: center * weight, beta: (1 - center) * weight }
  }
  const top = maximise(
    (at) => betaBinomial(used, model(at)),
    [Math.log(mean / (1 - mean)), Math.log(fallbackWeight)],
    { precision: 1e-7 },
  )
  const { alpha, beta } = model(top.at)
  const worths = worthsOf(used, alpha / (alpha + beta))
  return { alpha, beta, learntFrom: used.length, worths }
}

/**
 * How likely each worth of the prior is after all groups were seen. Few groups, and groups that hardly differ, leave it open:
 * the likeliest one alone would make every interval too narrow. Before, a worth is as likely as in Gelman et al., Bayesian Data
 * Analysis (3rd ed., 5.3): p(alpha, beta) ~ (alpha + beta)^(-5/2), which is worth^(-1/2) on a logarithmic scale.
 */
function worthsOf(groups: readonly Tried[], center: number): BetaPrior['worths'] {
  const tried = Array.from({ length: worthSteps }, (_, step) => {
    const people = mostWeight ** (step / (worthSteps - 1))
    const likely = betaBinomial(groups, { alpha: center * people, beta: (1 - center) * people })
    return { people, likely: likely - Math.log(people) / 2 }
  })
  const most = Math.max(...tried.map(({ likely }) => likely))
  const raw = tried.map(({ people, likely }) => ({ people, weight: Math.exp(likely - most) }))
  const sum = raw.reduce((all, { weight }) => all + weight, 0)
  return raw
    .map(({ people, weight }) => ({ people, weight: weight / sum }))
    .filter(({ weight }) => weight > 1e-6)
}

/** Log likelihood of counts of groups, without the binomial coefficients. */
function betaBinomial(
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
 * How the true counts a unit of exposure are spread: the gamma-Poisson (negative binomial) distribution fitted by maximum
 * likelihood, as Gaver and O'Muircheartaigh (1987), Robust empirical Bayes analyses of event rates, Technometrics 29, 1-15. With
 * too few groups the count of the whole, worth 20 units of exposure.
 */
export function gammaPrior(groups: readonly Happened[], whole: Happened): GammaPrior {
  const used = taught(groups, ({ exposure }) => exposure, leastExposure)
  const mean = whole.exposure > 0 ? Math.max(1e-6, whole.events / whole.exposure) : 1
  if (used.length < leastGroups)
    return { shape: mean * fallbackWeight, rate: fallbackWeight, learntFrom: 0 }
  const model = ([logMean = 0, logRate = 0]: readonly number[]) => {
    const rate = Math.min(mostWeight, Math.exp(logRate))
    return { shape: Math.exp(logMean) * rate, rate }
  }
  const top = maximise((at) => gammaPoisson(used, model(at)), [Math.log(mean), 0], {
    precision: 1e-7,
  })
  return { ...model(top.at), learntFrom: used.length }
}

/** Groups with less exposure than this, in units, are left out. */
const leastExposure = 1

function gammaPoisson(
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
 * what the prior may be worth, taken as the Beta with its mean and variance (Morris 1983, Parametric empirical Bayes
 * inference, JASA 78, 47-55, for why: an interval from the likeliest prior alone covers too little).
 */
export function shrunkRate(
  { people, reached }: Tried,
  { alpha, beta, worths }: BetaPrior,
  confidence = 0.95,
): Estimate {
  const center = alpha / (alpha + beta)
  let value = 0
  let square = 0
  for (const { people: worth, weight } of worths) {
    const size = people + worth
    const mean = (reached + center * worth) / size
    value += weight * mean
    square += weight * ((mean * (1 - mean)) / (size + 1) + mean * mean)
  }
  const size = (value * (1 - value)) / Math.max(1e-12, square - value * value) - 1
  const [a, b] = [value * size, (1 - value) * size]
  const tail = (1 - confidence) / 2
  return { value, low: betaQuantile(tail, a, b), high: betaQuantile(1 - tail, a, b) }
}

/** A group's events a unit of exposure, drawn towards the others': the mean of the gamma posterior. */
export function shrunkCount({ exposure, events }: Happened, { shape, rate }: GammaPrior): number {
  return (events + shape) / (exposure + rate)
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
