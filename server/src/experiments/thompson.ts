import { type Random, seededRandom } from '../lib/random.ts'
import { leastPeople } from '../statistics/power.ts'

/** What is known of one arm: people whose goal window is over, and how many of them reached the goal. */
export type ArmSoFar = { readonly id: string; readonly people: number; readonly reached: number }

const draws = 4_000

/**
 * How a split that learns should share people out (Thompson sampling): each arm gets the probability that its true rate is
 * the best, by draws from the posteriors Beta(1 + reached, 1 + people - reached). The same numbers and seed give the same
 * shares. Undefined while an arm has fewer than 20 people: too little to learn from.
 */
export function thompsonShares(
  arms: readonly ArmSoFar[],
  seed: string,
): ReadonlyMap<string, number> | undefined {
  if (arms.length === 0 || arms.some(({ people }) => people < leastPeople)) return undefined
  const random = seededRandom(seed)
  const wins = new Map(arms.map(({ id }) => [id, 0]))
  for (let draw = 0; draw < draws; draw++) {
    let best = { id: '', rate: -1 }
    for (const { id, people, reached } of arms) {
      const rate = betaDraw(1 + reached, 1 + people - reached, random)
      if (rate > best.rate) best = { id, rate }
    }
    wins.set(best.id, (wins.get(best.id) ?? 0) + 1)
  }
  return new Map([...wins].map(([id, won]) => [id, won / draws]))
}

/** One draw from Beta(a, b), a and b at least 1, as the share of two gamma draws. */
function betaDraw(a: number, b: number, random: Random): number {
  const x = gammaDraw(a, random)
  return x / (x + gammaDraw(b, random))
}

/** One draw from Gamma(shape, 1) for a shape of at least 1: Marsaglia and Tsang (2000). */
function gammaDraw(shape: number, random: Random): number {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const normal = random.normal()
    const v = (1 + c * normal) ** 3
    if (v <= 0) continue
    const uniform = 1 - random.next()
    if (Math.log(uniform) < (normal * normal) / 2 + d - d * v + d * Math.log(v)) return d * v
  }
}
