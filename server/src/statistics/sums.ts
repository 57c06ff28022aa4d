/**
 * Sums over the people of one group: of a value `y`, and of `x`, what was known of them before; `nonzero` counts those
 * whose y is not 0, of what is left after costs those who bought: what sending cost alone says nothing of what orders bring.
 */
export type Sums = {
  readonly people: number
  readonly nonzero: number
  readonly y: number
  readonly yy: number
  readonly x: number
  readonly xx: number
  readonly xy: number
}

/** Two groups that were shared out at random; `share` is the hold-out's, 0 to 1 exclusive. */
export type Stratum = {
  readonly share: number
  readonly treatment: Sums
  readonly holdout: Sums
}

export const noSums: Sums = { people: 0, nonzero: 0, y: 0, yy: 0, x: 0, xx: 0, xy: 0 }

/** Sums of a rate: y is 1 for who reached the goal. */
export function rateSums(people: number, reached: number): Sums {
  return { ...noSums, people, nonzero: reached, y: reached, yy: reached }
}

/** Sums over the people of both. */
export function addSums(one: Sums, other: Sums): Sums {
  return {
    people: one.people + other.people,
    nonzero: one.nonzero + other.nonzero,
    y: one.y + other.y,
    yy: one.yy + other.yy,
    x: one.x + other.x,
    xx: one.xx + other.xx,
    xy: one.xy + other.xy,
  }
}
