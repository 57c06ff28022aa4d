/** Found in one stride of a sample (0: among the newest), of people who took somebody in or who did not. */
export type Tally = {
  readonly stride: number
  readonly merged: boolean
  readonly people: number
  readonly members: number
}

/** How many customers there are in all: the newest and the older ones who took nobody in, and whoever did. */
export type Population = {
  readonly newest: number
  readonly older: number
  readonly merged: number
}

/** About how many people; in some nineteen cases of twenty the exact number lies from `low` to `high`. */
export type Estimate = { readonly count: number; readonly low: number; readonly high: number }

/** Standard errors on either side that hold nineteen of twenty, with some thirty clusters (Student's t). */
const wide = 2.04

/**
 * About how many members a shop has, by those of a sample of `strides`. Newest, older and merged customers each stand for as
 * many as there are of their kind to one who was looked at.
 */
export function estimateOf(
  tallies: readonly Tally[],
  population: Population,
  strides: number,
): Estimate {
  const plain = tallies.filter(({ merged }) => !merged)
  const newest = plain.filter(({ stride }) => stride === 0)
  const older = plain.filter(({ stride }) => stride > 0)
  const merged = tallies.filter((one) => one.merged)
  const parts = [
    partOf(inOrder(newest, [0, 0]), population.newest),
    partOf(inOrder(older, [1, strides]), population.older),
    partOf(inOrder(merged, [0, strides]), population.merged),
  ]
  const sum = (of: (part: Part) => number) => parts.reduce((total, part) => total + of(part), 0)
  const seen = sum((part) => part.seen)
  const found = sum((part) => part.found)
  const all = sum((part) => part.all)
  // Of a kind of whom nobody was looked at, everybody may be in or nobody.
  const unseen = sum((part) => (part.seen === 0 ? part.all : 0))
  const share = seen === 0 ? 0 : found / seen
  const known = sum((part) => (part.seen === 0 ? 0 : (part.found * part.all) / part.seen))
  const around = wide * Math.sqrt(sum((part) => part.variance))
  const high = Math.min(all - (seen - found), Math.ceil(known + around) + unseen)
  return {
    count: Math.round(known + share * unseen),
    low: Math.max(found, Math.floor(known - around)),
    high: Math.max(found, high),
  }
}

type Cluster = { readonly people: number; readonly members: number }
type Part = {
  readonly all: number
  readonly seen: number
  readonly found: number
  /** Of the number of members told from it, in people squared. */
  readonly variance: number
}

/** Clusters in the order of ids, which is that of time; those where nobody was found are among them. */
function inOrder(tallies: readonly Tally[], [from, to]: readonly [number, number]) {
  const known = new Map(tallies.map((one) => [one.stride, one]))
  return Array.from(
    { length: to - from + 1 },
    (_, index): Cluster => known.get(from + index) ?? { people: 0, members: 0 },
  )
}

/**
 * One kind of people. How far off it may be is told by the differences of each cluster from the next, so that a slow change
 * from old to new customers is no error (Wolter, Introduction to Variance Estimation, 2nd ed., ch. 8.2), and is never taken to
 * be less than if so many people had been drawn one by one; two more are added to those found and those not, so that nobody
 * found does not mean that there is nobody.
 */
function partOf(clusters: readonly Cluster[], population: number): Part {
  const seen = clusters.reduce((sum, { people }) => sum + people, 0)
  const found = clusters.reduce((sum, { members }) => sum + members, 0)
  // People come while the two are counted.
  const all = Math.max(population, seen)
  if (seen === 0 || seen === all) return { all, seen, found, variance: 0 }
  const off = clusters.map(({ people, members }) => members - (found / seen) * people)
  const steps = off.slice(1).reduce((sum, one, index) => sum + (one - (off[index] ?? 0)) ** 2, 0)
  const clustered = (clusters.length * steps) / (2 * Math.max(1, clusters.length - 1))
  const oneByOne = (found * (seen - found)) / seen + 2
  const weight = all / seen
  return {
    all,
    seen,
    found,
    variance: (1 - 1 / weight) * weight ** 2 * Math.max(clustered, oneByOne),
  }
}
