import { normalQuantile } from './distributions.ts'
import type { Estimate } from './intervals.ts'

/** Past the day on which fewer than this many are still followed a curve says nothing. */
export const leastAtRisk = 10

/**
 * People by whole days since they began: `followed[d]` of them are watched for d days (begun ones count), `first[d]` had
 * their first event on day d, `events[d]` events fell on day d in all. `people` may be more than the sum of `followed`: the
 * others are watched for longer than the arrays are.
 */
export type Followed = {
  readonly people: number
  readonly followed: readonly number[]
  readonly first: readonly number[]
  readonly events: readonly number[]
  /** `followed` of those among them who had an event. */
  readonly followedOfRepeaters: readonly number[]
}

/** A curve after each day, with the people at risk on that day and its standard error; ends where too few are at risk. */
export type Curve = readonly CurveDay[]
export type CurveDay = {
  readonly day: number
  readonly atRisk: number
  readonly value: number
  readonly error: number
}

/**
 * Share of people who had their first event by the end of each day: one minus the product-limit estimator of Kaplan and Meier
 * (1958), Nonparametric estimation from incomplete observations, JASA 53, 457-481, with the variance of Greenwood (1926). On a
 * day with both, events come before the end of watching.
 */
export function kaplanMeier(of: Followed, least = leastAtRisk): Curve {
  const curve: CurveDay[] = []
  let left = of.people
  let staying = 1
  let greenwood = 0
  for (let day = 0; day < of.followed.length && left >= least && left > 0; day++) {
    const events = of.first[day] ?? 0
    staying *= 1 - events / left
    greenwood += left > events ? events / (left * (left - events)) : 0
    curve.push({ day, atRisk: left, value: 1 - staying, error: staying * Math.sqrt(greenwood) })
    const silent = (of.followed[day] ?? 0) - (of.followedOfRepeaters[day] ?? 0)
    left -= events + silent
  }
  return curve
}

/**
 * Mean number of events a person by the end of each day: the mean cumulative function of Nelson (1988), Graphical analysis of
 * system repair data, Journal of Quality Technology 20, 24-35. Its error needs the single people: `meanError`.
 */
export function meanCumulative(of: Followed, least = leastAtRisk): Curve {
  const curve: CurveDay[] = []
  let left = of.people
  let value = 0
  for (let day = 0; day < of.followed.length && left >= least && left > 0; day++) {
    value += (of.events[day] ?? 0) / left
    curve.push({ day, atRisk: left, value, error: 0 })
    left -= of.followed[day] ?? 0
  }
  return curve
}

/**
 * What one person adds to the variance of the mean cumulative function: squares of `sum over own events of gain[day] -
 * drift[last day watched]`, by the robust variance of Lawless and Nadeau (1995), Some simple robust methods for the analysis of
 * recurrent events, Technometrics 37, 158-168.
 */
export function influenceOf(
  of: Followed,
  curve: Curve,
): { readonly gain: readonly number[]; readonly drift: readonly number[] } {
  let drifted = 0
  const gain = curve.map(({ atRisk }) => 1 / atRisk)
  const drift = curve.map(({ day, atRisk }) => {
    drifted += (of.events[day] ?? 0) / (atRisk * atRisk)
    return drifted
  })
  return { gain, drift }
}

/**
 * Standard error of a mean cumulative function on its last day. `repeaters` is the sum over people with events of
 * (gains - drift)^2 - drift^2; everybody's drift^2 is known from how long they are watched.
 */
export function meanError(of: Followed, curve: Curve, repeaters: number): number {
  const { drift } = influenceOf(of, curve)
  const last = drift.at(-1) ?? 0
  let long = of.people
  let sum = repeaters
  for (const [day, value] of drift.entries()) {
    if (day === drift.length - 1) break
    const here = of.followed[day] ?? 0
    sum += here * value * value
    long -= here
  }
  return Math.sqrt(Math.max(0, sum + long * last * last))
}

/** First day on which the share is a half or more; null where it never is. */
export function medianDay(curve: Curve): number | null {
  return curve.find(({ value }) => value >= 0.5 - 1e-12)?.day ?? null
}

/**
 * Interval of a share from its standard error by the complementary log-log transformation, which stays within 0 and 1
 * (Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data, 1980, 1.3).
 */
export function shareInterval({ value, error }: CurveDay, confidence = 0.95): Estimate {
  const staying = 1 - value
  if (staying <= 0 || staying >= 1) return { value, low: value, high: value }
  const z = normalQuantile(0.5 + confidence / 2)
  const spread = (z * error) / (staying * Math.abs(Math.log(staying)))
  return {
    value,
    low: 1 - staying ** Math.exp(-spread),
    high: 1 - staying ** Math.exp(spread),
  }
}

/** Interval of a mean count from its standard error, on the scale of its logarithm so that it stays above 0. */
export function meanInterval(value: number, error: number, confidence = 0.95): Estimate {
  if (value <= 0) return { value, low: 0, high: 0 }
  const spread = (normalQuantile(0.5 + confidence / 2) * error) / value
  return { value, low: value * Math.exp(-spread), high: value * Math.exp(spread) }
}
