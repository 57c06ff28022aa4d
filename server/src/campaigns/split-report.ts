import { holm } from '../statistics/comparisons.ts'
import { alwaysValidP, rateSequence } from '../statistics/confidence-sequence.ts'
import { judge } from '../statistics/effect.ts'
import type { Estimate, Interval } from '../statistics/intervals.ts'
import { leastPeople } from '../statistics/power.ts'
import { areArmsMismatched, type SharedArms } from '../statistics/sample-ratio.ts'
import { rateSums, type Stratum } from '../statistics/sums.ts'
import type { Flow } from './campaign.ts'
import { stepsOf } from './flow-map.ts'
import { namesIn, shareIn } from './split-shares.ts'
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
  /** The shares it was drawn under (split-shares.ts); null: not recorded, or learnt. */
  readonly shares: string | null
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
  /** Only people drawn by set shares: who was sent by what was learnt is no fair comparison. The interval holds at every look. */
  readonly judged: Rate & { readonly interval: Interval | null }
}

export type SplitReport = {
  readonly step: number
  readonly mode: SplitStep['mode']
  readonly arms: readonly ArmReport[]
  /** The shares were changed on the way: people are compared with those drawn under the same ones. */
  readonly reshared: boolean
  /** The arms are not as large as their shares were set: nothing is claimed. */
  readonly isMismatched: boolean
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
      judged: { ...judged, interval: judged.people > 0 ? rateSequence(judged) : null },
    }
  })
  const even = counts.filter((one) => one.even)
  const seen = arms.filter(({ judged }) => judged.people > 0)
  const isLittle = seen.length < 2 || seen.some(({ judged }) => judged.people < leastPeople)
  const isMismatched = areArmsMismatched(drawnOf(even))
  const isSilent = isLittle || isMismatched
  const leader = isSilent ? undefined : leaderOf(seen, even)
  return {
    step: step.id,
    mode: step.mode,
    arms,
    reshared: new Set(even.map(({ shares }) => shares)).size > 1,
    isMismatched,
    leader: leader?.id ?? null,
    ahead: isSilent ? null : aheadOf(seen, even),
    verdict: leader ? 'leads' : isLittle ? 'too_little' : 'open',
  }
}

/** How many each arm got, those of each recorded sharing apart, whether their time is over or not. */
function drawnOf(counts: readonly ArmCount[]): readonly SharedArms[] {
  return [...Map.groupBy(counts, ({ shares }) => shares)].flatMap(([shares, mine]) => {
    if (shares === null) return []
    const names = namesIn(shares)
    // The text rounds: a third three times is not quite one.
    const whole = names.reduce((sum, arm) => sum + shareIn(shares, arm), 0)
    const arms = names.map((arm) => ({
      share: whole > 0 ? shareIn(shares, arm) / whole : 0,
      people: mine.reduce((sum, one) => sum + (one.arm === arm ? one.people + one.open : 0), 0),
    }))
    return [arms.filter(({ share }) => share > 0)]
  })
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
function leaderOf(arms: readonly ArmReport[], counts: readonly ArmCount[]): ArmReport | undefined {
  const pairs = arms.flatMap((one, at) => arms.slice(at + 1).map((other) => [one, other] as const))
  const seen = pairs.map((pair) => pairOf(pair, counts))
  const corrected = holm(seen.map(({ p }) => p))
  const isAbove = (one: ArmReport, other: ArmReport) =>
    pairs.some(([first, second], at) => {
      const { value } = seen[at] ?? { value: 0 }
      const isThis = first === one && second === other
      const isTurned = first === other && second === one
      const isClear = (corrected[at] ?? 1) <= 0.05
      return isClear && ((isThis && value > 0) || (isTurned && value < 0))
    })
  return arms.find((one) => arms.every((other) => other === one || isAbove(one, other)))
}

function aheadOf(arms: readonly ArmReport[], counts: readonly ArmCount[]): SplitReport['ahead'] {
  // Beside each other one under the same shares: an arm that got most people in a good month is no better for it.
  const lead = (one: ArmReport) =>
    arms.reduce((sum, other) => sum + (other === one ? 0 : pairOf([one, other], counts).value), 0)
  const [best, next] = arms
    .map((arm) => ({ arm, lead: lead(arm) }))
    .toSorted((a, b) => b.lead - a.lead)
  if (!best || !next) return null
  // Every pair is held to more, so that the intervals of all hold together (Bonferroni).
  const pairs = (arms.length * (arms.length - 1)) / 2
  const judged = judge(strataOf([best.arm, next.arm], counts), 'rate', 1 - 0.05 / pairs)
  return judged && { arm: best.arm.id, than: next.arm.id, ...judged.difference }
}

/** The difference of two arms, and how often chance alone would show one as large at some look. */
function pairOf(
  pair: readonly [ArmReport, ArmReport],
  counts: readonly ArmCount[],
): { readonly value: number; readonly p: number } {
  const judged = judge(strataOf(pair, counts), 'rate')
  if (!judged) return { value: 0, p: 1 }
  const { contrast, difference, isDoubted } = judged
  const { value } = difference
  const error = Math.sqrt(contrast.treatment.variance + contrast.holdout.variance)
  return { value, p: isDoubted || error === 0 ? 1 : alwaysValidP(value / error, contrast.time) }
}

/** Two arms beside each other, those of each sharing apart; who was drawn before it was recorded has the one their arms show. */
function strataOf(
  [one, other]: readonly [ArmReport, ArmReport],
  counts: readonly ArmCount[],
): readonly Stratum[] {
  return [...Map.groupBy(counts, ({ shares }) => shares)].flatMap(([shares, mine]): Stratum[] => {
    const [first, second] = [one, other].map(({ id }) =>
      rateOf(mine.filter(({ arm }) => arm === id)),
    ) as [Rate, Rate]
    if (first.people === 0 || second.people === 0) return []
    const [ofOne, ofOther] =
      shares === null
        ? [first.people, second.people]
        : [shareIn(shares, one.id), shareIn(shares, other.id)]
    const share = ofOther / (ofOne + ofOther)
    if (!(share > 0 && share < 1)) return []
    return [
      {
        share,
        treatment: rateSums(first.people, first.reached),
        holdout: rateSums(second.people, second.reached),
      },
    ]
  })
}

function rateOf(counts: readonly ArmCount[]): Rate {
  const people = counts.reduce((sum, one) => sum + one.people, 0)
  const reached = counts.reduce((sum, one) => sum + one.reached, 0)
  return { people, reached, rate: people > 0 ? reached / people : null }
}
