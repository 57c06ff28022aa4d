import { type Estimate, type Interval, newcombe, wilson } from '../statistics/intervals.ts'
import { leastPeople } from '../statistics/power.ts'
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
  const leader = isLittle ? undefined : seen.find((arm) => leads(arm, seen))
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

/** Above every other arm, beyond chance. */
function leads(arm: ArmReport, arms: readonly ArmReport[]): boolean {
  const others = arms.filter((one) => one !== arm)
  return others.every((other) => difference([arm, other], others.length).low > 0)
}

function aheadOf(arms: readonly ArmReport[]): SplitReport['ahead'] {
  const [best, next] = arms.toSorted((a, b) => (b.judged.rate ?? 0) - (a.judged.rate ?? 0))
  if (!best || !next) return null
  return { arm: best.id, than: next.id, ...difference([best, next], arms.length - 1) }
}

/** Of several comparisons each is held to more (Bonferroni). */
function difference([one, other]: readonly [ArmReport, ArmReport], comparisons: number): Estimate {
  return newcombe(one.judged, other.judged, 1 - 0.05 / comparisons)
}

function rateOf(counts: readonly ArmCount[]): Rate {
  const people = counts.reduce((sum, one) => sum + one.people, 0)
  const reached = counts.reduce((sum, one) => sum + one.reached, 0)
  return { people, reached, rate: people > 0 ? reached / people : null }
}
