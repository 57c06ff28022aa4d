/** A prior that groups may share: its mean, with what is not known of it, and how many people (or units of exposure) it is worth. */
export type LikelyPrior = {
  readonly mean: number
  readonly variance: number
  readonly worth: number
  /** How likely it is among all; they add up to 1. */
  readonly weight: number
}

/** How counts depend on the mean and the worth, the mean on a scale without ends (logit or logarithm). */
export type Family = {
  /** Log likelihood of all groups. */
  readonly likelihood: (place: number, worth: number) => number
  /** About where the mean lies for a worth, on its own scale, and its variance there. */
  readonly start: (worth: number) => { readonly mean: number; readonly variance: number }
  /** To the open scale and back; `slope` and `bend` are the first two derivatives of the way back, by the mean. */
  readonly placeOf: (mean: number) => number
  readonly meanOf: (place: number) => number
  readonly slope: (mean: number) => number
  readonly bend: (mean: number) => number
}

/** A prior is worth between one person and so many: beyond, the groups do not differ. */
const mostWorth = 100_000
/** Worths that are looked at, evenly on a logarithmic scale: first over all, then where the likely ones lie. */
const steps = { wide: 19, near: 19 }
/** Less likely than the likeliest by this logarithm is not looked at. */
const farLog = 9
/** Of a parabola through three places two rounds are enough: it begins within an error of the summit. */
const rounds = 2

/**
 * Which priors groups may share after all were seen: both hyperparameters are integrated over, the worth on a grid, the mean within
 * it by Laplace's method (Tierney and Kadane 1986, JASA 81, 82-86). Before, each mean is as likely as another, and the worth has
 * p(log worth) ~ worth^-power from 1 on, a proper prior. 1 is the hyperprior of Tak, Kelly and Morris (2017), Rgbp, Journal of
 * Statistical Software 78(5), each 1 / worth as likely as another; 1/2 that of Bayesian Data Analysis (3rd ed., 5.3). 3/2, used here,
 * leaves a little more room: with it intervals cover as often as they say wherever we looked (docs/statistics.md).
 */
export function likelyPriors(family: Family, power = 1.5): readonly LikelyPrior[] {
  const at = (from: number, to: number, count: number) =>
    Array.from({ length: count }, (_, step) =>
      judged(family, Math.exp(from + ((to - from) * step) / (count - 1)), power),
    )
  const last = Math.log(mostWorth)
  const wide = at(0, last, steps.wide)
  const top = Math.max(...wide.map(({ log }) => log))
  const likely = wide.flatMap(({ log }, step) => (log > top - farLog ? [step] : []))
  const gap = last / (steps.wide - 1)
  const from = Math.max(0, (likely[0] ?? 0) - 1) * gap
  const to = Math.min(steps.wide - 1, (likely.at(-1) ?? 0) + 1) * gap
  const near = at(from, to, steps.near)
  const summit = Math.max(...near.map(({ log }) => log))
  const raw = near.map(({ log, ...prior }) => ({ ...prior, weight: Math.exp(log - summit) }))
  const sum = raw.reduce((all, { weight }) => all + weight, 0)
  return raw
    .map((prior) => ({ ...prior, weight: prior.weight / sum }))
    .filter(({ weight }) => weight > 1e-6)
}

/** The mean for a worth, and the logarithm of how likely that worth is whatever the mean. */
function judged(family: Family, worth: number, power: number) {
  const { mean: first, variance } = family.start(worth)
  const error = Math.sqrt(variance) / family.slope(first)
  const height = (place: number) =>
    family.likelihood(place, worth) + Math.log(family.slope(family.meanOf(place)))
  let place = family.placeOf(first)
  let bend = -1 / error ** 2
  let log = 0
  for (let round = 0; round < rounds; round++) {
    const [below, here, above] = [height(place - error), height(place), height(place + error)]
    const rise = (above - below) / (2 * error)
    const seen = (below - 2 * here + above) / error ** 2
    bend = seen < 0 ? seen : -1 / error ** 2
    const step = Math.max(-2 * error, Math.min(2 * error, -rise / bend))
    log = here + rise * step + (bend * step ** 2) / 2
    place += step
  }
  const summit = family.meanOf(place)
  return {
    worth,
    mean: summit - family.bend(summit) / bend / 2,
    variance: -(family.slope(summit) ** 2) / bend,
    log: log - Math.log(-bend) / 2 - power * Math.log(worth),
  }
}
