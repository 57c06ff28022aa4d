import { plannedLift } from '../../statistics/effect.ts'
import { peopleNeededAnytime } from '../../statistics/power.ts'

/** Shares of hold-out that are offered. */
const shares = [0.1, 0.2, 0.3, 0.5]
/** Fewer people than this say nothing of what happens without sending. */
const leastPast = 50
/** Larger relative effects are none a message has. */
const largestLift = 2

/** What the people of a split did in a time as long before: how many were looked at, the sum of it and of its square. */
export type Past = {
  readonly people: number
  readonly sum: number
  readonly squares: number
  /** Each did it or did not: more than everybody cannot. */
  readonly isRate?: boolean
}

/** The relative effect that is planned for: of a share of people no more than half of what is left to win. */
export function liftOf({ people, sum, isRate = false }: Past): number {
  return isRate && sum > 0 ? Math.min(plannedLift, (people / sum - 1) / 2) : plannedLift
}

/** What one share of hold-out can show. */
export type SharePlan = {
  readonly share: number
  /** People both groups need together until an effect of the planned size is expected to be clear. */
  readonly people: number
  /** The smallest relative effect that these people can be expected to show; null: none that a message has. */
  readonly smallest: number | null
}

/**
 * What so many `people` can show at each share held out, judged by what they did before (statistics/power.ts). Empty where
 * that is too little to say.
 */
export function sharePlans(people: number, past: Past): readonly SharePlan[] {
  if (past.people < leastPast || past.sum <= 0 || liftOf(past) <= 0) return []
  const mean = past.sum / past.people
  const spread = 4 * Math.max(0, past.squares / past.people - mean * mean)
  const largest = past.isRate ? Math.min(largestLift, 1 / mean - 1) : largestLift
  return shares.map((share) => {
    const needed = (lift: number) => peopleNeededAnytime({ effect: mean * lift, spread, share })
    return {
      share,
      people: Math.ceil(needed(liftOf(past))),
      smallest: smallestOf((lift) => needed(lift) <= people, largest),
    }
  })
}

/** The smallest lift that is enough, by halving: larger ones need fewer people. */
function smallestOf(isEnough: (lift: number) => boolean, largest: number): number | null {
  if (!isEnough(largest)) return null
  let [low, high] = [0, largest]
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2
    if (isEnough(middle)) high = middle
    else low = middle
  }
  return high
}
