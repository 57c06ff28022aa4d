import { logGamma } from './distributions.ts'
import { summitOf } from './maximise.ts'

/**
 * What the model knows of customers: `repeats` purchases after the first one, the last of them at `recency` after the first
 * purchase, `age` from the first purchase until now, in one unit of time; `people` of them alike. `recency` is 0 without repeats.
 */
export type Buying = {
  readonly people: number
  readonly repeats: number
  readonly recency: number
  readonly age: number
}

/**
 * Purchases while alive come as Poisson with rates of Gamma(r, alpha); after each purchase a customer leaves with a
 * probability of Beta(a, b).
 */
export type BgNbd = {
  readonly r: number
  readonly alpha: number
  readonly a: number
  readonly b: number
}

export type BgNbdFit = {
  readonly model: BgNbd
  readonly logLikelihood: number
  /** Of the logarithms of (r, alpha, a, b); null where the data leave one of them open. */
  readonly covariance: readonly (readonly number[])[] | null
  readonly isSettled: boolean
}

/** The logarithms (r, alpha, a, b) as the model, and back: the fit and its covariance live there. */
export const bgNbdOf = ([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]): BgNbd => ({
  r: Math.exp(r),
  alpha: Math.exp(alpha),
  a: Math.exp(a),
  b: Math.exp(b),
})
export const logsOfBgNbd = ({ r, alpha, a, b }: BgNbd): readonly number[] =>
  [r, alpha, a, b].map(Math.log)

/**
 * Log-likelihood of the BG/NBD model (Fader, Hardie and Lee 2005, Marketing Science 24, 275-284, eq. 6), the two terms of each
 * customer added as logarithms. Terms that depend on one number alone are worked out once for each of its values.
 */
export function bgNbdLogLikelihood(groups: readonly Buying[]): (model: BgNbd) => number {
  const most = groups.reduce((top, { repeats }) => Math.max(top, repeats), 0)
  return ({ r, alpha, a, b }) => {
    const fixed = r * Math.log(alpha) - logGamma(r)
    // log of B(a, b + x) / B(a, b), and how much more the term of leaving at the last purchase has.
    const stays = [0]
    const rates = [logGamma(r)]
    for (let x = 0; x < most; x++) {
      stays.push((stays[x] ?? 0) + Math.log((b + x) / (a + b + x)))
      rates.push((rates[x] ?? 0) + Math.log(r + x))
    }
    const logs = new Map<number, number>()
    const logAfter = (time: number) => {
      const known = logs.get(time)
      if (known !== undefined) return known
      const made = Math.log(alpha + time)
      logs.set(time, made)
      return made
    }
    let sum = 0
    for (const { people, repeats: x, recency, age } of groups) {
      const alive = -(r + x) * logAfter(age)
      const common = fixed + (rates[x] ?? 0) + (stays[x] ?? 0)
      if (x === 0) {
        sum += people * (common + alive)
        continue
      }
      const left = Math.log(a / (b + x - 1)) - (r + x) * logAfter(recency)
      const [high, low] = alive > left ? [alive, left] : [left, alive]
      sum += people * (common + high + Math.log1p(Math.exp(low - high)))
    }
    return sum
  }
}

/**
 * Maximum-likelihood estimates of the BG/NBD model. Where customers are so alike that no maximum is inside (r and alpha grow
 * together without end), the likeliest with a weak prior instead: logarithms of r, a and b normal about 0 with deviation 2.
 */
export function fitBgNbd(groups: readonly Buying[], start?: BgNbd): BgNbdFit {
  const likelihood = bgNbdLogLikelihood(groups)
  const people = groups.reduce((sum, group) => sum + group.people, 0)
  const age = groups.reduce((sum, group) => sum + group.people * group.age, 0) / people
  const first = start ?? { r: 0.5, alpha: Math.max(age / 5, 1e-3), a: 0.8, b: 2 }
  const { at, ...found } = summitOf(
    (logs) => likelihood(bgNbdOf(logs)),
    logsOfBgNbd(first),
    (logs) => [logs[0], logs[2], logs[3]].reduce((sum: number, one = 0) => sum + (one / 2) ** 2, 0),
  )
  return { ...found, model: bgNbdOf(at), logLikelihood: likelihood(bgNbdOf(at)) }
}

/** Probability that a customer has not left (the paper's section 4.3 in the closed form of Fader, Hardie and Lee's 2008 note). */
export function aliveProbability(
  { r, alpha, a, b }: BgNbd,
  { repeats: x, recency, age }: Omit<Buying, 'people'>,
): number {
  if (x === 0) return 1
  const odds =
    Math.log(a / (b + x - 1)) + (r + x) * (Math.log(alpha + age) - Math.log(alpha + recency))
  return 1 / (1 + Math.exp(odds))
}

/**
 * Purchases a customer is expected to make within `ahead` (the paper's eq. 10); with very many purchases the hypergeometric
 * function is taken in Euler's other form: F(p, q; c; z) = (1 - z)^(c - p - q) F(c - p, c - q; c; z).
 */
export function expectedPurchases(
  model: BgNbd,
  buying: Omit<Buying, 'people'>,
  ahead: number,
): number {
  return expectedIfAlive(model, buying, ahead) * aliveProbability(model, buying)
}

/** The same, given that the customer has not left; depends on repeats and age alone. */
export function expectedIfAlive(
  model: BgNbd,
  { repeats: x, age }: Pick<Buying, 'repeats' | 'age'>,
  ahead: number,
): number {
  const { r, alpha, b } = model
  // At a = 1 the formula is 0 / 0; its neighbour differs by nothing that is seen.
  const a = Math.abs(model.a - 1) < 1e-6 ? 1 + 1e-6 : model.a
  const z = ahead / (alpha + age + ahead)
  const c = a + b + x - 1
  // All terms of the paper's form have one sign, so it is exact; it leaves the range of numbers where somebody bought very often.
  const power = (r + x) * -Math.log1p(-z)
  const rest =
    power < 300
      ? Math.exp(-power) * hypergeometric({ p: r + x, q: b + x, c }, z)
      : Math.exp((a - 1) * Math.log1p(-z)) * hypergeometric({ p: a + b - 1 - r, q: a - 1, c }, z)
  return (c / (a - 1)) * (1 - rest)
}

/** Gauss's 2F1(p, q; c; z) for 0 <= z < 1 by its series (Abramowitz and Stegun 15.1.1). */
export function hypergeometric(
  { p, q, c }: { readonly p: number; readonly q: number; readonly c: number },
  z: number,
): number {
  let term = 1
  let sum = 1
  for (let n = 0; n < 20_000; n++) {
    term *= (((p + n) * (q + n)) / ((c + n) * (n + 1))) * z
    sum += term
    if (Math.abs(term) < 1e-14 * Math.abs(sum)) break
  }
  return sum
}
