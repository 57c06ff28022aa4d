import { logGamma } from './distributions.ts'

/** How many a share (0 to 1, exclusive) held out, and how many it did not. */
export type Shared = {
  readonly share: number
  readonly treatment: number
  readonly holdout: number
}

/** So many people's worth of belief in the share that was set. */
const belief = 20

/** An alarm this improbable is one; of a thousand sound campaigns one gives it in its whole life. */
const alarmAt = 0.001

/**
 * Logarithm of the evidence that people were not shared out as set: the share mixed over a beta distribution around the
 * one set (Lindon and Malek 2022, Anytime-valid inference for multinomial count data, section 3; in two groups it is
 * Robbins' beta-binomial mixture). It may be looked at after every person.
 */
export function logMismatch(groups: readonly Shared[], prior = belief): number {
  return groups.reduce((sum, { share, treatment, holdout }) => {
    const [a, b] = [prior * share, prior * (1 - share)]
    const mixed = logBeta(a + holdout, b + treatment) - logBeta(a, b)
    return sum + mixed - holdout * Math.log(share) - treatment * Math.log1p(-share)
  }, 0)
}

/** How many people each of several arms got that were drawn under one set of shares; shares add up to 1. */
export type SharedArms = readonly { readonly share: number; readonly people: number }[]

/** The same evidence of several arms (the same paper, section 3: the shares mixed over a Dirichlet distribution around those set). */
export function logArmsMismatch(groups: readonly SharedArms[], prior = belief): number {
  return groups.reduce((sum, arms) => {
    const all = arms.reduce((total, { people }) => total + people, 0)
    const mixed = arms.reduce(
      (log, { share, people }) =>
        log + logGamma(prior * share + people) - logGamma(prior * share) - people * Math.log(share),
      0,
    )
    return sum + mixed + logGamma(prior) - logGamma(prior + all)
  }, 0)
}

/** Whether the arms of a split are so unlike the shares set that something is wrong with how people came into them. */
export function areArmsMismatched(groups: readonly SharedArms[]): boolean {
  return logArmsMismatch(groups) > -Math.log(alarmAt)
}

/** Whether the groups are so unlike the shares set that something is wrong with how people came into them. */
export function isMismatched(groups: readonly Shared[]): boolean {
  return logMismatch(groups) > -Math.log(alarmAt)
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b)
}
