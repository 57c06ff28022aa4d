/** People of one kind: so many of the group, of whom so many reached the goal, and how many of the whole are of this kind. */
export type Kind = {
  readonly people: number
  readonly reached: number
  readonly whole: number
}

/** A group's rate as if it had the whole's mix of kinds. */
export type Standardised = {
  readonly rate: number
  /** How many people of the same kind the rate is worth, and how many of them reached the goal. */
  readonly worth: number
  readonly reached: number
  /** Share of the whole that is of kinds the group has. */
  readonly covered: number
}

/**
 * Direct standardisation (Breslow and Day 1987, Statistical Methods in Cancer Research II, chapter 2): the rates of each kind,
 * weighted as the kinds are mixed in the whole. Kinds that the group does not have are left out of both. What the rate is worth
 * in people follows from its variance (Kish 1965, Survey Sampling, effective sample size), with half a person on each side of
 * every kind so that kinds of few people are not taken for certain. null where no kind is shared.
 */
export function standardised(kinds: readonly Kind[], whole: number): Standardised | null {
  const own = kinds.filter(({ people }) => people > 0)
  const shared = own.reduce((sum, kind) => sum + kind.whole, 0)
  if (shared <= 0 || whole <= 0) return null
  let rate = 0
  let variance = 0
  for (const { people, reached, whole: mass } of own) {
    const weight = mass / shared
    const kept = (reached + 0.5) / (people + 1)
    rate += weight * (reached / people)
    variance += (weight * weight * kept * (1 - kept)) / people
  }
  const people = own.reduce((sum, kind) => sum + kind.people, 0)
  const spread = Math.max(rate * (1 - rate), 0.25 / (people + 1))
  const worth = Math.min(people, spread / variance)
  return { rate, worth, reached: rate * worth, covered: shared / whole }
}
