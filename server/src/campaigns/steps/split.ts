import { z } from 'zod'
import { uniformOf } from '../../experiments/arm.ts'
import { PathId, PathName, StepId, type StepRef } from './step-id.ts'
import type { Moment, StepKind } from './step-kind.ts'

/** Most arms of one split. */
export const splitArmsLimit = 6

/**
 * Shares people out by chance. The draw is made from the person's assignment key, so it is sticky; an arm given in an
 * earlier enrolment stays theirs. `adaptive` learns: most people go where the goal is reached more often (Thompson sampling),
 * while `floor` of them, drawn first, are shared out evenly for ever; only these are compared.
 */
export const splitShape = {
  kind: z.literal('split'),
  id: StepId,
  mode: z.enum(['fixed', 'adaptive']).default('fixed'),
  floor: z.number().min(0.1).max(1).default(0.3),
} as const
export const splitArmShape = {
  id: PathId,
  name: PathName,
  /** Weight among the arms' weights; an arm of weight 0 gets nobody. */
  share: z.number().min(0).max(100),
} as const

export type SplitArm = {
  readonly id: string
  readonly name: string
  readonly share: number
  readonly steps: readonly StepRef[]
}
export type SplitStep = {
  readonly kind: 'split'
  readonly id: number
  readonly mode: 'fixed' | 'adaptive'
  readonly floor: number
  readonly arms: readonly SplitArm[]
}

export const split: StepKind<SplitStep> = {
  checked: false,
  enter: (step, moment) => {
    const { enrolment } = moment
    const { notes } = enrolment
    const drawn = draw(step, moment)
    if (!drawn) return { kind: 'next' }
    const arms = { ...notes.arms, [step.id]: { arm: drawn.arm.id, even: drawn.even } }
    return { kind: 'into', steps: drawn.arm.steps, notes: { ...notes, arms } }
  },
}

/** `even`: drawn by the shares that were set and not by what was learnt, so it may be compared. */
function draw(
  step: SplitStep,
  { enrolment, facts }: Moment,
): { readonly arm: SplitArm; readonly even: boolean } | undefined {
  const before = step.arms.find((arm) => arm.id === facts.armBefore(step.id))
  if (before) return { arm: before, even: step.mode === 'fixed' }
  const experiment = `campaign:${enrolment.campaign}:split:${step.id}`
  const chance = (purpose: string) => uniformOf(`${experiment}:${purpose}`, facts.assignmentKey)
  const learnt = step.mode === 'adaptive' ? facts.sharesOf(step.id) : undefined
  const even = step.mode === 'fixed' || !learnt || chance('floor') < step.floor
  const shareOf = ({ id, share }: SplitArm) => {
    if (step.mode === 'fixed') return share
    return even || !learnt ? 1 : (learnt.get(id) ?? 0)
  }
  const arm = pick(step.arms, shareOf, chance(even ? 'arm' : 'learnt'))
  return arm && { arm, even }
}

function pick(
  arms: readonly SplitArm[],
  shareOf: (arm: SplitArm) => number,
  chance: number,
): SplitArm | undefined {
  const whole = arms.reduce((sum, arm) => sum + shareOf(arm), 0)
  let left = chance * whole
  for (const arm of arms) {
    left -= shareOf(arm)
    if (left < 0) return arm
  }
  return undefined
}
