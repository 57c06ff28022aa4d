import { holm } from '../statistics/comparisons.ts'
import { alwaysValidP } from '../statistics/confidence-sequence.ts'
import { judge } from '../statistics/effect.ts'
import { type Estimate, type Interval, wilson } from '../statistics/intervals.ts'
import { leastPeople } from '../statistics/power.ts'
import { rateSums } from '../statistics/sums.ts'
import type { Flow } from './campaign.ts'
import { stepsOf } from './flow-map.ts'
import type { SplitStep } from './steps/split.ts'

/** People and how many of them reached the goal; no rate while there is nobody. */
export type Rate = {
  readonly people: number
  readonly reached: number
  readonly rate: number | null
}

/** People of one arm whose goal window is over, apart by how the arm was drawn. */
export type ArmCount = {
  readonly split: number
  readonly arm: string
  /** Drawn by the shares that were set and not by what was learnt. */
  readonly even: boolean
  readonly people: number
  readonly reached: number
  /** People whose window is still open; they are counted nowhere else. */
  readonly open: number
}

/** One arm as its report shows it; arms are compared by `judged`. */
export type ArmReport = {
  readonly id: string
  readonly name: string
  /** What it gets of new people now, 0 to 1. */
  readonly share: number
  readonly all: Rate
  readonly open: number
  /** Only people drawn by set shares: who was sent by what was learnt is no fair comparison. */
  readonly judged: Rate & { readonly interval: Interval | null }
}

export type SplitReport = {
  readonly step: number
  readonly mode: SplitStep['mode']
  readonly arms: readonly ArmReport[]
  /** The arm that is above each other one beyond chance; null while none is. */
  readonly leader: string | null
  /** The arm with the highest rate against the one next to it, by rate; null while there are too few people. */
  readonly ahead: (Estimate & { readonly arm: string; readonly than: string }) | null
  readonly verdict: 'leads' | 'open' | 'too_little'
}

/** How the arms of each split of a flow do. `learnt`: shares of splits that learn, by split and arm. */
export function splitReports(
  flow: Flow,
  counts: readonly ArmCount[],
  learnt: (split: number) => ReadonlyMap<string, number> | undefined,
): readonly SplitReport[] {
  return stepsOf(flow).flatMap((step) =>
    step.kind === 'split'
      ? [
          reportOf(
            step,
            counts.filter((one) => one.split === step.id),
            learnt(step.id),
          ),
        ]
      : [],
  )
}

function reportOf(
  step: SplitStep,
  counts: readonly ArmCount[],
  learnt: ReadonlyMap<string, number> | undefined,
): SplitReport {
  const whole = step.arms.reduce((sum, { share }) => sum + share, 0)
  const arms = step.arms.map(({ id, name, share }): ArmReport => {
    const mine = counts.filter((one) => one.arm === id)
    const judged = rateOf(mine.filter((one) => one.even))
    return {
      id,
      name,
      share: shareOf(step, learnt?.get(id), whole > 0 ? share / whole : 0),
      all: rateOf(mine),
      open: mine.reduce((sum, { open }) => sum + open, 0),
      judged: { ...judged, interval: judged.people > 0 ? wilson(judged) : null },
    }
  })
  const seen = arms.filter(({ judged }) => judged.people > 0)
  const isLittle = seen.length < 2 || seen.some(({ judged }) => judged.people < leastPeople)
  const leader = isLittle ? undefined : leaderOf(seen)
  return {
    step: step.id,
    mode: step.mode,
    arms,
    leader: leader?.id ?? null,
    ahead: isLittle ? null : aheadOf(seen),
    verdict: leader ? 'leads' : isLittle ? 'too_little' : 'open',
  }
}

function shareOf(
  { mode, floor, arms }: SplitStep,
  learnt: number | undefined,
  set: number,
): number {
  if (mode === 'fixed') return set
  const even = 1 / arms.length
  return learnt === undefined ? even : floor * even + (1 - floor) * learnt
}

/**
 * The arm that is above each other one beyond chance, however often that is looked at: each pair has a p-value that holds at
 * every look, and all pairs together are held to one in twenty (Holm).
 */
function leaderOf(arms: readonly ArmReport[]): ArmReport | undefined {
  const pairs = arms.flatMap((one, at) => arms.slice(at + 1).map((other) => [one, other] as const))
  const corrected = holm(pairs.map((pair) => pairP(pair)))
  const isAbove = (one: ArmReport, other: ArmReport) =>
    (one.judged.rate ?? 0) > (other.judged.rate ?? 0) &&
    pairs.some(
      (pair, at) => pair.includes(one) && pair.includes(other) && (corrected[at] ?? 1) <= 0.05,
    )
  return arms.find((one) => arms.every((other) => other === one || isAbove(one, other)))
}

function aheadOf(arms: readonly ArmReport[]): SplitReport['ahead'] {
  const [best, next] = arms.toSorted((a, b) => (b.judged.rate ?? 0) - (a.judged.rate ?? 0))
  if (!best || !next) return null
  // Every pair is held to more, so that the intervals of all hold together (Bonferroni).
  const pairs = (arms.length * (arms.length - 1)) / 2
  const judged = judge([stratumOf([best, next])], 'rate', 1 - 0.05 / pairs)
  return judged && { arm: best.id, than: next.id, ...judged.difference }
}

function pairP(pair: readonly [ArmReport, ArmReport]): number {
  const judged = judge([stratumOf(pair)], 'rate')
  if (!judged) return 1
  const { contrast, difference, isDoubted } = judged
  if (isDoubted) return 1
  const error = Math.sqrt(contrast.treatment.variance + contrast.holdout.variance)
  return error === 0 ? 1 : alwaysValidP(difference.value / error, contrast.time)
}

/** Two arms beside each other; the share between them is the one they show. */
function stratumOf([one, other]: readonly [ArmReport, ArmReport]) {
  const [first, second] = [one.judged, other.judged]
  return {
    share: second.people / (first.people + second.people),
    treatment: rateSums(first.people, first.reached),
    holdout: rateSums(second.people, second.reached),
  }
}

function rateOf(counts: readonly ArmCount[]): Rate {
  const people = counts.reduce((sum, one) => sum + one.people, 0)
  const reached = counts.reduce((sum, one) => sum + one.reached, 0)
  return { people, reached, rate: people > 0 ? reached / people : null }
}
