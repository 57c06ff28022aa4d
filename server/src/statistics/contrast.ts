import { covariateSlope } from './covariate.ts'
import type { Stratum, Sums } from './sums.ts'

/** Means of two groups beside each other, with the variances of both. */
export type Contrast = {
  readonly people: number
  readonly treatment: { readonly mean: number; readonly variance: number }
  readonly holdout: { readonly mean: number; readonly variance: number }
  /** People shared out evenly that would know as much (confidence-sequence.ts). */
  readonly time: number
  /** What is left of the variance once x is taken account of, 0 to 1; 1 where it is not. */
  readonly varianceLeft: number
}

/** So many people with a value count as much as what both groups together say of a group's variance. */
const sharedBelief = 10

/**
 * Compares people of one share with each other only and puts the shares together, each with as much weight as it says
 * (Mantel and Haenszel 1959): a hold-out that was enlarged on the way compares no spring with summer. `isRate`: y is 0 or 1.
 * Null while no share has people on both sides.
 */
export function contrastOf(strata: readonly Stratum[], isRate = false): Contrast | null {
  const known = strata.filter(
    ({ treatment, holdout }) => treatment.people > 0 && holdout.people > 0,
  )
  if (known.length === 0) return null
  const slope = covariateSlope(known.flatMap(({ treatment, holdout }) => [treatment, holdout]))
  const parts = known.map((stratum) => partOf(stratum, slope, isRate))
  const whole = parts.reduce((sum, { weight }) => sum + weight, 0)
  const side = (name: 'treatment' | 'holdout') => ({
    mean: parts.reduce((sum, part) => sum + part.weight * part[name].mean, 0) / whole,
    variance:
      parts.reduce((sum, part) => sum + part.weight ** 2 * part[name].variance, 0) / whole ** 2,
  })
  const [left, all] = [within(known, slope), within(known, 0)]
  return {
    people: known.reduce((sum, one) => sum + one.treatment.people + one.holdout.people, 0),
    treatment: side('treatment'),
    holdout: side('holdout'),
    time: parts.reduce((sum, { time }) => sum + time, 0),
    varianceLeft: all > 0 ? left / all : 1,
  }
}

function partOf({ share, treatment, holdout }: Stratum, slope: number, isRate: boolean) {
  const people = treatment.people + holdout.people
  const before = (treatment.x + holdout.x) / people
  const pooled =
    people > 2 ? (residual(treatment, slope) + residual(holdout, slope)) / (people - 2) : 0
  const side = (group: Sums) => ({
    // As if everybody had been alike before.
    mean: group.y / group.people - slope * (group.x / group.people - before),
    variance:
      Math.max(varianceOf(group, slope, pooled), isRate ? leastOfRate(group.people) : 0) /
      group.people,
  })
  return {
    weight: (treatment.people * holdout.people) / people,
    time: 4 * people * share * (1 - share),
    treatment: side(treatment),
    holdout: side(holdout),
  }
}

/**
 * Ten people held out of whom nobody ordered do not show that nobody ever orders: a group in which few have a value leans on
 * both groups together, and never claims to be less spread than they are.
 */
function varianceOf(group: Sums, slope: number, pooled: number): number {
  const own = group.people > 1 ? residual(group, slope) / (group.people - 1) : pooled
  const trust = group.nonzero / (group.nonzero + sharedBelief)
  return trust * own + (1 - trust) * Math.max(own, pooled)
}

/** Nobody of so many does not mean never: a rate is at least as spread as if half of one had reached it. */
function leastOfRate(people: number): number {
  return (0.5 / people) * (1 - 0.5 / people)
}

function within(strata: readonly Stratum[], slope: number): number {
  return strata.reduce(
    (sum, { treatment, holdout }) => sum + residual(treatment, slope) + residual(holdout, slope),
    0,
  )
}

/** Squares around the group's own line y = mean + slope (x - mean of x). */
function residual({ people, y, yy, x, xx, xy }: Sums, slope: number): number {
  const squares = yy - (y * y) / people
  const crossed = xy - (x * y) / people
  const before = xx - (x * x) / people
  return Math.max(0, squares - 2 * slope * crossed + slope ** 2 * before)
}
